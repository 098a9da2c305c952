"""A file that arrives piece by piece: what may begin, where the next piece goes, when it is whole."""

from collections.abc import Iterable
from datetime import timedelta

from motcua.documents.rules.kinds import FILE_LIMIT, MEGABYTE, OWNER_BYTES, OWNER_SHEETS
from motcua.documents.rules.refusals import (
    FileEmpty,
    FileTooLarge,
    OffsetDiffers,
    TooManyPages,
    TooMuchInAll,
    UploadTooLong,
)

LIVES = timedelta(hours=24)
"""How long an upload is waited for after its last piece."""
PIECE = 65_536
"""The most bytes that lie in one row."""


def refuse_beginning(*, name: str, length: int, kept: int, arriving: Iterable[int]) -> None:
    """Refuse a file of `length` bytes before a byte of it has come.

    `kept` are the bytes of the owner's papers, `arriving` the lengths of the uploads that are not
    whole yet. Raises FileEmpty, FileTooLarge, TooManyPages, TooMuchInAll.
    """
    if length <= 0:
        raise FileEmpty(name=name)
    if length > FILE_LIMIT:
        raise FileTooLarge(name=name, limit=FILE_LIMIT // MEGABYTE)
    under_way = list(arriving)
    if len(under_way) >= OWNER_SHEETS:
        raise TooManyPages(name=name, limit=OWNER_SHEETS)
    if kept + sum(under_way) + length > OWNER_BYTES:
        raise TooMuchInAll(name=name, limit=OWNER_BYTES // MEGABYTE)


def after(*, received: int, length: int, offset: int, size: int) -> int:
    """Return how many bytes are there once `size` bytes, sent for `offset`, are added.

    Pieces stand without gap and without overlap. Raises OffsetDiffers when the piece is for another
    place than the end of what is there, UploadTooLong when it would lead beyond the length.
    """
    if offset != received:
        raise OffsetDiffers(offset=received)
    if received + size > length:
        raise UploadTooLong
    return received + size


def rows(content: bytes, offset: int) -> list[tuple[int, bytes]]:
    """Return a piece as (place, bytes) of at most 64 KB each."""
    return [
        (offset + start, content[start : start + PIECE]) for start in range(0, len(content), PIECE)
    ]
