"""Files as people send them, and as nobody should: made here, so that no binary lies in the tree."""

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def picture(width: int = 640, height: int = 480, colour: str = "white") -> Image.Image:
    """A picture whose left half is dark, so that a turn shows."""
    image = Image.new("RGB", (width, height), colour)
    image.paste((20, 40, 60), (0, 0, width // 2, height))
    return image


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def jpeg(width: int = 640, height: int = 480, colour: str = "white") -> bytes:
    return encoded(picture(width, height, colour), "JPEG")


def jpeg_with_place_and_turn() -> bytes:
    """Taken sideways (orientation 6) somewhere in Nam Thanh Miện, with an author's name."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "Pham Thi Lan"
    exif.get_ifd(0x8825)[2] = (20.0, 47.0, 12.0)
    return encoded(picture(640, 480), "JPEG", exif=exif)


def heic(width: int = 640, height: int = 480) -> bytes:
    import pillow_heif

    return bytes(encoded_heif(pillow_heif, picture(width, height)))


def encoded_heif(pillow_heif, image: Image.Image) -> bytes:
    written = io.BytesIO()
    pillow_heif.from_pillow(image).save(written, quality=60)
    return written.getvalue()


def png_bomb(side: int = 20_000) -> bytes:
    """400 megapixels in half a megabyte."""
    row = b"\0" + b"\0" * ((side + 7) // 8)
    packed = zlib.compress(row * side, 9)

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def pdf(sheets: int = 1, *, fill: int = 200) -> bytes:
    """A PDF with a picture on each sheet."""
    first, *rest = [picture(fill, fill + number) for number in range(sheets)]
    return encoded(first, "PDF", save_all=True, append_images=rest)


def _grown(change) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def locked_pdf() -> bytes:
    return _grown(lambda writer: writer.encrypt("mật khẩu", algorithm="RC4-128"))


def active_pdf() -> bytes:
    """Scripts at opening and on the page, an attachment, a launching link, and a name."""

    def change(writer: PdfWriter) -> None:
        script = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("x()"),
            }
        )
        writer.root_object[NameObject("/OpenAction")] = script
        writer.add_attachment("virus.exe", b"MZ")
        writer.add_metadata({"/Author": "Pham Thi Lan"})
        page = writer.pages[0]
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
        writer.add_annotation(0, _mark("/Link", script))
        writer.add_annotation(0, _mark("/FreeText", script))

    return _grown(change)


def _mark(subtype: str, action: DictionaryObject) -> DictionaryObject:
    from pypdf.generic import RectangleObject

    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(subtype),
            NameObject("/Rect"): RectangleObject((0, 0, 50, 50)),
            NameObject("/A"): action,
        }
    )


def pdf_that_is_a_page_too() -> bytes:
    """A PDF that a careless browser would show as HTML."""
    return pdf().replace(b"\n", b"\n<html><script>alert(1)</script></html>\n", 1)
