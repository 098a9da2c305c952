"""A sheet of a PDF as a picture: done apart (`documents.apart`), for a PDF may unpack to any size."""

import tempfile
from pathlib import Path

import typst

from motcua.documents import images

SHEET_SIDE = 2000  # pixels: small print stays legible, as in photographs
PPI = 144
_SHEET = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("paper.pdf", page: {number}, width: {width}pt, height: {height}pt, fit: "contain")"""


def drawn(pdf: bytes, number: int, side: int, width: float, height: float) -> bytes | None:
    """Return a JPEG of a sheet, at most `side` pixels a side, shaped like `width` to `height`; None if it cannot be drawn."""
    scale = side * 72 / PPI / max(width, height, 1)
    words = _SHEET.format(
        number=number,
        width=round(max(width * scale, 1), 2),
        height=round(max(height * scale, 1), 2),
    )
    png = _rendered(pdf, words)
    return images.as_sheet(png, side) if png else None


def drawn_as_a4(pdf: bytes, number: int) -> bytes | None:
    """Return a JPEG of a sheet of a PDF as it came; None where there is none, or it cannot be drawn."""
    return drawn(pdf, number, SHEET_SIDE, 595, 842)


def apart(
    raw: bytes, number: int, side: int, width: float, height: float
) -> tuple[None, list[bytes]]:
    """Do it for `documents.apart`."""
    made = drawn(raw, number, side, width, height)
    return None, [made] if made else []


def _rendered(pdf: bytes, words: str) -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(pdf)
        source = Path(folder) / "sheet.typ"
        source.write_text(words, encoding="utf-8")
        try:
            made = typst.compile(str(source), root=folder, format="png", ppi=PPI)
        except typst.TypstError:
            return None
        except BaseException as fault:
            # A panic inside the renderer arrives as a BaseException of its own.
            if type(fault).__name__ != "PanicException":
                raise
            return None
    return made if isinstance(made, bytes) else None
