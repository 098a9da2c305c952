"""Files on this machine's disk, named by their SHA-256."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PIECE = 65_536


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
            _write(place, content)
        _flush_folder(place.parent)

    def read(self, digest: str) -> bytes:
        return self._place(digest).read_bytes()

    def stream(self, digest: str) -> Iterator[bytes]:
        return _pieces(self._place(digest).open("rb"))

    def has(self, digest: str) -> bool:
        return self._place(digest).exists()

    def erase(self, digest: str) -> None:
        self._place(digest).unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):  # noqa: PLR2004
            raise FileNotFoundError(digest)
        return self.root / digest[:2] / digest


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _write(place: Path, content: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(dir=place.parent, prefix=".arriving-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
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
