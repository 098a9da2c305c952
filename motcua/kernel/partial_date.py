"""Dates of which perhaps only the year, or the month and year, is known.

Many older people's papers carry only a year of birth. Such a date is kept as it is known, never
filled up with an invented day, and comparisons answer "cannot be told" where that is the truth.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self

from motcua.kernel.refusal import Refusal, noop

EARLIEST_YEAR: Final = 1800
LATEST_YEAR: Final = 2199
_LAST_MONTH: Final = 12
_BLANK: Final = r"(?:__?|--?|\.\.+|\?+|x{1,2}|00?)"
_SEPARATOR: Final = r"\s*[/.\-\s]\s*"
_WORDS: Final = re.compile(
    r"(?:(?:ngày|mùng|mồng)\s*(?P<day>\d{1,2})\s*)?(?:tháng\s*(?P<month>\d{1,2})\s*)?"
    r"(?:năm\s*)?(?P<year>\d{4})"
)
_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        rf"(?P<month>\d{{1,2}}){_SEPARATOR}(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<year>\d{{4}})",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})",
    )
)
_BLANKS: Final = (
    re.compile(rf"{_BLANK}\s*[/.\-]\s*{_BLANK}\s*[/.\-]\s*(?P<year>\d{{4}})"),
    re.compile(rf"{_BLANK}\s*[/.\-]\s*(?P<month>\d{{1,2}})\s*[/.\-]\s*(?P<year>\d{{4}})"),
    re.compile(rf"{_BLANK}\s*[/.\-]\s*(?P<year>\d{{4}})"),
)
_SHORT_YEAR: Final = re.compile(rf"\d{{1,2}}{_SEPARATOR}\d{{1,2}}{_SEPARATOR}\d{{2}}")


class DateUnreadable(Refusal):
    """A text that is not a date in any of the usual spellings."""

    code: ClassVar[str] = "kernel.date-unreadable"
    text: ClassVar[str] = noop(
        "Chưa đọc được ngày này. Hãy ghi ngày/tháng/năm, ví dụ 23/11/2026; nếu không nhớ ngày thì ghi "
        "11/2026 hoặc 2026."
    )


class DateYearShort(Refusal):
    """A year of two digits, of which nobody can tell the century."""

    code: ClassVar[str] = "kernel.date-year-short"
    text: ClassVar[str] = noop("Hãy ghi đủ bốn chữ số của năm, ví dụ 1985 thay cho 85.")


class DateImpossible(Refusal):
    """A day that the calendar does not have, such as 31 April."""

    code: ClassVar[str] = "kernel.date-impossible"
    text: ClassVar[str] = noop(
        "Không có ngày này trong lịch. Hãy kiểm tra lại ngày và tháng (ghi ngày trước, tháng sau)."
    )


class DateYearOutOfRange(Refusal):
    """A year that no living record can carry."""

    code: ClassVar[str] = "kernel.date-year-out-of-range"
    text: ClassVar[str] = noop(
        "Năm phải từ {earliest} đến {latest}. Hãy kiểm tra lại năm (theo dương lịch)."
    )


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day (Gregorian calendar).

    There is no `<`: use `before`, which may answer None, or `earliest` and `latest`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise DateYearOutOfRange(earliest=EARLIEST_YEAR, latest=LATEST_YEAR)
        if self.month is None and self.day is not None:
            raise DateImpossible
        if self.month is not None and not 1 <= self.month <= _LAST_MONTH:
            raise DateImpossible
        if self.day is not None and not 1 <= self.day <= self.latest.day:
            raise DateImpossible

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the partial date that is known to the day."""
        return cls(day.year, day.month, day.day)

    @property
    def earliest(self) -> date:
        """Return the first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Return the last day it can be."""
        month = self.month or _LAST_MONTH
        last = monthrange(self.year, month)[1]
        return date(self.year, month, min(self.day, last) if self.day else last)

    @property
    def exact(self) -> date | None:
        """Return the day, when it is known."""
        return self.earliest if self.day else None

    def before(self, other: "PartialDate") -> bool | None:
        """Tell whether this lies before the other; None when that cannot be told."""
        if self.latest < other.earliest:
            return True
        return False if self.earliest >= other.latest else None

    def iso(self) -> str:
        """Return YYYY, YYYY-MM or YYYY-MM-DD, the form that is stored."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def __str__(self) -> str:
        day = f"{self.day:02d}" if self.day else "__"
        month = f"{self.month:02d}" if self.month else "__"
        return f"{day}/{month}/{self.year:04d}"


@dataclass(frozen=True, slots=True)
class Age:
    """Completed years, as far as the birth date tells: between `least` and `most`."""

    least: int
    most: int

    @property
    def exact(self) -> int | None:
        """Return the age when it is certain."""
        return self.least if self.least == self.most else None


class BornLater(Refusal):
    """A person who is born after the day on which the age is asked."""

    code: ClassVar[str] = "kernel.born-later"
    text: ClassVar[str] = noop("Ngày sinh ở sau ngày đang xét. Hãy kiểm tra lại ngày sinh.")


def read(text: str) -> PartialDate:
    """Read a date as people write it: day first, any usual separator, parts unknown left blank.

    Raises DateUnreadable, DateYearShort, DateImpossible, DateYearOutOfRange.

    >>> str(read("3-1-1950")), str(read("__/__/1950")), read("11/2026").iso()
    ('03/01/1950', '__/__/1950', '2026-11')
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().rstrip(".")
    for shape in (*_BLANKS, *_SHAPES, _WORDS):
        found = shape.fullmatch(plain)
        if found:
            known = {part: int(value) for part, value in found.groupdict().items() if value}
            return PartialDate(**known)
    raise DateYearShort if _SHORT_YEAR.fullmatch(plain) else DateUnreadable


def show(moment: PartialDate) -> str:
    """Return dd/mm/yyyy with blanks for what is not known.

    >>> show(PartialDate(1950))
    '__/__/1950'
    """
    return str(moment)


def age_at(birth: PartialDate, on: date) -> Age:
    """Return the completed years on a day; somebody born on 29 February turns on 1 March.

    Raises BornLater when the birth certainly lies after `on`.

    >>> age_at(PartialDate(1950), date(2026, 11, 23))
    Age(least=75, most=76)
    """
    if birth.earliest > on:
        raise BornLater
    return Age(max(0, _years(birth.latest, on)), _years(birth.earliest, on))


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
