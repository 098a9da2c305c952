"""Who is called next, and how long somebody waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

MOST_IN_A_ROW = 2
"""How many that go first are called before one of the others: nobody waits for ever."""
RECENT = 12
FEWEST_CALLS = 3
LONGEST_GAP = timedelta(minutes=30)
"""A longer pause between two calls is lunch, or nobody waited: it says nothing of the pace."""


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits; `first`: by priority, by an appointment whose time has come, or sent on by a counter."""

    id: int
    first: bool = False


def next_in_line(waiting: Sequence[Waiting], firsts_in_a_row: int) -> Waiting | None:
    """Return who is called next of those waiting (in order of arrival), None when nobody waits.

    Those who go first do so, but after two of them in a row one of the others is called.
    """
    first = next((one for one in waiting if one.first), None)
    other = next((one for one in waiting if not one.first), None)
    if first is None or (other is not None and firsts_in_a_row >= MOST_IN_A_ROW):
        return other
    return first


def pace(calls: Sequence[datetime]) -> timedelta | None:
    """Return the usual time between two calls of the hall today; None before there is enough to tell."""
    ordered = sorted(calls)[-RECENT:]
    gaps = sorted(later - earlier for earlier, later in pairwise(ordered))
    gaps = [gap for gap in gaps if gap <= LONGEST_GAP]
    return gaps[len(gaps) // 2] if len(gaps) >= FEWEST_CALLS - 1 else None


def minutes_to_wait(ahead: int, calls: Sequence[datetime]) -> int | None:
    """Return about how many minutes somebody with so many ahead waits, by the day's own pace."""
    usual = pace(calls)
    return None if usual is None else ceil((ahead + 1) * usual / timedelta(minutes=1))
