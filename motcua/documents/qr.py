"""QR codes, drawn as SVG for pages and papers."""

import io
import re
from typing import Any

import segno

LARGEST_STRONG = 13  # whose 69 modules are 0.36 mm wide on a paper (28 mm with the quiet zone)
_DIGITS = re.compile(r"\d{30,}$")
QUIET_ZONE = 4  # modules on each side, as ISO 18004 asks; less and cheap phones fail


def qr_svg(text: str, *, size: int | None = None, label: str = "") -> str:
    """Return an SVG element, black on white with its quiet zone; `size` in CSS pixels, else it scales.

    `label` is what a screen reader says. Raises ValueError when the text is too long for a QR code.
    """
    drawn = io.BytesIO()
    _code(text).save(
        drawn,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        omitsize=True,
        dark="#000",
        light="#fff",
        title=label or None,
        lineclass=None,
        svgclass=None,
    )
    svg = drawn.getvalue().decode()
    sized = f'width="{size}" height="{size}" ' if size else ""
    return svg.replace("<svg ", f'<svg {sized}role="img" ', 1)


def _code(text: str) -> segno.QRCode:
    """Return the code: of medium strength, or of the lowest when the modules would become too small.

    A long number at the end is written as digits, which take less than half the room of letters.
    """
    digits = _DIGITS.search(text)
    cut = digits.start() if digits else len(text)
    parts: Any = [part for part in (text[:cut], text[cut:]) if part]
    strong = segno.make(parts, error="m", micro=False)
    if int(strong.version) <= LARGEST_STRONG:
        return strong
    return segno.make(parts, error="l", micro=False)
