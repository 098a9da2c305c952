"""Taking in records of the national catalogue: thousands at once, nothing twice, a bad one told and passed over."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from motcua.agencies.models import Loaded
from motcua.procedures.listings import list_all_records, list_records
from motcua.procedures.models import Record
from motcua.procedures.rules.records.page import RecordPage
from motcua.procedures.rules.records.reading import MOST_BYTES, RecordUnsound, read_record
from motcua.procedures.vocabulary import learn

BATCH = 200


@dataclass(frozen=True)
class Bad:
    """A file that was passed over, and why."""

    file: Path
    cause: str


@dataclass
class Outcome:
    """What an import came to."""

    new: int = 0
    changed: int = 0
    same: int = 0
    bad: list[Bad] = field(default_factory=list)

    @property
    def sound(self) -> int:
        """How many records were sound."""
        return self.new + self.changed + self.same


@dataclass(frozen=True)
class Read:
    """A sound record with its content as stored."""

    page: RecordPage
    content: str
    digest: str


def import_records(*, places: Iterable[Path], at: datetime) -> Outcome:
    """Take in every `*.json` file at or below the places; the same content again changes nothing.

    One transaction a batch: an import that is broken off has done whole batches, and may be run again.
    """
    outcome = Outcome()
    for batch in _batches(_sound(places, outcome)):
        _take_in(batch, at, outcome)
    if outcome.new or outcome.changed:
        with transaction.atomic():
            learn()
    return outcome


def _batches(read: Iterator[Read]) -> Iterator[tuple[Read, ...]]:
    while batch := tuple(islice(read, BATCH)):
        yield batch


def _sound(places: Iterable[Path], outcome: Outcome) -> Iterator[Read]:
    """Yield the sound records; what is wrong is noted in the outcome."""
    seen: dict[str, Path] = {}
    for file in _files(places):
        try:
            page = _only_once(read_record(_bytes(file)), seen)
        except (RecordUnsound, OSError) as wrong:
            outcome.bad.append(Bad(file, str(wrong)))
            continue
        seen[page.code] = file
        content = page.model_dump_json(exclude_defaults=True)
        yield Read(page, content, hashlib.sha256(content.encode()).hexdigest())


def _only_once(page: RecordPage, seen: dict[str, Path]) -> RecordPage:
    if page.code in seen:
        raise RecordUnsound(f"{page.code} was read already, from {seen[page.code].name}")
    return page


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.rglob("*.json")) if place.is_dir() else [place]


def _bytes(file: Path) -> bytes:
    """Return the file's bytes, no more than tell that it is too large."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


@transaction.atomic
def _take_in(batch: tuple[Read, ...], at: datetime, outcome: Outcome) -> None:
    codes = [read.page.code for read in batch]
    present = Record.objects.select_for_update().filter(code__in=codes, replaced_at__isnull=True)
    digests = dict(present.values_list("code", "digest"))
    fresh = [read for read in batch if digests.get(read.page.code) != read.digest]
    changed = [read.page.code for read in fresh if read.page.code in digests]
    present.filter(code__in=changed).update(replaced_at=at)
    Record.objects.bulk_create(_row(read, at) for read in fresh)
    list_records(read.page.code for read in fresh)
    outcome.new += len(fresh) - len(changed)
    outcome.changed += len(changed)
    outcome.same += len(batch) - len(fresh)


@transaction.atomic
def list_anew(*, codes: Path) -> bool:
    """Show every record anew when the code lists say otherwise than at the last time; tell whether they did."""
    digest = hashlib.sha256(b"".join((codes / name).read_bytes() for name in _RULES)).hexdigest()
    loaded, _ = Loaded.objects.get_or_create(name="records")
    if loaded.digest == digest:
        return False
    list_all_records()
    learn()
    Loaded.objects.filter(pk=loaded.pk).update(digest=digest)
    return True


_RULES = ("fields_of_law.yaml", "life_events.yaml", "ministries.yaml")


def _row(read: Read, at: datetime) -> Record:
    return Record(
        code=read.page.code,
        digest=read.digest,
        decision=read.page.decision,
        content=read.content,
        imported_at=at,
    )
