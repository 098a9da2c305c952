"""QR codes, drawn as SVG for pages and papers."""

import io

import segno

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
    return segno.make(text, error="m", micro=False)
