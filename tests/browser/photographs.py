"""Papers as a telephone makes them: photographs, a HEIC, a PDF – drawn here, of nobody."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page

FONT = Path(__file__).parents[2] / "catalogue/papers/fonts/Tinos-Regular.ttf"
LINES = 22


@cache
def sheet(title: str, page: int = 1) -> Image.Image:
    """Return a sheet of paper on a table, a little crooked."""
    paper = Image.new("RGB", (1100, 1500), "#fdfdf8")
    pen = ImageDraw.Draw(paper)
    pen.text((120, 110), title, font=ImageFont.truetype(FONT, 64), fill="#111")
    small = ImageFont.truetype(FONT, 34)
    for line in range(LINES):
        words = f"Dòng {line + 1}, trang {page}: nội dung của một giấy tờ bịa ra để thử."
        pen.text((120, 260 + line * 50), words, font=small, fill="#222")
    table = Image.new("RGB", (1300, 1750), "#8a6f52")
    table.paste(paper.rotate(1.5, expand=True, fillcolor="#8a6f52"), (80, 90))
    return table


def _bytes(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def jpeg(title: str, page: int = 1) -> dict[str, Any]:
    """Return a photograph, ready to be chosen."""
    content = _bytes(sheet(title, page), "JPEG", quality=85)
    return {"name": f"IMG_{page:04}.jpg", "mimeType": "image/jpeg", "buffer": content}


@cache
def small_jpeg(title: str) -> dict[str, Any]:
    """Return a small photograph, where what it shows is not the story."""
    content = _bytes(sheet(title).resize((390, 525)), "JPEG", quality=60)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content}


def heic(title: str) -> dict[str, Any]:
    """Return a photograph of a newer telephone."""
    pillow_heif.register_heif_opener()
    content = _bytes(sheet(title), "HEIF", quality=60)
    return {"name": "IMG_0007.HEIC", "mimeType": "image/heic", "buffer": content}


def pdf(title: str, pages: int = 2) -> dict[str, Any]:
    """Return a scanned PDF."""
    first, *more = [sheet(title, page) for page in range(1, pages + 1)]
    content = _bytes(first, "PDF", save_all=True, append_images=more, resolution=100)
    return {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": content}


def look_over(page: Page, *files: dict[str, Any]) -> None:
    """Say of each picture that the photo desk shows that it is good enough; what it cannot open it passes on."""
    for file in files:
        if file["mimeType"] in {"image/jpeg", "image/png"}:
            page.locator("dialog.photo-desk:not([aria-busy]) [data-do=use]").click()
