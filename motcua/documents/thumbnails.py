"""Pictures of pages, made once and kept beside the files: small ones for previews, sheets of a PDF to read.

They can always be made again from the kept page, so they lie on this machine's disk only.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import typst
from django.conf import settings

from motcua.documents import images
from motcua.documents.rules.pages import Page
from motcua.documents.rules.refusals import PageUnknown
from motcua.documents.wiring import blob_store

SIDE = 320  # pixels
SHEET_SIDE = 2000  # pixels: small print stays legible, as in photographs
_PPI = 144
_SHEET = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("paper.pdf", page: {number}, width: {width}pt, height: {height}pt, fit: "contain")"""


def thumbnail(page: Page) -> bytes:
    """Return a JPEG of the page, or of a PDF's first sheet, at most 320 pixels a side."""
    return _once("thumbnails", page.digest, f"{page.digest}.jpg", lambda: _small(page))


def sheet(page: Page, number: int) -> bytes:
    """Return a JPEG of one sheet of a PDF to read, at most 2000 pixels a side. Raises PageUnknown."""
    if page.is_image or not 1 <= number <= page.sheets:
        raise PageUnknown(page=page.id)
    name = f"{page.digest}-{number}.jpg"
    return _once("sheets", page.digest, name, lambda: _drawn(page, number, SHEET_SIDE))


def sheet_of(pdf: bytes, number: int) -> bytes | None:
    """Return a JPEG of a sheet of a PDF as it came, drawn as A4; None where there is none, or it cannot be drawn."""
    png = _rendered(pdf, _SHEET.format(number=number, width=595, height=842))
    return images.as_sheet(png, SHEET_SIDE) if png else None


def forget(digest: str) -> None:
    """Remove the pictures drawn of a page whose bytes are erased."""
    root = Path(settings.FILES_ROOT)
    for place in (root / "thumbnails" / digest[:2], root / "sheets" / digest[:2]):
        for picture in place.glob(f"{digest}*.jpg"):
            picture.unlink(missing_ok=True)


def _once(kind: str, digest: str, name: str, make: Callable[[], bytes]) -> bytes:
    place = Path(settings.FILES_ROOT) / kind / digest[:2] / name
    try:
        return place.read_bytes()
    except FileNotFoundError:
        made = make()
        _keep(place, made)
        return made


def _small(page: Page) -> bytes:
    if page.is_image:
        return images.shrink(blob_store().read(page.digest), SIDE).content
    return images.shrink(_drawn(page, 1, SIDE), SIDE).content


def _drawn(page: Page, number: int, side: int) -> bytes:
    """Draw a sheet in the shape of the first one, whatever its own: what a stranger sent fills no memory."""
    scale = side * 72 / _PPI / max(page.width, page.height, 1)
    words = _SHEET.format(
        number=number,
        width=round(max(page.width * scale, 1), 2),
        height=round(max(page.height * scale, 1), 2),
    )
    return images.as_sheet(_rendered(blob_store().read(page.digest), words), side)


def _rendered(pdf: bytes, words: str) -> bytes | None:
    """Return the sheet as a PNG; None for one that cannot be drawn."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(pdf)
        source = Path(folder) / "sheet.typ"
        source.write_text(words, encoding="utf-8")
        try:
            drawn = typst.compile(str(source), root=folder, format="png", ppi=_PPI)
        except typst.TypstError:
            return None
        except BaseException as fault:
            # A panic inside the renderer arrives as a BaseException of its own.
            if type(fault).__name__ != "PanicException":
                raise
            return None
    return drawn if isinstance(drawn, bytes) else None


def _keep(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(draft).rename(place)
