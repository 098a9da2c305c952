"""PDFs made to harm whoever opens them, built here by code (`tests.hostile_files` says what becomes of each)."""

import io
import zlib
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tests import documents_samples as samples

SCRIPT = b"<script>alert(1)</script>"


def zeros(size: int) -> bytes:
    """So many zeros, packed; made of one packed million again and again."""
    packing = zlib.compressobj(9)
    first = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    again = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    return first + again * ((size >> 20) - 1) + packing.flush()


def pdf(change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(samples.pdf()))
    change(writer)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def dictionary(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def action(kind: str, **more: object) -> DictionaryObject:
    return dictionary(S=NameObject(f"/{kind}"), **more)


def opening(kind: str, **more: object) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = action(kind, **more)

    return pdf(change)


def marked(subtype: str, **more: object) -> bytes:
    """A PDF with a mark on its page that does something."""

    def change(writer: PdfWriter) -> None:
        box = ArrayObject([NumberObject(each) for each in (0, 0, 50, 50)])
        mark = dictionary(
            Type=NameObject("/Annot"), Subtype=NameObject(f"/{subtype}"), Rect=box, **more
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])

    return pdf(change)


def with_form() -> bytes:
    def change(writer: PdfWriter) -> None:
        xfa = DecodedStreamObject()
        xfa.set_data(b"<xdp>" + SCRIPT + b"</xdp>")
        form = dictionary(XFA=writer._add_object(xfa), Fields=ArrayObject())
        writer.root_object[NameObject("/AcroForm")] = form

    return pdf(change)


def with_attachment() -> bytes:
    return pdf(lambda writer: writer.add_attachment("virus.exe", b"MZ" + b"virus" * 20))


def locked_for_owner() -> bytes:
    return pdf(lambda writer: writer.encrypt("", "chủ", algorithm="RC4-128"))


def stream(data: bytes, **about: object) -> StreamObject:
    stream = StreamObject()
    stream._data = data
    for key, value in about.items():
        stream[NameObject(f"/{key}")] = value
    return stream


def with_contents(stream: Callable[[], StreamObject]) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream())

    return pdf(change)


def flate_bomb() -> StreamObject:
    return stream(zeros(600 << 20), Filter=NameObject("/FlateDecode"))


def twice_packed() -> StreamObject:
    both = ArrayObject([NameObject("/FlateDecode"), NameObject("/FlateDecode")])
    return stream(zlib.compress(zeros(64 << 20)), Filter=both)


def with_picture(width: int, height: int) -> bytes:
    def change(writer: PdfWriter) -> None:
        picture = stream(
            zlib.compress(b"\0" * 1000), Type=NameObject("/XObject"), Subtype=NameObject("/Image"),
            Width=NumberObject(width), Height=NumberObject(height), BitsPerComponent=NumberObject(8),
            ColorSpace=NameObject("/DeviceGray"), Filter=NameObject("/FlateDecode"),
        )  # fmt: skip
        draws(writer, picture)

    return pdf(change)


def draws(writer: PdfWriter, thing: StreamObject) -> None:
    page = writer.pages[0]
    named = dictionary(X=writer._add_object(thing))
    page[NameObject("/Resources")] = dictionary(XObject=named)
    page[NameObject("/Contents")] = writer._add_object(stream(b"/X Do"))


def form(words: bytes, **things: object) -> StreamObject:
    box = ArrayObject([NumberObject(each) for each in (0, 0, 100, 100)])
    return stream(
        words, Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=box,
        Resources=dictionary(XObject=dictionary(**things)),
    )  # fmt: skip


def laughing_forms() -> bytes:
    """Ten forms, each of which draws the next one ten times."""

    def change(writer: PdfWriter) -> None:
        inner = writer._add_object(form(b"0 0 10 10 re f"))
        for _ in range(9):
            inner = writer._add_object(form(b"/F Do " * 10, F=inner))
        draws(writer, form(b"/F Do", F=inner))

    return pdf(change)


def form_in_itself() -> bytes:
    def change(writer: PdfWriter) -> None:
        endless = form(b"/F Do")
        endless["/Resources"]["/XObject"][NameObject("/F")] = writer._add_object(endless)
        draws(writer, endless)

    return pdf(change)


def with_box(*box: float) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/MediaBox")] = ArrayObject([FloatObject(each) for each in box])
        writer.pages[0].pop("/CropBox", None)

    return pdf(change)


def from_outside() -> bytes:
    return with_contents(lambda: stream(b"q Q", F=TextStringObject("http://tracker.invalid/x")))


def postscript() -> bytes:
    words = stream(b"(x) run", Type=NameObject("/XObject"), Subtype=NameObject("/PS"))
    return pdf(lambda writer: draws(writer, words))


def written(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF as its bytes stand, with a table of contents that is right."""
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return (
        body
        + head
        + b"trailer <</Size %d %s>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, trailer, len(body))
    )


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"


def pages_in_a_ring() -> bytes:
    return written(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
    )


def deep_pages(depth: int = 3_000) -> bytes:
    inner = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (3 + n) for n in range(depth)]
    return written(CATALOG, *inner, PAGE)


def deep_arrays() -> bytes:
    return written(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE[:-2] + b"/X" + b"[" * 200_000 + b">>"
    )


def said_to_have(pages: int) -> bytes:
    kids = b" ".join([b"3 0 R"] * 70)
    return written(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages), PAGE)


def table_in_a_ring() -> bytes:
    plain = written(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE)
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % plain.index(b"xref\n"))


def object_stream_bomb() -> bytes:
    packed = zeros(600 << 20)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    return written(
        b"<</Type/Catalog/Pages 2 0 R/X 3 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        stream,
        PAGE,
    )


def maze() -> bytes:
    return written(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, *[b"null"] * 30_000)
