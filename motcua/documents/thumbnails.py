"""Small pictures of pages for previews, made once and kept beside the files.

A thumbnail can always be made again from the kept page, so it lies on this machine's disk only.
"""

import os
import tempfile
from pathlib import Path

import typst
from django.conf import settings

from motcua.documents import images
from motcua.documents.rules.pages import Page
from motcua.documents.wiring import blob_store

SIDE = 320  # pixels
_SHEET = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("paper.pdf", page: 1, width: 320pt)"""


def thumbnail(page: Page) -> bytes:
    """Return a JPEG of the page, or of a PDF's first sheet, at most 320 pixels a side."""
    place = Path(settings.FILES_ROOT) / "thumbnails" / page.digest[:2] / f"{page.digest}.jpg"
    try:
        return place.read_bytes()
    except FileNotFoundError:
        small = _made(page)
        _keep(place, small)
        return small


def _made(page: Page) -> bytes:
    content = blob_store().read(page.digest)
    if page.is_image:
        return images.shrink(content, SIDE).content
    return images.shrink(_first_sheet(content), SIDE).content


def _first_sheet(pdf: bytes) -> bytes:
    """Return the first sheet as a JPEG; a sheet that cannot be drawn is an empty one."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(pdf)
        sheet = Path(folder) / "sheet.typ"
        sheet.write_text(_SHEET, encoding="utf-8")
        try:
            drawn = typst.compile(str(sheet), root=folder, format="png", ppi=72)
        except typst.TypstError:
            drawn = None
        except BaseException as fault:
            # A panic inside the renderer arrives as a BaseException of its own.
            if type(fault).__name__ != "PanicException":
                raise
            drawn = None
    return images.as_sheet(drawn if isinstance(drawn, bytes) else None, SIDE)


def _keep(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(draft).rename(place)
