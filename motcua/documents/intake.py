"""From what a person sends to what is kept: known by content, read to its end, written anew.

Everything happens before anything is stored, so no unclean file ever lies on the disk, not for a
moment. Measured on one core: a 200 KB PDF 1 ms, a photo that the browser has shrunk 40 ms, a
12-megapixel photo 190 ms, a 12-megapixel HEIC 700 ms.
"""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from motcua.documents import images, pdfs
from motcua.documents.rules.kinds import FILE_LIMIT, MEGABYTE, Kind, kind_of
from motcua.documents.rules.refusals import FileEmpty, FileNotUnderstood, FileTooLarge


@dataclass(frozen=True)
class Cleaned:
    """What is kept of a file. Pixels for pictures, points for PDFs."""

    content: bytes
    received: str
    kind: str
    media_type: str
    sheets: int
    width: int
    height: int


def clean(content: bytes | BinaryIO, *, name: str) -> Cleaned:
    """Return the file re-encoded without metadata and without anything active.

    Raises FileEmpty, FileTooLarge, FileNotUnderstood, FileDamaged, PdfLocked, PdfTooIntricate,
    TooManyPages, TooManyPixels, HeicNotReadHere; `name` is only for their words.
    """
    raw = read(content, name)
    received = hashlib.sha256(raw).hexdigest()
    kind = kind_of(raw)
    if kind is None:
        raise FileNotUnderstood(name=name)
    if kind is Kind.PDF:
        pdf = pdfs.rewrite(raw, name=name)
        return Cleaned(
            pdf.content, received, "pdf", "application/pdf", pdf.sheets, pdf.width, pdf.height
        )
    picture = images.reencode(raw, kind, name=name)
    return Cleaned(
        picture.content, received, "image", "image/jpeg", 1, picture.width, picture.height
    )


def read(content: bytes | BinaryIO, name: str) -> bytes:
    """Return what a file holds. Raises FileEmpty, FileTooLarge."""
    raw = content if isinstance(content, bytes) else content.read(FILE_LIMIT + 1)
    if not raw:
        raise FileEmpty(name=name)
    if len(raw) > FILE_LIMIT:
        raise FileTooLarge(name=name, limit=FILE_LIMIT // MEGABYTE)
    return raw
