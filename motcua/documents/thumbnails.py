"""Pictures of pages, made once and kept beside the files: small ones for previews, sheets of a PDF to read.

They can always be made again from the kept page, so they lie on this machine's disk only: sealed, and what does not open
any more is made anew.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from motcua.documents import apart, drawing, images
from motcua.documents.rules.pages import Page
from motcua.documents.rules.refusals import PageUnknown
from motcua.documents.wiring import blob_store
from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealing import HEAD, DoesNotOpen, is_current, seal, unseal

SIDE = 320  # pixels
_CONTEXT = b"documents.thumbnails"


def thumbnail(page: Page) -> bytes:
    """Return a JPEG of the page, or of a PDF's first sheet, at most 320 pixels a side."""
    return _once("thumbnails", page.digest, f"{page.digest}.jpg", lambda: _small(page))


def sheet(page: Page, number: int) -> bytes:
    """Return a JPEG of one sheet of a PDF to read, at most 2000 pixels a side. Raises PageUnknown."""
    if page.is_image or not 1 <= number <= page.sheets:
        raise PageUnknown(page=page.id)
    name = f"{page.digest}-{number}.jpg"
    return _once("sheets", page.digest, name, lambda: _drawn(page, number, drawing.SHEET_SIDE))


def sheet_of(pdf: bytes, number: int) -> bytes | None:
    """Return a JPEG of a sheet of a PDF as it came, drawn as A4; None where there is none, or it cannot be drawn."""
    return _drawn_apart(pdf, number, drawing.SHEET_SIDE, 595, 842)


def forget(digest: str) -> None:
    """Remove the pictures drawn of a page whose bytes are erased."""
    root = Path(settings.FILES_ROOT)
    for place in (root / "thumbnails" / digest[:2], root / "sheets" / digest[:2]):
        for picture in place.glob(f"{digest}*.jpg"):
            picture.unlink(missing_ok=True)


def forget_stale() -> None:
    """Remove the pictures that the current key does not open: they are drawn again when somebody looks."""
    for kind in ("thumbnails", "sheets"):
        for picture in (Path(settings.FILES_ROOT) / kind).glob("*/*.jpg"):
            if not is_current(_head(picture)):
                picture.unlink(missing_ok=True)


def _head(picture: Path) -> bytes:
    try:
        with picture.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError:
        return b""


def _once(kind: str, digest: str, name: str, make: Callable[[], bytes]) -> bytes:
    place = Path(settings.FILES_ROOT) / kind / digest[:2] / name
    try:
        return unseal(place.read_bytes(), _CONTEXT)
    except (FileNotFoundError, KeyIsMissing, DoesNotOpen):
        made = make()
        _keep(place, seal(made, _CONTEXT))
        return made


def _small(page: Page) -> bytes:
    if page.is_image:
        return images.shrink(blob_store().read(page.digest), SIDE).content
    return images.shrink(_drawn(page, 1, SIDE), SIDE).content


def _drawn(page: Page, number: int, side: int) -> bytes:
    """Draw a sheet in the shape of the first one, whatever its own: what a stranger sent fills no memory."""
    pdf = blob_store().read(page.digest)
    return _drawn_apart(pdf, number, side, page.width, page.height) or images.as_sheet(None, side)


def _drawn_apart(pdf: bytes, number: int, side: int, width: float, height: float) -> bytes | None:
    try:
        _, made = apart.done("draw", pdf, number=number, side=side, width=width, height=height)
    except apart.TooCostly:
        return None
    return made[0] if made else None


def _keep(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(draft).rename(place)
