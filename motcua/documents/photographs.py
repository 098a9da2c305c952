"""Photographs of papers: where the sheet lies, whether it can be read, and the sheet laid straight.

What the browser did before sending is done here for whoever sends a plain file. Measured on one core:
0.1 s to look at a kept photograph, 0.15 s to straighten it.
"""

import io
from dataclasses import dataclass
from math import hypot

import numpy as np
from PIL import Image, ImageFilter

from motcua.documents import edges
from motcua.documents.edges import Grey, Quad
from motcua.documents.images import Picture
from motcua.documents.rules.photographs import LIMITS, Fault, Measures, faults

WHOLE: Quad = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
A4 = 2**0.5
NEARLY = 0.07
"""A sheet in proportion this near to A4 is taken for A4."""
LENSES = 0.6, 2.5
"""Focal lengths of telephones, in longer sides of their pictures."""
TINY = 1e-9
MOST_STRETCHED = 1.3
"""How far the lens may correct the sides: corners are set by hand, too."""
QUALITIES = (85, 78, 70, 60, 50, 40)
PAPER = 60
"""Percentile of grey that is the paper's own: writing is darker, and glare is lighter."""
LEAST_WRITING = 12  # squares: fewer are too few to tell blur by
FULL = 0.95
"""Share of a square that is blown for all of it to be."""
SHADE = 16  # pixels melted into one to find how the light falls
BLACK, WHITE = 0.35, 0.92
"""Shares of the paper's own light at which a scan is black, and white."""


@dataclass(frozen=True)
class Look:
    """What a photograph shows: the corners of its sheet (None: no borders seen), what is hard to read."""

    corners: Quad | None = None
    faults: tuple[Fault, ...] = ()


def look(content: bytes) -> Look:
    """Return where the sheet lies in a kept JPEG and what is wrong with it."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        grey = opened.convert("L")
    small = grey.copy()
    small.thumbnail((edges.SIDE, edges.SIDE), Image.Resampling.BOX)
    found = edges.find(np.asarray(small, np.float32))
    corners = found.corners if found else WHOLE
    told = faults(_measured(grey, corners, cut=found is not None and found.cut))
    return Look(found.corners if found else None, told)


def straighten(content: bytes, corners: Quad, *, scan: bool = False) -> Picture:
    """Return the sheet of a kept JPEG laid straight, at most 400 KB; `scan`: black on white, without shadows."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        laid = _laid(opened, corners, LIMITS.page_side)
    return _light(_scanned(laid) if scan else laid)


