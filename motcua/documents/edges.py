"""Where a sheet of paper lies in a photograph: four straight borders with light inside and dark outside.

`photos.js` does the same with the same numbers, so that a phone and the server see alike; whoever changes
one changes both (tests/browser/test_photographs.py holds them against each other).

Every border point votes for the lines through it (Hough); its gradient says on which side the paper lies, so
that lines of writing, dark on both sides, count for nothing. Of all quads made of the strongest lines, and of
the frame of the picture where the sheet runs out of it, the one wins whose borders are best supported.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Numbers = NDArray[np.floating[Any]]
Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower right, lower left."""

SIDE = 320  # pixels: the picture is looked at this small; borders stay, writing melts away
TURNS = 120  # directions told apart, 3° each
STEP = 2  # pixels between two lines of one direction
MOST = 6  # lines kept for each border
WEAKEST = 4  # levels of grey a pixel: less is no border
REACH = 3  # pixels to each side of a border where light and dark are compared,
FAR = 8  # and farther outside: between two lines of writing it is light again
CONTRAST = 24  # levels of grey across a border that leave no doubt
SAMPLES = 24  # points asked on each border
FRAME = 0.3  # what a border counts that is the frame of the picture
LEAST_SUPPORT = 0.5
LEAST_AREA = 0.04  # of the picture
FILLED = 0.88  # of the picture: a sheet that fills it up to its frame was laid straight before
SLIM = 0.2  # of the square of its longest side: a strip is no sheet
SPREAD = 15  # directions to both sides of straight: 45°
BEYOND = 0.04  # of a side, how far a corner may lie outside
SEARCH = 6  # pixels to each side in which a border is fitted again


@dataclass(frozen=True)
class Found:
    """A sheet: its corners in shares of the picture's width and height; `cut` when it runs out of the picture."""

    corners: Quad
    cut: bool


def find(grey: Grey) -> Found | None:
    """Return the sheet in a picture of at most SIDE pixels; None when no borders are to be seen."""
    soft = _soft(_soft(grey))
    lines = _lines(soft)
    chosen = _best(soft, lines)
    if chosen is None:
        return None
    borders = [lines[n][place] for n, place in enumerate(chosen)]
    framed = [place == 0 for place in chosen]
    corners = _corners(borders)
    fitted = [
        border if framed[n] else _fitted(soft, border, corners[n - 1], corners[n])
        for n, border in enumerate(borders)
    ]
    height, width = soft.shape
    shares = [(float(x) / width, float(y) / height) for x, y in _corners(fitted)]
    upper_left, upper_right, lower_right, lower_left = shares
    return Found((upper_left, upper_right, lower_right, lower_left), any(framed))


