"""What makes a photograph of a paper hard to read, in numbers that the browser and the server share.

`photos.js` is given these numbers with the page, so there is one place to change them
(docs/reference/photographs.md says how each was found).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What an office could not read, in the order in which it is told."""

    CUT = "cut"
    SMALL = "small"
    DARK = "dark"
    BLUR = "blur"
    GLARE = "glare"


@dataclass(frozen=True)
class Limits:
    """The numbers. Greys from 0 to 255, lengths in pixels, the rest in shares of 1."""

    page_side: int = 2000
    """Longest side of a straightened page: 170 dots an inch of an A4 sheet, small print stays legible."""
    page_bytes: int = 400 * 1024
    small_side: int = 1000
    """Longer side of a sheet in its photograph: less and 10-point letters are below 6 pixels high."""
    dark_white: int = 95
    """Grey of the paper itself, writing and glare aside."""
    measured_side: int = 1400
    """The sheet is measured at this size, so that blur means the same for every telephone."""
    block: int = 28
    """Side of the squares that are looked at one by one: about two lines of 10-point writing."""
    writing_spread: float = 9.0
    """Standard deviation of grey in a square that has writing on it."""
    sharp: float = 0.15
    """Variance of the Laplacian over the variance of grey, where there is writing: less is blurred."""
    blown: int = 250
    """Grey of a point that holds no more than light."""
    glare_share: float = 0.012
    """Squares that are nothing but light, of all: more is glare,"""
    glare_white: int = 242
    """unless the paper itself is as white as that, as in a scan."""


LIMITS = Limits()


@dataclass(frozen=True)
class Measures:
    """What was measured of a sheet: see Limits."""

    cut: bool
    side: float
    white: float
    sharpness: float | None
    """None when there is too little writing to tell."""
    blown: float


def faults(measures: Measures, limits: Limits = LIMITS) -> tuple[Fault, ...]:
    """Return what makes the sheet hard to read; who is far away or in the dark is not told of blur besides."""
    small, dark = measures.side < limits.small_side, measures.white < limits.dark_white
    told = {
        Fault.CUT: measures.cut,
        Fault.SMALL: small,
        Fault.DARK: dark,
        Fault.BLUR: not (small or dark) and _blurred(measures.sharpness, limits),
        Fault.GLARE: measures.blown > limits.glare_share and measures.white < limits.glare_white,
    }
    return tuple(fault for fault, is_so in told.items() if is_so)


def _blurred(sharpness: float | None, limits: Limits) -> bool:
    return sharpness is not None and sharpness < limits.sharp


def known(names: Iterable[str]) -> list[Fault]:
    """Return the faults of those names, what is no fault left out."""
    return [fault for fault in Fault if fault.value in set(names)]


def as_json() -> dict[str, float]:
    """Return the numbers as the browser is given them."""
    return asdict(LIMITS)
