"""Photographs: opened with care, shrunk to what an office can read, written anew without metadata."""

import io
import warnings
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageFile, ImageOps

from motcua.documents.rules.kinds import Kind
from motcua.documents.rules.refusals import (
    FileDamaged,
    FileTooCostly,
    HeicNotReadHere,
    TooManyPixels,
)

LONG_SIDE = 2000  # pixels: an A4 sheet at 170 dpi, small print stays legible
QUALITY = 82
MILLION = 1_000_000
PIXELS = 64 * MILLION
# JPEG is unpacked at an eighth to a half of its size, so that 108-megapixel phones are welcome;
# a progressive one needs the memory of all of it.
PIXELS_JPEG = 128 * MILLION
_FORMATS = {
    Kind.JPEG: ("JPEG", "MPO"),
    Kind.PNG: ("PNG",),
    Kind.WEBP: ("WEBP",),
    Kind.HEIC: ("HEIF",),
}
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Picture:
    """A JPEG without metadata; its size in pixels."""

    content: bytes
    width: int
    height: int


def reencode(raw: bytes, kind: Kind, *, name: str) -> Picture:
    """Return the picture upright, at most 2000 pixels a side, as JPEG without EXIF or GPS.

    Raises FileDamaged, TooManyPixels, HeicNotReadHere.
    """
    if kind is Kind.HEIC and not _heic_is_readable():
        raise HeicNotReadHere(name=name)
    try:
        with _opened(raw, kind, name) as opened:
            # Shrinking before turning: 40 % less time, and JPEG decodes straight to the small size.
            opened.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            return _as_jpeg(_flat(upright), QUALITY)
    except (TooManyPixels, HeicNotReadHere):
        raise
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels(name=name, limit=PIXELS // MILLION) from bomb
    except MemoryError as fault:
        raise FileTooCostly(name=name) from fault
    except Exception as fault:  # decoders of hostile bytes raise anything: OSError to struct.error
        raise FileDamaged(name=name) from fault


def turn(content: bytes, degrees: int) -> Picture:
    """Return a kept JPEG turned clockwise by 90, 180 or 270 degrees."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        return _as_jpeg(image.transpose(_TURNS[degrees]), QUALITY + 8)


def shrink(content: bytes, side: int) -> Picture:
    """Return a kept JPEG at most `side` pixels a side, for previews."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _as_jpeg(image, 70)


def as_sheet(png: bytes | None, side: int) -> bytes:
    """Return a sheet that we drew ourselves as a JPEG; none drawn, an empty one."""
    if png is None:
        return _as_jpeg(Image.new("L", (side * 70 // 99, side), "white"), QUALITY).content
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return _as_jpeg(_flat(image), QUALITY).content


def _opened(raw: bytes, kind: Kind, name: str) -> ImageFile.ImageFile:
    with warnings.catch_warnings():
        # Our own limits below are stricter where it matters and wider where it is safe.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(raw), formats=_FORMATS[kind])
    # A progressive JPEG is unpacked whole before it is shrunk.
    wide = kind is Kind.JPEG and not image.info.get("progressive")
    limit = PIXELS_JPEG if wide else PIXELS
    if image.width * image.height > limit:
        raise TooManyPixels(name=name, limit=limit // MILLION)
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Return it grey or RGB; what was transparent becomes white, as paper is."""
    if image.mode in ("L", "RGB"):
        return image
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 257).convert("L")
    if image.mode in ("1", "F"):
        return image.convert("L")
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def _as_jpeg(image: Image.Image, quality: int) -> Picture:
    image.info.clear()  # no EXIF, no profile, no comment travels on
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, progressive=False, exif=b"")
    return Picture(written.getvalue(), image.width, image.height)


@cache
def _heic_is_readable() -> bool:
    """Register the HEIC reader at the first HEIC; the package is optional."""
    try:
        import pillow_heif  # noqa: PLC0415 - 20 MB that most processes never need
    except ImportError:
        return False
    pillow_heif.register_heif_opener(thumbnails=False)
    return True
