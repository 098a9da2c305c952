"""The catalogue on the shelf of a test's database, read from its files only once a session."""

from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.procedures.operations import publish
from motcua.procedures.rules.catalogue import Folder, folders, read_folder
from motcua.toolkit.clock import now


@cache
def catalogue() -> tuple[Folder, ...]:
    """Return every procedure, the oldest version first."""
    root = Path(settings.CATALOGUE)
    read = [read_folder(place, root) for place in folders(root)]
    return tuple(sorted(read, key=lambda folder: folder.procedure.effective.since))


def fill(*slugs: str) -> None:
    """Publish the procedures with these slugs, or the whole catalogue."""
    for folder in catalogue():
        if slugs and folder.procedure.slug not in slugs:
            continue
        publish(folder=folder, at=now(), correcting=True)
