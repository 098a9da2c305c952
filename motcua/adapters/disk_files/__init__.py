"""Files on this machine's disk, named by the SHA-256 of their content and sealed (`toolkit.sealed_files`)."""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from motcua.toolkit.sealed_files import key_of, opened, sealed

_DRAFT = ".arriving-"
_ABANDONED = 3600
"""Seconds after which what somebody began to write is what a crash left."""


class DiskFiles:
    """A `documents.ports.BlobStore` under one folder: `ab/<digest>`.

    A file appears under its name only whole and flushed, so a crash leaves either all of it or
    nothing; the name itself is flushed too before `put` returns. 256 folders: more would cost a
    flush each for the first tens of thousands of files, and a folder of millions is no burden.
    """

    def __init__(self, root: Path | None = None) -> None:
        """Keep files under `root`, by default the setting FILES_ROOT."""
        self.root = root or Path(settings.FILES_ROOT)

    def put(self, digest: str, content: bytes) -> None:
        place = self._place(digest)
        if not place.exists():
            _make_folder(place.parent)
            _write(place, sealed(content, digest.encode()))
        _flush_folder(place.parent)

    def read(self, digest: str) -> bytes:
        return b"".join(self.stream(digest))

    def stream(self, digest: str) -> Iterator[bytes]:
        return opened(self._place(digest).open("rb"), digest.encode())

    def has(self, digest: str) -> bool:
        return self._place(digest).exists()

    def erase(self, digest: str) -> None:
        self._place(digest).unlink(missing_ok=True)

    def not_sealed_by(self, key_id: bytes) -> Iterator[str]:
        for place in self.root.glob("[0-9a-f][0-9a-f]/*"):
            if place.name.startswith(_DRAFT) and _left_behind(place):
                place.unlink(missing_ok=True)
            elif _key_of(place) not in (key_id, None):
                yield place.name

    def reseal(self, digest: str) -> bool:
        if not self.has(digest):
            return False
        _write(self._place(digest), sealed(self.read(digest), digest.encode()))
        return True

    def _place(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):  # noqa: PLR2004
            raise FileNotFoundError(digest)
        return self.root / digest[:2] / digest


def _key_of(place: Path) -> bytes | None:
    """Return the id of the key that sealed a file; nothing for a plain one, None for one that went away."""
    try:
        with place.open("rb") as file:
            return key_of(file)
    except FileNotFoundError:
        return None


def _left_behind(draft: Path) -> bool:
    try:
        return draft.stat().st_mtime < time.time() - _ABANDONED
    except FileNotFoundError:
        return False


def _write(place: Path, pieces: Iterable[bytes]) -> None:
    descriptor, draft = tempfile.mkstemp(dir=place.parent, prefix=_DRAFT)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).rename(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _make_folder(folder: Path) -> None:
    """Make the folder and flush the name of each new one into the one above."""
    if folder.exists():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
