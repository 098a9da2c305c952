"""QR codes in what a person sends: on a photograph, or on the sheets of a scan. Measured: 30 ms a photograph."""

import io
from collections.abc import Iterator

import zxingcpp
from PIL import Image

from motcua.documents import drawing, images
from motcua.documents.rules.kinds import Kind, kind_of
from motcua.kernel.refusal import Refusal

MOST_SHEETS = 20
"""So many sheets of a scan are searched: who signs more sends them in two."""
_ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def apart(raw: bytes) -> tuple[list[list[str]], list[bytes]]:
    """Do it for `documents.apart`."""
    return list(codes_of_sheets(raw)), []


def codes_of_sheets(raw: bytes) -> Iterator[list[str]]:
    """Yield the texts of the QR codes sheet by sheet; a photograph is one sheet.

    Ends at a sheet that cannot be drawn; nothing of a file that cannot be opened, which others refuse with reasons.
    """
    for picture in _pictures(raw):
        with Image.open(io.BytesIO(picture), formats=("JPEG",)) as opened:
            found = zxingcpp.read_barcodes(opened.convert("L"), formats=_ONLY_QR)
        yield [code.text for code in found]


def _pictures(raw: bytes) -> Iterator[bytes]:
    kind = kind_of(raw)
    if kind is Kind.PDF:
        for number in range(1, MOST_SHEETS + 1):
            drawn = drawing.drawn_as_a4(raw, number)
            if drawn is None:
                return
            yield drawn
    elif kind is not None:
        try:
            yield images.reencode(raw, kind, name="").content
        except Refusal:
            return
