"""The stretch of time a figure is about: a day, a week, a month, a quarter of the calendar of Viet Nam."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from motcua.kernel.working_time import ZONE

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class Span(StrEnum):
    """How long a window is; none is longer than a quarter, so that no figure reads without bound."""

    DAY = "ngay"
    WEEK = "tuan"
    MONTH = "thang"
    QUARTER = "quy"


@dataclass(frozen=True)
class Window:
    """From the beginning of `first` to the beginning of `until`, which is not within."""

    span: Span
    first: date
    until: date

    @cached_property
    def start(self) -> datetime:
        """The first moment."""
        return _midnight(self.first)

    @cached_property
    def end(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.until)

    @property
    def last(self) -> date:
        """The last day within."""
        return self.until - _DAY

    def holds(self, moment: datetime | None) -> bool:
        """Tell whether something happened within."""
        return moment is not None and self.start <= moment < self.end

    @property
    def before(self) -> "Window":
        """The window of the same kind before this one."""
        return window(self.span, self.first - _DAY)

    @property
    def after(self) -> "Window":
        """The window of the same kind after this one."""
        return window(self.span, self.until)

    def stretches(self) -> Iterator["Window"]:
        """Yield the days of a week, the (cut) weeks of anything longer: what a chart draws side by side."""
        day = self.first
        while day < self.until:
            step = window(Span.DAY if self.span in {Span.DAY, Span.WEEK} else Span.WEEK, day)
            yield step.cut(self.first, self.until)
            day = step.until

    def cut(self, first: date, until: date) -> "Window":
        """Return what of this window lies between two days, the second not within; at least its first day."""
        begun = min(max(self.first, first), self.last)
        return Window(self.span, begun, max(min(self.until, until), begun + _DAY))


def in_reach(day: date) -> date:
    """Return the day, or the nearest within reach: an address may name any day."""
    return min(max(day, EARLIEST), LATEST)


def window(span: Span, day: date) -> Window:
    """Return the window of that kind that holds the day."""
    if span is Span.DAY:
        return Window(span, day, day + _DAY)
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Window(span, monday, monday + _WEEK)
    months = 1 if span is Span.MONTH else 3
    month = day.month - (day.month - 1) % months
    first = date(day.year, month, 1)
    return Window(span, first, _months_after(first, months))


def _months_after(first: date, months: int) -> date:
    passed = first.month - 1 + months
    return date(first.year + passed // 12, passed % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    # In UTC, as the database tells moments: comparing them is what figures do most.
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