def _soft(grey: Grey) -> Grey:
    """Return the mean of each point and its eight neighbours."""
    wide = np.pad(grey, 1, mode="edge")
    rows = wide[:-2] + wide[1:-1] + wide[2:]
    return np.asarray((rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9, np.float32)


def _lines(soft: Grey) -> list[list[Numbers]]:
    """Return lines (x, y, rho) for the left, upper, right and lower border; (x, y) points into the paper.

    The first of each is the frame of the picture, then the strongest first.
    """
    height, width = soft.shape
    votes = _votes(soft)
    frames = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 1.0 - width), (0.0, -1.0, 1.0 - height)]
    return [
        [np.array(frame), *_peaks(votes, side * TURNS // 4, (height, width))]
        for side, frame in enumerate(frames)
    ]


def _votes(soft: Grey) -> Numbers:
    """Return how many border points lie on each line, by direction and distance from the upper left."""
    x_change, y_change = np.zeros_like(soft), np.zeros_like(soft)
    x_change[:, 1:-1] = (soft[:, 2:] - soft[:, :-2]) / 2
    y_change[1:-1] = (soft[2:] - soft[:-2]) / 2
    change = np.hypot(x_change, y_change)
    y, x = np.nonzero(change >= WEAKEST)
    direction = np.rint(np.arctan2(y_change[y, x], x_change[y, x]) * TURNS / (2 * np.pi))
    most = _reach(*soft.shape)
    votes = np.zeros((TURNS, 2 * most + 1))
    weight = np.minimum(change[y, x], CONTRAST)
    for near in (-1, 0, 1):
        turn = (direction + near).astype(int) % TURNS
        angle = turn * 2 * np.pi / TURNS
        rho = np.rint((x * np.cos(angle) + y * np.sin(angle)) / STEP).astype(int) + most
        np.add.at(votes, (turn, rho), weight)
    return votes


def _reach(height: int, width: int) -> int:
    return int(np.ceil(np.hypot(height, width) / STEP))


def _peaks(votes: Numbers, straight: int, shape: tuple[int, int]) -> list[Numbers]:
    """Return the strongest lines near a direction, none of them beside a stronger one."""
    most = _reach(*shape)
    turns = np.arange(straight - SPREAD, straight + SPREAD + 1) % TURNS
    left, found = votes[turns].copy(), []
    for _ in range(MOST):
        row, column = divmod(int(left.argmax()), left.shape[1])
        if left[row, column] <= 0:
            break
        angle = turns[row] * 2 * np.pi / TURNS
        found.append(np.array([np.cos(angle), np.sin(angle), (column - most) * STEP]))
        left[max(row - 3, 0) : row + 4, max(column - 4, 0) : column + 5] = 0
    return found


def _best(soft: Grey, lines: list[list[Numbers]]) -> tuple[int, ...] | None:
    """Return which line of each border makes the best quad; None when none is good enough."""
    left, upper, right, lower = (np.array(each) for each in lines)
    corners = [
        _meet(a, b) for a, b in ((left, upper), (upper, right), (right, lower), (lower, left))
    ]
    # A border's support depends on it and on the two that end it.
    support = [
        _supports(soft, border, corners[n - 1], corners[n])
        for n, border in enumerate((left, upper, right, lower))
    ]
    in_all = (
        support[0].transpose(1, 2, 0)[:, :, None, :]  # (lower, left, upper) → left, upper, ·, lower
        + support[1][:, :, :, None]  # left, upper, right
        + support[2][None]  # upper, right, lower
        + support[3].transpose(2, 0, 1)[:, None]  # (right, lower, left) → left, ·, right, lower
    )
    weakest = np.minimum(
        np.minimum(support[0].transpose(1, 2, 0)[:, :, None, :], support[1][:, :, :, None]),
        np.minimum(support[2][None], support[3].transpose(2, 0, 1)[:, None]),
    )
    area = _area(corners) / soft.size
    slim = area * soft.size < SLIM * _longest(corners) ** 2
    worth = np.where(
        (weakest >= FRAME) & (area >= LEAST_AREA) & ~slim, in_all * area.clip(0, 1) ** 0.2, 0
    )
    worth[_framed(worth.shape) & (area >= FILLED)] = 0
    # Of a sheet that runs out of the picture on both sides there is nothing to straighten.
    worth[0, :, 0] = 0
    worth[:, 0, :, 0] = 0
    chosen = np.unravel_index(int(worth.argmax()), worth.shape)
    return tuple(int(place) for place in chosen) if worth[chosen] > 0 else None


def _framed(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return which quads have the frame of the picture for a border."""
    return np.asarray((np.indices(shape) == 0).any(0))


def _meet(one: Numbers, other: Numbers) -> Numbers:
    """Return where each line of one border meets each of another."""
    a, b = one[:, None], other[None]
    across = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    across = np.where(np.abs(across) < 0.3, 1e-6, across)  # noqa: PLR2004 - flatter than 17°: far away
    x = (a[..., 2] * b[..., 1] - a[..., 1] * b[..., 2]) / across
    y = (a[..., 0] * b[..., 2] - a[..., 2] * b[..., 0]) / across
    return np.stack([x, y], -1)


def _supports(soft: Grey, border: Numbers, begins: Numbers, ends: Numbers) -> Numbers:
    """Return how well each border is seen between its ends: (line before, line, line after) → 0 to 1."""
    height, width = soft.shape
    first = begins[:, :, None]
    last = ends[None]
    seen = _contrasts(soft, border[None, :, None], first, last).mean(-1)
    seen = np.where(seen >= LEAST_SUPPORT, seen, 0.0)
    seen[:, 0] = FRAME
    low, high = np.array([width, height]) * -BEYOND, np.array([width, height]) * (1 + BEYOND)
    inside = ((first >= low) & (first <= high)).all(-1) & ((last >= low) & (last <= high)).all(-1)
    way = last - first
    # Walking clockwise, the paper lies to the right: a quad turned inside out is none.
    clockwise = way[..., 1] * border[None, :, None, 0] - way[..., 0] * border[None, :, None, 1] < 0
    return np.asarray(np.where(inside & clockwise, seen, 0.0))


def _contrasts(soft: Grey, line: Numbers, first: Numbers, last: Numbers) -> Numbers:
    """Return how much lighter it is inside, at points along a border: −1 to 1."""
    share = (np.arange(SAMPLES) + 0.5)[:, None] / SAMPLES
    points = first[..., None, :] * (1 - share) + last[..., None, :] * share
    inward = line[..., None, :2]
    outside = np.maximum(_at(soft, points - REACH * inward), _at(soft, points - FAR * inward))
    return np.clip((_at(soft, points + REACH * inward) - outside) / CONTRAST, -1, 1)


def _at(soft: Grey, points: Numbers) -> Numbers:
    """Return the grey at points, those outside taken from the rim."""
    height, width = soft.shape
    with np.errstate(invalid="ignore"):
        x = np.nan_to_num(np.rint(points[..., 0]).clip(0, width - 1)).astype(int)
        y = np.nan_to_num(np.rint(points[..., 1]).clip(0, height - 1)).astype(int)
    return np.asarray(soft[y, x])


def _area(corners: list[Numbers]) -> Numbers:
    """Return the area of each quad in pixels."""
    upper_left, upper_right = corners[0][:, :, None, None], corners[1][None, :, :, None]
    lower_right, lower_left = corners[2][None, None], corners[3].transpose(1, 0, 2)[:, None, None]
    one, other = lower_right - upper_left, lower_left - upper_right
    return np.abs(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]) / 2


def _longest(corners: list[Numbers]) -> Numbers:
    """Return the longer of the upper and the left side of each quad."""
    upper = np.hypot(*np.moveaxis(corners[0][:, :, None] - corners[1][None], -1, 0))
    left = np.hypot(*np.moveaxis(corners[3][:, :, None] - corners[0][None], -1, 0))
    return np.asarray(np.maximum(upper[:, :, :, None], left.transpose(1, 2, 0)[:, :, None, :]))


def _corners(borders: list[Numbers]) -> list[Numbers]:
    """Return upper left, upper right, lower right, lower left of four lines."""
    return [_meet(borders[n][None], borders[(n + 1) % 4][None])[0, 0] for n in range(4)]


def _fitted(soft: Grey, line: Numbers, first: Numbers, last: Numbers) -> Numbers:
    """Return the line laid through the steepest steps from dark to light beside it."""
    along = np.array([-line[1], line[0]])
    share = (np.arange(2 * SAMPLES) + 0.5)[:, None] / (2 * SAMPLES)
    points = first * (1 - share) + last * share
    offsets = np.arange(-SEARCH, SEARCH + 1)
    spots = points[:, None] + offsets[None, :, None] * line[:2]
    rise = _at(soft, spots + line[:2]) - _at(soft, spots - line[:2])
    best = rise.argmax(1)
    seen = rise.max(1) >= WEAKEST
    if seen.sum() < SAMPLES // 2:
        return line
    place, away = points[seen] @ along, offsets[best[seen]].astype(float)
    for _ in range(2):
        slope, height = np.polyfit(place, away, 1)
        off = np.abs(away - slope * place - height)
        near = off <= max(1.5, float(np.median(off)))
        place, away = place[near], away[near]
    slope, height = np.polyfit(place, away, 1)
    across = line[:2] - slope * along
    length = float(np.hypot(*across))
    return np.array([*(across / length), (line[2] + height) / length])
