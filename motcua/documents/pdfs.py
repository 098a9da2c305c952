"""PDFs: read to the end and written anew with nothing in them but pages to look at."""

import io
import logging
import zlib
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from motcua.documents.rules.kinds import OWNER_SHEETS
from motcua.documents.rules.refusals import (
    FileDamaged,
    PdfLocked,
    PdfTooIntricate,
    TooManyPages,
)
from motcua.kernel.refusal import Refusal

UNPACKED = 256 << 20  # bytes of one stream: an A4 sheet at 600 dpi in colour has 104 million
PIXELS = 128_000_000  # of one picture
OBJECTS = 20_000  # a 60-page scan has about 300, a long typeset paper 5,000
_AT_ONCE = 1 << 20
_FLATE = ("/FlateDecode", "/Fl")
_PAGE_KEYS = frozenset(
    {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Annots", "/UserUnit"}
)
# Marks that a person may have put on a paper; links, files, films and sounds are not among them.
_SHOWN_MARKS = frozenset(
    {
        "/Widget", "/FreeText", "/Stamp", "/Ink", "/Highlight", "/Underline", "/StrikeOut",
        "/Square", "/Circle", "/Line", "/Polygon", "/PolyLine",
    }
)  # fmt: skip
_MARK_KEYS = frozenset({"/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/C"})

# pypdf tells of every oddity of every file; what matters becomes a refusal here.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Pdf:
    """A PDF without anything active; the size of its first sheet in points."""

    content: bytes
    sheets: int
    width: int
    height: int


def rewrite(raw: bytes, *, name: str) -> Pdf:
    """Return the PDF with pages and visible marks only: no script, action, form, attachment, metadata.

    Raises FileDamaged, PdfLocked, PdfTooIntricate, TooManyPages.
    """
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        _refuse(reader, name)
        return _written(_pages_only(reader, name), reader)
    except Refusal:
        raise
    except (RecursionError, MemoryError) as fault:
        raise PdfTooIntricate(name=name) from fault
    except Exception as fault:  # a parser of hostile bytes raises anything
        raise FileDamaged(name=name) from fault


def sheets(raw: bytes, *, name: str) -> list[bytes]:
    """Return the sheets of a PDF as PDFs of their own. Raises what `rewrite` does."""
    reader = PdfReader(io.BytesIO(rewrite(raw, name=name).content))
    made = []
    for page in reader.pages:
        writer = PdfWriter()
        writer.add_page(page)
        made.append(_bytes_of(writer))
    return made


def apart(raw: bytes, name: str) -> tuple[None, list[bytes]]:
    """Take a PDF apart into its sheets, for `documents.apart`."""
    return None, sheets(raw, name=name)


def turn(content: bytes, degrees: int) -> bytes:
    """Return a kept PDF with every sheet turned clockwise by 90, 180 or 270 degrees."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    for page in writer.pages:
        page.rotate(degrees)
    return _bytes_of(writer)


def _refuse(reader: PdfReader, name: str) -> None:
    if reader.is_encrypted:
        raise PdfLocked(name=name)
    entries = sum(len(generation) for generation in reader.xref.values())
    if entries + len(reader.xref_objStm) > OBJECTS:
        raise PdfTooIntricate(name=name)
    sheets = len(reader.pages)
    if sheets == 0:
        raise FileDamaged(name=name)
    if sheets > OWNER_SHEETS:
        raise TooManyPages(name=name, limit=OWNER_SHEETS)


def _pages_only(reader: PdfReader, name: str) -> PdfWriter:
    writer = PdfWriter()
    for page in reader.pages:
        kept = _kept_page(page)
        writer.add_page(kept)
    for known in writer._objects:  # noqa: SLF001 - pypdf has no public walk over what will be written
        if isinstance(known, StreamObject):
            _without_outside(known)
            _refuse_bomb(known, name)
    writer.metadata = None
    return writer


def _kept_page(page: PageObject) -> PageObject:
    for key in [key for key in page if key not in _PAGE_KEYS]:
        del page[key]
    marks = page.get("/Annots")
    if marks is not None:
        page[NameObject("/Annots")] = ArrayObject(_kept_marks(marks.get_object()))
    return page


def _kept_marks(marks: PdfObject | None) -> list[PdfObject]:
    kept: list[PdfObject] = []
    for entry in marks if isinstance(marks, ArrayObject) else ():
        mark = entry.get_object()
        if isinstance(mark, DictionaryObject) and mark.get("/Subtype") in _SHOWN_MARKS:
            fields = {NameObject(key): mark.raw_get(key) for key in mark if key in _MARK_KEYS}
            kept.append(DictionaryObject(fields))
    return kept


def _without_outside(stream: StreamObject) -> None:
    """Cut what would make a viewer fetch a stream from elsewhere or run PostScript."""
    for key in ("/F", "/FFilter", "/FDecodeParms", "/OPI", "/Metadata", "/PieceInfo", "/AF"):
        stream.pop(key, None)
    if stream.get("/Subtype") == "/PS":
        stream[NameObject("/Subtype")] = NameObject("/Form")


def _refuse_bomb(stream: StreamObject, name: str) -> None:
    """Refuse what is small here and fills the memory of whoever looks at it. Raises PdfTooIntricate."""
    found = stream.get("/Filter")
    found = found.get_object() if isinstance(found, PdfObject) else found
    filters = list(found) if isinstance(found, ArrayObject) else [found]
    pixels = _number(stream.get("/Width")) * _number(stream.get("/Height"))
    packed_twice = sum(each in _FLATE for each in filters) > 1
    if packed_twice or pixels > PIXELS:
        raise PdfTooIntricate(name=name)
    if filters[0] in _FLATE and _unpacks_beyond(stream._data, UNPACKED):  # noqa: SLF001 - as it stands in the file
        raise PdfTooIntricate(name=name)


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _unpacks_beyond(packed: bytes, limit: int) -> bool:
    """Tell whether it unpacks to more, without keeping what it unpacks to."""
    unpacking, size = zlib.decompressobj(), 0
    left = packed
    try:
        while left and not unpacking.eof and size <= limit:
            size += len(unpacking.decompress(left, _AT_ONCE))
            left = unpacking.unconsumed_tail
    except zlib.error:
        return False  # a viewer stops here, too
    return size > limit


def _written(writer: PdfWriter, reader: PdfReader) -> Pdf:
    content = _bytes_of(writer)
    box = reader.pages[0].cropbox
    return Pdf(content, len(writer.pages), round(float(box.width)), round(float(box.height)))


def _bytes_of(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
