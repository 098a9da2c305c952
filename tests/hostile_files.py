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
from pypdf.generic import TextStringObject

from motcua.documents.rules import refusals as no
from motcua.kernel.refusal import Refusal
from tests import documents_samples as samples
from tests import hostile_pdfs as pdfs
from tests.hostile_pdfs import SCRIPT

Made = Callable[[], bytes]
Outcome = tuple[type[Refusal] | None, ...]
CLEANED: Outcome = (None,)
BROKEN = (no.FileDamaged, no.PdfTooIntricate, no.FileTooCostly, no.TooManyPages)
"""A maze that no office needs: which of its walls stops the reader first does not matter."""
BIG = (no.TooManyPixels, no.FileDamaged)
UNKNOWN = (no.FileNotUnderstood,)
DAMAGED = (no.FileDamaged,)


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
    Hostile("swollen-text.png", lambda: _png(_chunk(b"zTXt", b"k\0\0" + pdfs.zeros(200 << 20))), (*CLEANED, no.FileDamaged)),
    Hostile("swollen-profile.png", lambda: _png(_chunk(b"iCCP", b"k\0\0" + pdfs.zeros(200 << 20))), (*CLEANED, no.FileDamaged)),
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
    Hostile("script-at-opening.pdf", lambda: pdfs.opening("JavaScript", **NEW_SCRIPT), CLEANED, JS_GONE),
    Hostile("launch.pdf", lambda: pdfs.opening("Launch", F=TextStringObject("cmd.exe")), CLEANED, (b"/Launch", b"cmd")),
    Hostile("goes-elsewhere.pdf", lambda: pdfs.opening("GoToR", F=TextStringObject("\\\\srv\\x.pdf")), CLEANED, (b"/GoToR",)),
    Hostile("attachment.pdf", pdfs.with_attachment, CLEANED, (b"/EmbeddedFile", b"virus")),
    Hostile("xfa.pdf", pdfs.with_form, CLEANED, (b"/XFA", b"script")),
    Hostile("link.pdf", lambda: pdfs.marked("Link", A=pdfs.action("URI", URI=TextStringObject("http://x.invalid"))), CLEANED, (b"/URI",)),
    Hostile("sends-form.pdf", lambda: pdfs.marked("Widget", A=pdfs.action("SubmitForm", F=TextStringObject("http://x.invalid"))), CLEANED, (b"/SubmitForm",)),
    Hostile("script-in-mark.pdf", lambda: pdfs.marked("FreeText", AA=pdfs.dictionary(E=pdfs.action("JavaScript", **NEW_SCRIPT))), CLEANED, JS_GONE),
    Hostile("film.pdf", lambda: pdfs.marked("RichMedia"), CLEANED, (b"/RichMedia",)),
    Hostile("solid.pdf", lambda: pdfs.marked("3D"), CLEANED, (b"/3D",)),
    Hostile("file-mark.pdf", lambda: pdfs.marked("FileAttachment"), CLEANED, (b"/FileAttachment",)),
    Hostile("from-outside.pdf", pdfs.from_outside, CLEANED, (b"tracker",)),
    Hostile("postscript.pdf", pdfs.postscript, CLEANED, (b"/PS",)),
    # PDFs that nobody can read
    Hostile("locked.pdf", samples.locked_pdf, (no.PdfLocked,)),
    Hostile("locked-for-owner.pdf", pdfs.locked_for_owner, (no.PdfLocked,)),
    Hostile("head-only.pdf", lambda: b"%PDF-1.7\n", DAMAGED),
    Hostile("cut.pdf", lambda: samples.pdf()[:300], DAMAGED),
    Hostile("no-pages.pdf", lambda: pdfs.written(pdfs.CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), DAMAGED),
    # PDFs that exhaust whoever reads them
    Hostile("sixty-one-sheets.pdf", lambda: samples.pdf(61, fill=8), (no.TooManyPages,)),
    Hostile("a-billion-sheets.pdf", lambda: pdfs.said_to_have(10**9), BROKEN),
    Hostile("pages-in-a-ring.pdf", pdfs.pages_in_a_ring, BROKEN),
    Hostile("deep-pages.pdf", pdfs.deep_pages, BROKEN),
    Hostile("deep-arrays.pdf", pdfs.deep_arrays, BROKEN),
    Hostile("table-in-a-ring.pdf", pdfs.table_in_a_ring, (*CLEANED, *BROKEN)),
    Hostile("maze.pdf", pdfs.maze, BROKEN),
    Hostile("object-stream-bomb.pdf", pdfs.object_stream_bomb, (*CLEANED, *BROKEN), drawn=True),
    Hostile("flate-bomb.pdf", lambda: pdfs.with_contents(pdfs.flate_bomb), BROKEN),
    Hostile("packed-twice.pdf", lambda: pdfs.with_contents(pdfs.twice_packed), BROKEN),
    Hostile("endless-picture.pdf", lambda: pdfs.with_picture(60_000, 60_000), BROKEN),
    Hostile("endless-sheet.pdf", lambda: pdfs.with_box(0, 0, 1e9, 1e9), CLEANED, drawn=True),
    Hostile("sheet-of-nothing.pdf", lambda: pdfs.with_box(0, 0, 0, 0), CLEANED),
    Hostile("laughing-forms.pdf", pdfs.laughing_forms, CLEANED, drawn=True),
    Hostile("form-in-itself.pdf", pdfs.form_in_itself, CLEANED, drawn=True),
]  # fmt: skip
