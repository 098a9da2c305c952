"""Publishing procedures: nothing red goes through, whoever asks – a legal officer or the start of the house."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from motcua.journeys.soundness import must_be_sound
from motcua.kernel.refusal import Refusal
from motcua.procedures import operations
from motcua.procedures.models import Version
from motcua.procedures.queries import published_of, same_content
from motcua.procedures.rules.catalogue import Folder, folders, read_folder
from motcua.procedures.rules.reading import Unreadable


@dataclass(frozen=True)
class Published:
    """What publishing brought: the version, whether it is new, and the versions that got an end."""

    version: Version
    new: bool
    ended: tuple[Version, ...] = ()


def publish(folder: Path, *, at: datetime, correcting: bool = False) -> Published:
    """Publish a folder that is sound.

    Raises Unreadable with every red line, VersionsOverlap, VersionOfThatDay, VersionEnded, VersionReplaced.
    """
    must_be_sound(folder)
    read = read_folder(folder)
    law = read.procedure
    before = published_of(law.code, law.slug)
    open_before = {row.pk for row in before if row.effective_until is None}
    known = same_content(law, before)
    version = operations.publish(folder=read, at=at, correcting=correcting)
    after = published_of(law.code, law.slug)
    return Published(
        version=next(row for row in after if row.pk == version.pk),
        new=known is None,
        ended=tuple(row for row in after if row.effective_until and row.pk in open_before),
    )


@dataclass(frozen=True)
class KeptOut:
    """A procedure of the catalogue that is not published: what was published of it before goes on."""

    folder: Path
    why: Unreadable | Refusal


def publish_catalogue(catalogue: Path, *, at: datetime) -> list[KeptOut]:
    """Publish what is sound in the catalogue, and return what is not: one red line stops nobody else.

    What is published already is not checked again. The catalogue is what this release says: a content that
    differs from the one published with effect from the same day corrects it.
    """
    read, kept_out = _read(folders(catalogue), catalogue)
    for folder in read:
        try:
            operations.publish(folder=folder, at=at, correcting=True, gate=_gate)
        except (Unreadable, Refusal) as why:
            kept_out.append(KeptOut(folder.path, why))
    return kept_out


def _read(places: list[Path], root: Path) -> tuple[list[Folder], list[KeptOut]]:
    """Return what can be read, the oldest version first, and what cannot."""
    read: list[Folder] = []
    kept_out: list[KeptOut] = []
    for place in places:
        try:
            read.append(read_folder(place, root))
        except Unreadable as why:
            kept_out.append(KeptOut(place, why))
    return sorted(read, key=lambda folder: folder.procedure.effective.since), kept_out


def publish_unlisted(folder: Path, *, at: datetime) -> None:
    """Publish a folder that is found by its address only, such as the one of the measurements.

    Raises Unreadable with every red line, and what `operations.publish` does.
    """
    read = read_folder(folder)
    operations.publish(folder=read, at=at, listed=False, correcting=True, gate=_gate)


def _gate(folder: Folder) -> None:
    must_be_sound(folder.path)