def as_it_is(content: bytes) -> Picture:
    """Return a kept JPEG with its size in pixels."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        return Picture(content, opened.width, opened.height)


def _laid(picture: Image.Image, corners: Quad, most: int) -> Image.Image:
    points = [(x * picture.width, y * picture.height) for x, y in corners]
    width, height = size_of(points, picture.size, most)
    how = _projection(points, width, height)
    return picture.transform(
        (width, height), Image.Transform.PERSPECTIVE, how, Image.Resampling.BILINEAR
    )


def size_of(
    points: list[tuple[float, float]], frame: tuple[int, int], most: int
) -> tuple[int, int]:
    """Return width and height of the sheet with these corners in a picture of that size."""
    wide, high = _sides(points)
    ratio = _proportion(wide / max(high, 1), _seen_aslant(points, frame))
    side = min(max(wide, high), most)
    width, height = (side * ratio, side) if ratio <= 1 else (side, side / ratio)
    return max(round(width), 1), max(round(height), 1)


def _proportion(plain: float, aslant: float) -> float:
    """Return width over height: that of A4 where it lies between what the sides say and what the lens says."""
    low, high = sorted((plain, aslant))
    for paper in (1 / A4, A4):
        if low * (1 - NEARLY) <= paper <= high * (1 + NEARLY):
            return paper
    return min(max(aslant, plain / MOST_STRETCHED), plain * MOST_STRETCHED)


def _seen_aslant(points: list[tuple[float, float]], frame: tuple[int, int]) -> float:
    """Return width over height of a sheet that a lens sees like this.

    After Zhang and He, Whiteboard scanning and image enhancement (2007), with a lens that a telephone can have.
    """
    middle = np.array([frame[0] / 2, frame[1] / 2, 0])
    a, b, d, c = (np.array([x, y, 1.0]) - middle for x, y in points)
    across = np.dot(np.cross(a, d), c) / np.dot(np.cross(b, d), c) * b - a
    down = np.dot(np.cross(a, d), b) / np.dot(np.cross(c, d), b) * c - a
    flat = across[2] * down[2]
    shortest, longest = (share * max(frame) for share in LENSES)
    focus = -(across[0] * down[0] + across[1] * down[1]) / flat if abs(flat) > TINY else -1.0
    depth = min(max(focus, shortest**2), longest**2) if focus > 0 else longest**2
    lengths = [way[0] ** 2 + way[1] ** 2 + depth * way[2] ** 2 for way in (across, down)]
    return float((lengths[0] / lengths[1]) ** 0.5)


def _sides(points: list[tuple[float, float]]) -> tuple[float, float]:
    def between(one: int, other: int) -> float:
        return hypot(points[one][0] - points[other][0], points[one][1] - points[other][1])

    return max(between(0, 1), between(3, 2)), max(between(0, 3), between(1, 2))


def _projection(points: list[tuple[float, float]], width: int, height: int) -> list[float]:
    """Return the eight numbers that lead from the straight sheet back into the photograph."""
    rows, values = [], []
    for (x, y), (u, v) in zip(
        ((0, 0), (width, 0), (width, height), (0, height)), points, strict=True
    ):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows), np.array(values))]


def _measured(grey: Image.Image, corners: Quad, *, cut: bool) -> Measures:
    points = [(x * grey.width, y * grey.height) for x, y in corners]
    squares = _squares(np.asarray(_laid(grey, corners, LIMITS.measured_side), np.float32))
    white = float(np.percentile(squares["grey"], PAPER))
    return Measures(
        cut=cut,
        side=max(_sides(points)),
        white=white,
        sharpness=_sharpness(squares["grey"], squares["edge"]),
        blown=float(((squares["grey"] >= LIMITS.blown).mean(1) >= FULL).mean()),
    )


def _squares(sheet: Grey) -> dict[str, Grey]:
    """Return the sheet cut into squares, each as a row: its greys, and their Laplacian."""
    edge = np.zeros_like(sheet)
    edge[1:-1, 1:-1] = (
        sheet[:-2, 1:-1] + sheet[2:, 1:-1] + sheet[1:-1, :-2] + sheet[1:-1, 2:]
        - 4 * sheet[1:-1, 1:-1]
    )  # fmt: skip
    side = LIMITS.block
    rows, columns = max(sheet.shape[0] // side, 1), max(sheet.shape[1] // side, 1)
    return {
        name: values[: rows * side, : columns * side]
        .reshape(rows, -1, columns, values[:, : columns * side].shape[1] // columns)
        .swapaxes(1, 2)
        .reshape(rows * columns, -1)
        for name, values in (("grey", sheet), ("edge", edge))
    }


def _sharpness(grey: Grey, edge: Grey) -> float | None:
    """Return the variance of the Laplacian over that of grey, in the squares with writing."""
    spread = grey.std(1)
    least = LIMITS.writing_spread * float(np.percentile(grey, PAPER)) / 255
    written = spread >= max(least, 1.0)
    if written.sum() < LEAST_WRITING:
        return None
    return float(edge[written].var(1).sum() / grey[written].var(1).sum())


def _scanned(laid: Image.Image) -> Image.Image:
    """Return it black on white: each point as a share of the light that falls there."""
    grey = laid.convert("L")
    coarse = grey.resize(
        (max(grey.width // SHADE, 1), max(grey.height // SHADE, 1)), Image.Resampling.BOX
    )
    light = coarse.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(2))
    around = np.asarray(light.resize(grey.size, Image.Resampling.BILINEAR), np.float32)
    share = np.asarray(grey, np.float32) / np.maximum(around, 1)
    return Image.fromarray(((share - BLACK) / (WHITE - BLACK) * 255).clip(0, 255).astype(np.uint8))


def _light(picture: Image.Image) -> Picture:
    """Return a JPEG of at most 400 KB: of the best quality that fits."""
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if out.tell() <= LIMITS.page_bytes:
            break
    return Picture(out.getvalue(), picture.width, picture.height)
