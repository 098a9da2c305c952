"""Which days and hours an office works: the week, public holidays, swapped days, opening hours.

Monday to Friday are working days (domain of NĐ 61/2018); public holidays follow Bộ luật Lao động 2019
Điều 112; the Prime Minister may swap a working day with a Saturday, which then counts as a working day.
A counter that opens on Saturday morning does not make Saturday a working day for time limits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from motcua.kernel.refusal import Refusal, noop

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS: Final = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
)
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)

Span = tuple[datetime, datetime]


class MomentWithoutZone(Refusal):
    """A moment came without its time zone, so nobody can say which office day it is."""

    code: ClassVar[str] = "kernel.moment-without-zone"
    text: ClassVar[str] = noop("Thời điểm thiếu múi giờ. Hãy ghi rõ múi giờ, ví dụ +07:00.")


class OfficeHoursUnsound(Refusal):
    """Opening hours that cannot be: closed before opened, or a cut-off outside the hours."""

    code: ClassVar[str] = "kernel.office-hours-unsound"
    text: ClassVar[str] = noop(
        "Giờ làm việc không hợp lệ: giờ mở cửa phải trước giờ chốt nhận hồ sơ, và giờ chốt không "
        "được sau giờ đóng cửa. Hãy sửa lại giờ của cơ quan."
    )


@dataclass(frozen=True, slots=True)
class DayException:
    """A date that differs from the plain week, with the decision that says so (None: computed)."""

    working: bool
    note: str
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One date of the calendar: worked or not, and why in Vietnamese."""

    date: date
    working: bool
    note: str


@dataclass(frozen=True)
class Calendar:
    """The working calendar of an office; the hours are those of Asia/Ho_Chi_Minh.

    `cutoff`: what is received later than this counts from the next working day (NĐ 61/2018 Điều 18).
    `lunch`: not counted by limits in working hours, so that 8 hours are one day
    (Bộ luật Lao động 2019 Điều 105).
    `decided_until`: the last date for which holidays were decreed; later dates are computed.
    """

    exceptions: Mapping[date, DayException] = field(default_factory=lambda: MappingProxyType({}))
    opens: time = time(7, 30)
    closes: time = time(17, 0)
    cutoff: time = time(15, 0)
    lunch: tuple[time, time] | None = (time(11, 30), time(13, 0))
    decided_until: date | None = None

    def __post_init__(self) -> None:
        if not self.opens < self.cutoff <= self.closes:
            raise OfficeHoursUnsound(opens=self.opens, cutoff=self.cutoff, closes=self.closes)
        if self.lunch and not self.lunch[0] < self.lunch[1]:
            raise OfficeHoursUnsound(lunch=self.lunch)

    def is_working(self, day: date) -> bool:
        """Tell whether the office works on this date."""
        exception = self.exceptions.get(day)
        return exception.working if exception else day.weekday() < _SATURDAY

    def reason(self, day: date) -> str:
        """Return why the date is worked or not, in Vietnamese."""
        exception = self.exceptions.get(day)
        if exception:
            return exception.note
        name = WEEKDAYS[day.weekday()]
        return f"{name}, ngày làm việc" if self.is_working(day) else f"{name}, nghỉ hằng tuần"

    def day(self, day: date) -> Day:
        """Return the date with its status and reason."""
        return Day(day, self.is_working(day), self.reason(day))

    def is_exception(self, day: date) -> bool:
        """Tell whether the date is a holiday, a make-up day or a swapped day."""
        return day in self.exceptions

    def opening(self, day: date) -> datetime:
        """Return the moment the office opens on `day`, worked or not."""
        return datetime.combine(day, self.opens, ZONE)

    def closing(self, day: date) -> datetime:
        """Return the moment the office closes on `day`, worked or not."""
        return datetime.combine(day, self.closes, ZONE)

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return the parts of `day` in which the office works: morning and afternoon."""
        if not self.is_working(day):
            return ()
        opens, closes = self.opening(day), self.closing(day)
        if not self.lunch:
            return ((opens, closes),)
        noon, back = (datetime.combine(day, clock, ZONE) for clock in self.lunch)
        parts = ((opens, min(noon, closes)), (max(back, opens), closes))
        return tuple((start, end) for start, end in parts if start < end)


def days_from(day: date) -> Iterator[date]:
    """Yield `day` and every date after it."""
    while True:
        yield day
        day += _DAY


def local(moment: datetime) -> datetime:
    """Return the moment on the clock of Việt Nam; refuse one without a zone."""
    if moment.tzinfo is None:
        raise MomentWithoutZone
    return moment.astimezone(ZONE)


def next_working_start(moment: datetime, calendar: Calendar) -> datetime:
    """Return `moment` itself in working time, else the next moment at which work begins.

    >>> next_working_start(datetime(2026, 11, 21, 9, tzinfo=ZONE), Calendar()).isoformat()
    '2026-11-23T07:30:00+07:00'
    """
    here = local(moment)
    return next(
        max(start, here)
        for day in days_from(here.date())
        for start, end in calendar.spans(day)
        if here < end
    )


def working_minutes_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return the whole working minutes from `start` to `end`; negative when `end` comes first."""
    first, last = local(start), local(end)
    if last < first:
        return -working_minutes_between(last, first, calendar)
    worked = timedelta()
    for day in days_from(first.date()):
        if day > last.date():
            break
        for begun, closed in calendar.spans(day):
            worked += max(timedelta(), min(closed, last) - max(begun, first))
    return worked // timedelta(minutes=1)


def add_working_hours(start: datetime, hours: float, calendar: Calendar) -> datetime:
    """Return the moment at which `hours` working hours have passed since `start`.

    Lunch, nights, weekends and holidays do not count. A whole span used up ends at its close, not at
    the next opening: 8 hours from Monday 7:30 end on Monday 17:00.
    """
    here = next_working_start(start, calendar)
    left = timedelta(hours=hours)
    for day in days_from(here.date()):
        for begun, closed in calendar.spans(day):
            free = closed - max(begun, here)
            if free > timedelta() and left <= free:
                return max(begun, here) + left
            left -= max(timedelta(), free)
    raise AssertionError  # pragma: no cover - the days never end
