"""What people think of being served: five words, counted; never so few that somebody could be known by them.

The satisfaction group is 18 of the 100 points of QĐ 766/QĐ-TTg; NĐ 224/2026 Đ19 has it measured in real time.
Two measures stand apart: whether filing was easy (asked right after it), and whether the person is satisfied
(asked at the end). Published are numbers; what people wrote is read by their office alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.kernel.refusal import noop

FEWEST = 5
"""Fewer opinions than these are not published."""
CHANGEABLE = timedelta(days=7)
LOW = 2
"""Up to this mark, an opinion with words is put before the leader to be answered."""
MARKS = range(1, 6)
LONGEST_WORDS = 500


class Kind(StrEnum):
    """What was asked: was filing easy; are you satisfied with the whole."""

    FILING = "filing"
    ENDING = "ending"


WORDS: dict[Kind, dict[int, str]] = {
    Kind.FILING: {
        5: noop("Rất dễ"),
        4: noop("Dễ"),
        3: noop("Bình thường"),
        2: noop("Khó"),
        1: noop("Rất khó"),
    },
    Kind.ENDING: {
        5: noop("Rất hài lòng"),
        4: noop("Hài lòng"),
        3: noop("Bình thường"),
        2: noop("Không hài lòng"),
        1: noop("Rất không hài lòng"),
    },
}
SATISFIED = frozenset({4, 5})


def may_change(given: datetime, at: datetime) -> bool:
    """Tell whether an opinion given then may still be changed."""
    return at < given + CHANGEABLE


def to_answer(mark: int, words: str) -> bool:
    """Tell whether the leader is to answer: a low mark with words."""
    return mark <= LOW and bool(words.strip())


@dataclass(frozen=True)
class Tally:
    """How many gave which mark."""

    counts: tuple[int, int, int, int, int]

    @property
    def total(self) -> int:
        """How many gave any."""
        return sum(self.counts)

    @property
    def shown(self) -> bool:
        """Whether there are enough to be published."""
        return self.total >= FEWEST

    @property
    def satisfied(self) -> int:
        """Of a hundred, how many gave 4 or 5; rounded down. Only where there are any."""
        good = sum(self.counts[mark - 1] for mark in SATISFIED)
        return good * 100 // self.total


def tally(counts: Mapping[int, int]) -> Tally:
    """Return the tally of mark → how many."""
    one, two, three, four, five = (counts.get(mark, 0) for mark in MARKS)
    return Tally((one, two, three, four, five))
