"""From what a person sends to what is kept: looked at by the scanner, known by content, read to its end, written anew.

Everything happens before anything is stored, so no unclean file ever lies on the disk under a name, not for a
moment. Measured on one core: a 200 KB PDF 10 ms, a photo that the browser has shrunk 50 ms, a
12-megapixel photo 200 ms, a 12-megapixel HEIC 800 ms.
"""

from typing import BinaryIO

from motcua.documents import apart
from motcua.documents.cleaning import Cleaned
from motcua.documents.rules import refusals
from motcua.documents.rules.kinds import FILE_LIMIT, MEGABYTE, kind_of
from motcua.documents.rules.refusals import (
    FileEmpty,
    FileNotUnderstood,
    FileTooCostly,
    FileTooLarge,
)
from motcua.documents.scanning import Checked, checked
from motcua.kernel.refusal import Refusal

_SAID: dict[str, type[Refusal]] = dict(apart.refusals_of(refusals))


def read(content: bytes | BinaryIO, *, name: str, owner: str, key: str = "") -> Checked:
    """Return what a file holds once the scanner has passed it.

    `owner` is whose paper it would be, `key` which, for the note in the quarantine. Raises FileEmpty, FileTooLarge,
    FileInfected, FileNotChecked.
    """
    raw = content if isinstance(content, bytes) else content.read(FILE_LIMIT + 1)
    if not raw:
        raise FileEmpty(name=name)
    if len(raw) > FILE_LIMIT:
        raise FileTooLarge(name=name, limit=FILE_LIMIT // MEGABYTE)
    return checked(raw, name=name, owner=owner, key=key)


def clean(raw: Checked, *, name: str) -> Cleaned:
    """Return the file re-encoded without metadata and without anything active.

    Raises FileNotUnderstood, FileDamaged, FileTooCostly, PdfLocked, PdfTooIntricate, TooManyPages,
    TooManyPixels, HeicNotReadHere; `name` is only for their words.
    """
    about, (content,) = _apart("clean", raw, name)
    return Cleaned(content=content, **about)


def sheets(raw: Checked, *, name: str) -> list[Checked]:
    """Return the sheets of a PDF as PDFs of their own. Raises what `clean` does."""
    _, made = _apart("sheets", raw, name)
    return [Checked(sheet) for sheet in made]


def codes_of_sheets(raw: Checked) -> list[list[str]]:
    """Return the texts of the QR codes sheet by sheet (`reading_codes`); of a file that is too costly, none."""
    if kind_of(raw) is None:
        return []
    try:
        codes, _ = apart.done("codes", raw)
    except apart.TooCostly:
        return []
    return [[str(text) for text in sheet] for sheet in codes]


def _apart(work: str, raw: Checked, name: str) -> apart.Made:
    if kind_of(raw) is None:
        raise FileNotUnderstood(name=name)
    try:
        return apart.done(work, raw, name=name)
    except apart.No as no:
        raise _SAID[no.code](**no.data) from no
    except apart.TooCostly as stopped:
        raise FileTooCostly(name=name) from stopped
