"""Files made to harm whoever opens them, built here by code: each with what must become of it.

`CLEANED`: it becomes a paper, and nothing of what made it hostile is in what is kept. Otherwise it meets one of the
refusals.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, PngImagePlugin
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

from motcua.documents.rules import refusals as no
from motcua.kernel.refusal import Refusal
from tests import documents_samples as samples

Made = Callable[[], bytes]
Outcome = tuple[type[Refusal] | None, ...]
CLEANED: Outcome = (None,)
BROKEN = (no.FileDamaged, no.PdfTooIntricate, no.FileTooCostly, no.TooManyPages)
"""A maze that no office needs: which of its walls stops the reader first does not matter."""
BIG = (no.TooManyPixels, no.FileDamaged)
UNKNOWN = (no.FileNotUnderstood,)
DAMAGED = (no.FileDamaged,)
SCRIPT = b"<script>alert(1)</script>"


@dataclass(frozen=True)
class Hostile:
    """One file: how it is made, what must become of it, and what must not be left in what is kept."""

    name: str
    made: Made
    becomes: Outcome
    gone: tuple[bytes, ...] = ()
    drawn: bool = False
    """Whether a look at its first sheet is dear, too."""


# --- pictures ---


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(*extra: bytes) -> bytes:
    """A small PNG with further chunks after its head."""
    plain = samples.encoded(samples.picture(64, 48), "PNG")
    return plain[:33] + b"".join(extra) + plain[33:]


def _zeros(size: int) -> bytes:
    """So many zeros, packed; made of one packed million again and again."""
    packing = zlib.compressobj(9)
    first = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    again = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    return first + again * ((size >> 20) - 1) + packing.flush()


def _png_of(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0"))
        + _chunk(b"IEND", b"")
    )


def _jpeg_of(width: int, height: int, *, progressive: bool = False) -> bytes:
    """A JPEG whose head lies about its size."""
    raw = samples.encoded(samples.picture(64, 48), "JPEG", progressive=progressive)
    at = raw.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    return raw[:at] + struct.pack(">HH", height, width) + raw[at + 4 :]


def _with_comment(words: bytes) -> bytes:
    return _with_segment(b"\xfe", words)


def _with_segment(mark: bytes, body: bytes) -> bytes:
    raw = samples.jpeg(64, 48)
    return raw[:2] + b"\xff" + mark + struct.pack(">H", len(body) + 2) + body + raw[2:]


def _jpeg_with_profiles() -> bytes:
    """Two hundred segments of a colour profile, 12 MB."""
    body = b"ICC_PROFILE\0" + b"\x01\xc8" + b"P" * 60_000
    segment = b"\xff\xe2" + struct.pack(">H", len(body) + 2) + body
    raw = samples.jpeg(64, 48)
    return raw[:2] + segment * 200 + raw[2:]


def _apng(frames: int = 10_000) -> bytes:
    """A moving PNG: its frames all say that there are many, and are there."""
    plain = samples.encoded(samples.picture(16, 12), "PNG")
    at = plain.index(b"IDAT") - 4
    size = struct.unpack(">I", plain[at : at + 4])[0]
    data = plain[at + 8 : at + 8 + size]
    parts = [_chunk(b"acTL", struct.pack(">II", frames, 0))]
    for number in range(frames):
        control = struct.pack(">IIIIIHHBB", 2 * number, 16, 12, 0, 0, 1, 100, 0, 0)
        parts += [
            _chunk(b"fcTL", control),
            _chunk(b"fdAT", struct.pack(">I", 2 * number + 1) + data),
        ]
    return plain[:at] + b"".join(parts) + plain[at:]


def _gif(frames: int = 1, tail: bytes = b"") -> bytes:
    """A GIF of one pixel, moving where it has several frames."""
    head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    return head + frame * frames + b"\x3b" + tail


def _moving_webp() -> bytes:
    frames = [samples.picture(32, 24, colour) for colour in ("white", "red", "blue")] * 20
    return samples.encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])


def _webp_of(width: int, height: int) -> bytes:
    """An extended WebP whose canvas is said to be that large."""
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    plain = samples.encoded(samples.picture(64, 48), "WEBP")[12:]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size + plain
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _heic_of(width: int, height: int) -> bytes:
    raw = samples.heic(64, 48)
    at = raw.index(b"ispe") + 8
    return raw[:at] + struct.pack(">II", width, height) + raw[at + 8 :]


def _png_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Pham Thi Lan"
    exif.get_ifd(0x8825)[2] = (20.0, 47.0, 12.0)
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SCRIPT.decode())
    return samples.encoded(samples.picture(64, 48), "PNG", exif=exif, pnginfo=words)


def _webp_with_words() -> bytes:
    return samples.encoded(samples.picture(64, 48), "WEBP", xmp=b"<x>" + SCRIPT + b"</x>")


def _many_in_one() -> bytes:
    more = [samples.picture(64, 48)] * 50
    return samples.encoded(more[0], "MPO", save_all=True, append_images=more[1:])


# --- boxes, offices, programs ---


def _zip(**files: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            box.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


def _zip_of_zips(depth: int = 8) -> bytes:
    content = b"a"
    for _ in range(depth):
        content = _zip(a_zip=content, b_zip=content)
    return content


def _office(**parts: bytes) -> bytes:
    return _zip(Content__Types_xml=b"<Types/>", word__document_xml=b"<w:document/>", **parts)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><svg xmlns='http://www.w3.org/2000/svg'>&j;</svg>"
)


# --- PDFs ---


def _pdf(change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(samples.pdf()))
    change(writer)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _dictionary(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def _action(kind: str, **more: object) -> DictionaryObject:
    return _dictionary(S=NameObject(f"/{kind}"), **more)


def _opening(kind: str, **more: object) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = _action(kind, **more)

    return _pdf(change)


def _marked(subtype: str, **more: object) -> bytes:
    """A PDF with a mark on its page that does something."""

    def change(writer: PdfWriter) -> None:
        box = ArrayObject([NumberObject(each) for each in (0, 0, 50, 50)])
        mark = _dictionary(
            Type=NameObject("/Annot"), Subtype=NameObject(f"/{subtype}"), Rect=box, **more
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])

    return _pdf(change)


def _with_form() -> bytes:
    def change(writer: PdfWriter) -> None:
        xfa = DecodedStreamObject()
        xfa.set_data(b"<xdp>" + SCRIPT + b"</xdp>")
        form = _dictionary(XFA=writer._add_object(xfa), Fields=ArrayObject())
        writer.root_object[NameObject("/AcroForm")] = form

    return _pdf(change)


def _with_attachment() -> bytes:
    return _pdf(lambda writer: writer.add_attachment("virus.exe", b"MZ" + b"virus" * 20))


def _locked_for_owner() -> bytes:
    return _pdf(lambda writer: writer.encrypt("", "chủ", algorithm="RC4-128"))


def _stream(data: bytes, **about: object) -> StreamObject:
    stream = StreamObject()
    stream._data = data
    for key, value in about.items():
        stream[NameObject(f"/{key}")] = value
    return stream


def _with_contents(stream: Callable[[], StreamObject]) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream())

    return _pdf(change)


def _flate_bomb() -> StreamObject:
    return _stream(_zeros(600 << 20), Filter=NameObject("/FlateDecode"))


def _twice_packed() -> StreamObject:
    both = ArrayObject([NameObject("/FlateDecode"), NameObject("/FlateDecode")])
    return _stream(zlib.compress(_zeros(64 << 20)), Filter=both)


def _with_picture(width: int, height: int) -> bytes:
    def change(writer: PdfWriter) -> None:
        picture = _stream(
            zlib.compress(b"\0" * 1000), Type=NameObject("/XObject"), Subtype=NameObject("/Image"),
            Width=NumberObject(width), Height=NumberObject(height), BitsPerComponent=NumberObject(8),
            ColorSpace=NameObject("/DeviceGray"), Filter=NameObject("/FlateDecode"),
        )  # fmt: skip
        _draws(writer, picture)

    return _pdf(change)


def _draws(writer: PdfWriter, thing: StreamObject) -> None:
    page = writer.pages[0]
    named = _dictionary(X=writer._add_object(thing))
    page[NameObject("/Resources")] = _dictionary(XObject=named)
    page[NameObject("/Contents")] = writer._add_object(_stream(b"/X Do"))


def _form(words: bytes, **things: object) -> StreamObject:
    box = ArrayObject([NumberObject(each) for each in (0, 0, 100, 100)])
    return _stream(
        words, Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=box,
        Resources=_dictionary(XObject=_dictionary(**things)),
    )  # fmt: skip


def _laughing_forms() -> bytes:
    """Ten forms, each of which draws the next one ten times."""

    def change(writer: PdfWriter) -> None:
        inner = writer._add_object(_form(b"0 0 10 10 re f"))
        for _ in range(9):
            inner = writer._add_object(_form(b"/F Do " * 10, F=inner))
        _draws(writer, _form(b"/F Do", F=inner))

    return _pdf(change)


def _form_in_itself() -> bytes:
    def change(writer: PdfWriter) -> None:
        form = _form(b"/F Do")
        form["/Resources"]["/XObject"][NameObject("/F")] = writer._add_object(form)
        _draws(writer, form)

    return _pdf(change)


def _with_box(*box: float) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/MediaBox")] = ArrayObject([FloatObject(each) for each in box])
        writer.pages[0].pop("/CropBox", None)

    return _pdf(change)


def _from_outside() -> bytes:
    return _with_contents(lambda: _stream(b"q Q", F=TextStringObject("http://tracker.invalid/x")))


def _postscript() -> bytes:
    words = _stream(b"(x) run", Type=NameObject("/XObject"), Subtype=NameObject("/PS"))
    return _pdf(lambda writer: _draws(writer, words))


def _written(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
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


def _pages_in_a_ring() -> bytes:
    return _written(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
    )


def _deep_pages(depth: int = 3_000) -> bytes:
    inner = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (3 + n) for n in range(depth)]
    return _written(CATALOG, *inner, PAGE)


def _deep_arrays() -> bytes:
    return _written(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE[:-2] + b"/X" + b"[" * 200_000 + b">>"
    )


def _said_to_have(pages: int) -> bytes:
    kids = b" ".join([b"3 0 R"] * 70)
    return _written(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages), PAGE)


def _table_in_a_ring() -> bytes:
    plain = _written(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE)
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % plain.index(b"xref\n"))


def _object_stream_bomb() -> bytes:
    packed = _zeros(600 << 20)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    return _written(
        b"<</Type/Catalog/Pages 2 0 R/X 3 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        stream,
        PAGE,
    )


def _maze() -> bytes:
    return _written(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, *[b"null"] * 30_000)


NEW_SCRIPT = {"JS": TextStringObject("app.alert(1)")}
JS_GONE = (b"/JavaScript", b"/JS")

FILES = [
    # Nothing, or next to nothing
    Hostile("empty.jpg", lambda: b"", (no.FileEmpty,)),
    Hostile("one-byte.jpg", lambda: b"\xff", UNKNOWN),
    Hostile("zeros.pdf", lambda: bytes(100_000), UNKNOWN),
    Hostile("too-large.jpg", lambda: samples.jpeg() + bytes(20 << 20), (no.FileTooLarge,)),
    # Pictures: cut, lying, swollen
    Hostile("cut.jpg", lambda: samples.jpeg()[:3000], DAMAGED),
    Hostile("cut.png", lambda: samples.encoded(samples.picture(), "PNG")[:200], DAMAGED),
    Hostile("cut.webp", lambda: samples.encoded(samples.picture(), "WEBP")[:200], DAMAGED),
    Hostile("cut.heic", lambda: samples.heic()[:500], DAMAGED),
    Hostile("page-as.jpg", lambda: b"\xff\xd8\xff" + SCRIPT * 100, DAMAGED),
    Hostile("head-only.png", lambda: b"\x89PNG\r\n\x1a\n", DAMAGED),
    Hostile("bomb.png", samples.png_bomb, BIG),
    Hostile("largest-head.png", lambda: _png_of(2**31 - 1, 2**31 - 1), BIG),
    Hostile("largest-head.jpg", lambda: _jpeg_of(65_500, 65_500), BIG),
    Hostile("progressive-head.jpg", lambda: _jpeg_of(65_500, 1_000, progressive=True), BIG),
    Hostile("largest-head.webp", lambda: _webp_of(16_383, 16_383), BIG),
    Hostile("largest-head.heic", lambda: _heic_of(30_000, 30_000), BIG),
    Hostile("swollen-text.png", lambda: _png(_chunk(b"zTXt", b"k\0\0" + _zeros(200 << 20))), (*CLEANED, no.FileDamaged)),
    Hostile("swollen-profile.png", lambda: _png(_chunk(b"iCCP", b"k\0\0" + _zeros(200 << 20))), (*CLEANED, no.FileDamaged)),
    Hostile("swollen-profile.jpg", _jpeg_with_profiles, CLEANED, (b"ICC_PROFILE",)),
    Hostile("ten-thousand-frames.png", _apng, CLEANED, (b"acTL", b"fdAT")),
    Hostile("ten-thousand-frames.gif", lambda: _gif(10_000), UNKNOWN),
    Hostile("moving.webp", _moving_webp, CLEANED, (b"ANMF",)),
    Hostile("fifty-in-one.jpg", _many_in_one, CLEANED, (b"MPF",)),
    # Pictures that are something else too
    Hostile("script.gif", lambda: _gif(tail=b"/*" + SCRIPT + b"*/"), UNKNOWN),
    Hostile("script-comment.jpg", lambda: _with_comment(b"*/=alert(1);/*"), CLEANED, (b"alert",)),
    Hostile("php-comment.jpg", lambda: _with_comment(b"<?php system($_GET[1]); ?>"), CLEANED, (b"<?php",)),
    Hostile("jfif-plus.zip.jpg", lambda: samples.jpeg() + _zip(a_exe=b"MZ"), CLEANED, (b"PK\x03\x04",)),
    Hostile("pdf-comment.jpg", lambda: _with_comment(samples.pdf()[:60_000]), CLEANED, (b"%PDF",)),
    Hostile("page-behind.png", lambda: _png() + SCRIPT, CLEANED, (b"script",)),
    Hostile("place.jpg", samples.jpeg_with_place_and_turn, CLEANED, (b"Pham Thi Lan", b"Exif")),
    Hostile("place-and-script.png", _png_with_place, CLEANED, (b"Lan", b"script")),
    Hostile("script.webp", _webp_with_words, CLEANED, (b"script", b"XMP")),
    Hostile("exif-of-nonsense.jpg", lambda: _with_segment(b"\xe1", b"Exif\0\0II*\0" + b"\xff" * 200), CLEANED, (b"Exif",)),
    # Kinds that are not taken
    Hostile("a.tiff", lambda: samples.encoded(samples.picture(), "TIFF"), UNKNOWN),
    Hostile("a.bmp", lambda: samples.encoded(samples.picture(), "BMP"), UNKNOWN),
    Hostile("a.ico", lambda: samples.encoded(samples.picture(32, 32), "ICO"), UNKNOWN),
    Hostile("a.eps", lambda: b"%!PS-Adobe-3.0 EPSF\n(/etc/passwd) (r) file", UNKNOWN),
    Hostile("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", UNKNOWN),
    Hostile("laughs.svg", lambda: LAUGHS, UNKNOWN),
    Hostile("page.html", lambda: b"<!doctype html>" + SCRIPT, UNKNOWN),
    Hostile("page.jpg", lambda: b"\xef\xbb\xbf<html xmlns='http://www.w3.org/1999/xhtml'>" + SCRIPT, UNKNOWN),
    Hostile("a.zip", lambda: _zip(a_txt=b"a"), UNKNOWN),
    Hostile("zips-in-zips.zip", _zip_of_zips, UNKNOWN),
    Hostile("bomb.zip", lambda: _zip(a_txt=bytes(40 << 20)), UNKNOWN),
    Hostile("a.docx", _office, UNKNOWN),
    Hostile("macro.docm", lambda: _office(word__vbaProject_bin=b"\xd0\xcf\x11\xe0"), UNKNOWN),
    Hostile("macro.xlsm", lambda: _zip(xl__workbook_xml=b"<w/>", xl__vbaProject_bin=b"\xd0\xcf"), UNKNOWN),
    Hostile("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), UNKNOWN),
    Hostile("object.rtf", lambda: b"{\\rtf1{\\object\\objemb 4d5a}}", UNKNOWN),
    Hostile("program.pdf", lambda: b"MZ\x90\0" + bytes(500) + b"PE\0\0", UNKNOWN),
    Hostile("program.jpg", lambda: b"\x7fELF" + bytes(500), UNKNOWN),
    Hostile("script.jpg", lambda: b"#!/bin/sh\nrm -rf ~\n", UNKNOWN),
    Hostile("shortcut.lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(100), UNKNOWN),
    # PDFs that are something else too
    Hostile("page-within.pdf", samples.pdf_that_is_a_page_too, CLEANED, (b"script",)),
    Hostile("page-before.pdf", lambda: SCRIPT + samples.pdf(), UNKNOWN),
    Hostile("zip-behind.pdf", lambda: samples.pdf() + _zip(a_exe=b"MZ"), CLEANED, (b"PK\x03\x04",)),
    # PDFs that do something
    Hostile("script-at-opening.pdf", lambda: _opening("JavaScript", **NEW_SCRIPT), CLEANED, JS_GONE),
    Hostile("launch.pdf", lambda: _opening("Launch", F=TextStringObject("cmd.exe")), CLEANED, (b"/Launch", b"cmd")),
    Hostile("goes-elsewhere.pdf", lambda: _opening("GoToR", F=TextStringObject("\\\\srv\\x.pdf")), CLEANED, (b"/GoToR",)),
    Hostile("attachment.pdf", _with_attachment, CLEANED, (b"/EmbeddedFile", b"virus")),
    Hostile("xfa.pdf", _with_form, CLEANED, (b"/XFA", b"script")),
    Hostile("link.pdf", lambda: _marked("Link", A=_action("URI", URI=TextStringObject("http://x.invalid"))), CLEANED, (b"/URI",)),
    Hostile("sends-form.pdf", lambda: _marked("Widget", A=_action("SubmitForm", F=TextStringObject("http://x.invalid"))), CLEANED, (b"/SubmitForm",)),
    Hostile("script-in-mark.pdf", lambda: _marked("FreeText", AA=_dictionary(E=_action("JavaScript", **NEW_SCRIPT))), CLEANED, JS_GONE),
    Hostile("film.pdf", lambda: _marked("RichMedia"), CLEANED, (b"/RichMedia",)),
    Hostile("solid.pdf", lambda: _marked("3D"), CLEANED, (b"/3D",)),
    Hostile("file-mark.pdf", lambda: _marked("FileAttachment"), CLEANED, (b"/FileAttachment",)),
    Hostile("from-outside.pdf", _from_outside, CLEANED, (b"tracker",)),
    Hostile("postscript.pdf", _postscript, CLEANED, (b"/PS",)),
    # PDFs that nobody can read
    Hostile("locked.pdf", samples.locked_pdf, (no.PdfLocked,)),
    Hostile("locked-for-owner.pdf", _locked_for_owner, (no.PdfLocked,)),
    Hostile("head-only.pdf", lambda: b"%PDF-1.7\n", DAMAGED),
    Hostile("cut.pdf", lambda: samples.pdf()[:300], DAMAGED),
    Hostile("no-pages.pdf", lambda: _written(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), DAMAGED),
    # PDFs that exhaust whoever reads them
    Hostile("sixty-one-sheets.pdf", lambda: samples.pdf(61, fill=8), (no.TooManyPages,)),
    Hostile("a-billion-sheets.pdf", lambda: _said_to_have(10**9), BROKEN),
    Hostile("pages-in-a-ring.pdf", _pages_in_a_ring, BROKEN),
    Hostile("deep-pages.pdf", _deep_pages, BROKEN),
    Hostile("deep-arrays.pdf", _deep_arrays, BROKEN),
    Hostile("table-in-a-ring.pdf", _table_in_a_ring, (*CLEANED, *BROKEN)),
    Hostile("maze.pdf", _maze, BROKEN),
    Hostile("object-stream-bomb.pdf", _object_stream_bomb, (*CLEANED, *BROKEN), drawn=True),
    Hostile("flate-bomb.pdf", lambda: _with_contents(_flate_bomb), BROKEN),
    Hostile("packed-twice.pdf", lambda: _with_contents(_twice_packed), BROKEN),
    Hostile("endless-picture.pdf", lambda: _with_picture(60_000, 60_000), BROKEN),
    Hostile("endless-sheet.pdf", lambda: _with_box(0, 0, 1e9, 1e9), CLEANED, drawn=True),
    Hostile("sheet-of-nothing.pdf", lambda: _with_box(0, 0, 0, 0), CLEANED),
    Hostile("laughing-forms.pdf", _laughing_forms, CLEANED, drawn=True),
    Hostile("form-in-itself.pdf", _form_in_itself, CLEANED, drawn=True),
]  # fmt: skip
