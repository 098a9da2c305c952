"""Small pictures of this portal's own pages, for the leaflets of a procedure: a telephone wide, a few kilobytes.

Made when asked, by `make pictures`; the people in them are those of the examples, all invented.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

SCREEN = {"width": 360, "height": 640}
MOST_BYTES = 25 * 1024
COLOURS = (64, 32, 16)
READY = """() => {
  document.activeElement.blur();
  scrollTo(0, 0);
  document.querySelectorAll(".qr svg").forEach(code => (code.style.filter = "blur(3px)"));
}"""
"""Nobody should scan a code out of a picture of somebody's receipt."""
NAMES = {"service", "form", "papers", "ways", "check", "receipt"}


class Camera:
    """Takes a picture of each kind of page, once."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder

    def shoot(self, name: str) -> None:
        """Keep what a telephone's screen shows of the page."""
        self.page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
        self.page.evaluate(READY)
        self.folder.mkdir(exist_ok=True)
        (self.folder / f"{name}.png").write_bytes(small(self.page.screenshot()))


def small(png: bytes) -> bytes:
    """Return a screenshot with as many colours as the weight allows."""
    shot = Image.open(BytesIO(png)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        few = shot.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise AssertionError(f"{out.tell()} bytes are too many")
