"""The working-time clock: when an answer is due, and why, day by day.

A pure function: the same facts always give the same date, and every date on the way is listed with
its reason, so that a citizen, an official and a court can follow the count.

Sources: NĐ 61/2018/NĐ-CP Điều 18 (15:00) and Điều 19 (return, restart); Bộ luật Dân sự 2015 Điều 147-148
(the first day is not counted; a period that ends on a day off ends with the next working day); Luật Hộ
tịch 2014 Điều 5.3 (same day, or the next working day when received after 15:00).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Literal

from motcua.kernel.refusal import Refusal, noop
from motcua.kernel.working_calendar import (
    WEEKDAYS,
    ZONE,
    Calendar,
    Day,
    DayException,
    MomentWithoutZone,
    OfficeHoursUnsound,
    Span,
    add_working_hours,
    days_from,
    local,
    next_working_start,
    working_minutes_between,
)

__all__ = [
    "WEEKDAYS",
    "ZONE",
    "Calendar",
    "Day",
    "DayException",
    "Limit",
    "LimitUnsound",
    "MomentWithoutZone",
    "OfficeHoursUnsound",
    "Pause",
    "PauseBackwards",
    "Promise",
    "RestartBeforeReception",
    "Step",
    "add_working_hours",
    "extended",
    "local",
    "next_working_start",
    "promise",
    "working_minutes_between",
]

Unit = Literal["working_days", "days", "working_hours"]
Kind = Literal[
    "start", "after_cutoff", "counted", "weekend", "holiday", "swap_working", "paused", "extended",
    "due",
]  # fmt: skip

UNITS: Final = ("working_days", "days", "working_hours")
LONGEST: Final = 10_000
_DAY: Final = timedelta(days=1)


class LimitUnsound(Refusal):
    """A time limit that cannot be counted: negative, absurdly long, or in an unknown unit."""

    code: ClassVar[str] = "kernel.limit-unsound"
    text: ClassVar[str] = noop(
        "Thời hạn {amount} ({unit}) không hợp lệ. Hãy ghi một số nguyên đến 10.000: từ 0 ngày làm "
        "việc, từ 0 ngày hoặc từ 1 giờ làm việc."
    )


class PauseBackwards(Refusal):
    """A pause that ends before it begins."""

    code: ClassVar[str] = "kernel.pause-backwards"
    text: ClassVar[str] = noop(
        "Khoảng tạm dừng kết thúc trước khi bắt đầu. Hãy kiểm tra lại ngày yêu cầu bổ sung và ngày "
        "nộp bổ sung."
    )


class RestartBeforeReception(Refusal):
    """The count would start anew before the dossier was received."""

    code: ClassVar[str] = "kernel.restart-before-reception"
    text: ClassVar[str] = noop(
        "Thời điểm tính lại thời hạn sớm hơn lúc nhận hồ sơ. Hãy kiểm tra lại ngày nộp bổ sung."
    )


@dataclass(frozen=True, slots=True)
class Limit:
    """How long an office may take. 0 days: within the day of reception; hours begin at 1."""

    amount: int
    unit: Unit = "working_days"

    def __post_init__(self) -> None:
        least = 1 if self.unit == "working_hours" else 0
        if not least <= self.amount <= LONGEST or self.unit not in UNITS:
            raise LimitUnsound(amount=self.amount, unit=self.unit)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still, e.g. while a supplement is awaited; open: no end."""

    start: datetime
    end: datetime | None
    reason: str

    def __post_init__(self) -> None:
        start = local(self.start)
        if self.end is not None and local(self.end) < start:
            raise PauseBackwards

    def covers(self, day: date) -> bool:
        """Tell whether the whole of `day` is lost: from the day after it begins to its last day."""
        if day <= local(self.start).date():
            return False
        return self.end is None or day <= local(self.end).date()

    def stands_at(self, moment: datetime) -> bool:
        """Tell whether the clock stands still at `moment`; a limit that ends as the pause begins ends."""
        return self.start < moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class Step:
    """One date of the derivation; `number` is the day's place in the count, where it has one."""

    date: date
    kind: Kind
    note: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """When the answer is due and how that was found.

    `due` is None while the clock stands still. `started` is the moment from which the limit runs.
    `steps` holds every date from reception to the due date exactly once. `provisional`: the count
    reaches dates whose holidays are not decreed yet.
    """

    due: datetime | None
    started: datetime
    steps: tuple[Step, ...]
    provisional: bool = False


def promise(
    received: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    restarted_at: datetime | None = None,
) -> Promise:
    """Count the due moment of a dossier received at `received`, with its derivation.

    - Received before opening, at night or on a day off: as if at the next opening. Received after the
      15:00 cut-off (to the minute, as printed on the receipt) or after closing: as if at the opening
      of the next working day (NĐ 61/2018 Điều 18).
    - The start day is day 0 (Bộ luật Dân sự Điều 147.2). Due at the closing time of the N-th working
      day after it: the law counts whole days and a result can only be handed out while the office
      is open. 0 working days: due at the close of the start day (Luật Hộ tịch Điều 5.3).
    - `days`: every date counts, but the last must be worked, else the next working day
      (Bộ luật Dân sự Điều 148.5). `working_hours`: minute by minute, without the 15:00 rule.
    - A pause takes out the whole days after the one it begins on, up to the one it ends on; nothing
      falls due while the clock stands still; an open pause leaves `due` None.
    - `restarted_at`: the limit is counted anew from this moment, when the dossier was returned and
      then fully supplemented (NĐ 61/2018 Điều 19.4); pauses begun earlier no longer matter.

    Raises MomentWithoutZone, RestartBeforeReception.
    """
    moment = local(received)
    if restarted_at is not None:
        if local(restarted_at) < moment:
            raise RestartBeforeReception
        moment = local(restarted_at)
        pauses = [pause for pause in pauses if pause.start >= restarted_at]
    count = _HourCount if limit.unit == "working_hours" else _DayCount
    return count(moment, limit, calendar, tuple(pauses)).promise()


def extended(
    found: Promise, days: int, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Promise:
    """Return the promise moved by so many working days after its date, with the whole derivation.

    The day promised before is day 0 of the extension; pauses begun after it take their days out too. Nothing
    moves by 0 days, nor where the clock stands still before the date.
    """
    if found.due is None or not days:
        return found
    was = found.steps[-1]
    later = [pause for pause in pauses if pause.start >= found.due]
    more = promise(calendar.opening(was.date), Limit(days), calendar, later)
    moved = Step(was.date, "extended", f"Ngày hẹn cũ, được gia hạn {days} ngày làm việc", 0)
    steps = (*found.steps[:-1], moved, *more.steps[1:])
    return Promise(more.due, found.started, steps, found.provisional or more.provisional)


@dataclass
class _Count:
    """What both ways of counting share: the facts and the words for each kind of date."""

    moment: datetime
    limit: Limit
    calendar: Calendar
    pauses: tuple[Pause, ...]

    def answer(self, due: datetime | None, started: datetime, steps: list[Step]) -> Promise:
        decided = self.calendar.decided_until
        provisional = decided is not None and steps[-1].date > decided
        return Promise(due, started, tuple(steps), provisional)

    def off(self, day: date) -> Step:
        kind: Kind = "holiday" if self.calendar.is_exception(day) else "weekend"
        return Step(day, kind, self.calendar.reason(day))

    def pause_over(self, day: date) -> Pause | None:
        return next((pause for pause in self.pauses if pause.covers(day)), None)

    def pause_at(self, moment: datetime) -> Pause | None:
        return next((pause for pause in self.pauses if pause.stands_at(moment)), None)

    def paused(self, day: date, pause: Pause) -> Step:
        if pause.end is None:
            since = f"{local(pause.start):%H:%M %d/%m/%Y}"
            return Step(day, "paused", f"Thời hạn đang tạm dừng từ {since}: {pause.reason}")
        return Step(day, "paused", f"Thời hạn tạm dừng: {pause.reason}")

    def clock(self, moment: datetime) -> str:
        return f"{moment:%H:%M}"


class _DayCount(_Count):
    """Counting whole days: working days, or all days with a worked last one."""

    def promise(self) -> Promise:
        steps: list[Step] = []
        start = self.approach(steps)
        if start is None:
            return self.answer(None, self.moment, steps)
        opening = self.calendar.opening(start)
        started = max(self.moment, opening) if start == self.moment.date() else opening
        steps.extend(self.walk(started))
        last = steps[-1]
        due = self.calendar.closing(last.date) if last.kind == "due" else None
        return self.answer(due, started, steps)

    def approach(self, steps: list[Step]) -> date | None:
        """Find the start day, noting each date passed over; None when an open pause is met."""
        for day in days_from(self.moment.date()):
            pause = self.pause_over(day)
            if not self.calendar.is_working(day):
                steps.append(self.off(day))
            elif pause:
                steps.append(self.paused(day, pause))
                if pause.end is None:
                    return None
            elif day == self.moment.date() and self.is_late():
                steps.append(Step(day, "after_cutoff", self.late_note()))
            else:
                return day
        raise AssertionError  # pragma: no cover - the days never end

    def is_late(self) -> bool:
        minute = self.moment.time().replace(second=0, microsecond=0)
        return minute > self.calendar.cutoff

    def late_note(self) -> str:
        at = self.clock(self.moment)
        if self.moment >= self.calendar.closing(self.moment.date()):
            return f"Nhận lúc {at}, sau giờ làm việc: tính từ ngày làm việc tiếp theo"
        cutoff = f"{self.calendar.cutoff:%H:%M}"
        return f"Nhận lúc {at}, sau {cutoff}: tính từ ngày làm việc tiếp theo"

    def walk(self, started: datetime) -> Iterator[Step]:
        """Yield the start day and every later date up to the due date or an open pause."""
        count = 0
        for day in days_from(started.date()):
            counted = day > started.date() and count < self.limit.amount and self.counts(day)
            count += counted
            number = count if counted else None
            if count >= self.limit.amount and self.may_end(day):
                yield self.last(day, number)
                return
            yield self.start(started) if day == started.date() else self.passing(day, number)
            pause = self.pause_over(day)
            if pause and pause.end is None:
                return

    def counts(self, day: date) -> bool:
        worked = self.limit.unit == "days" or self.calendar.is_working(day)
        return worked and not self.pause_over(day)

    def may_end(self, day: date) -> bool:
        closing = self.calendar.closing(day)
        return self.calendar.is_working(day) and not self.pause_at(closing)

    def start(self, started: datetime) -> Step:
        at = self.clock(started)
        return Step(
            started.date(), "start", f"Bắt đầu tính thời hạn lúc {at}; ngày này chưa tính", 0
        )

    def passing(self, day: date, number: int | None) -> Step:
        pause = self.pause_over(day)
        works = self.calendar.is_working(day)
        if pause and (works or pause.end is None):
            return self.paused(day, pause)
        if number is None and not works:
            return self.off(day)
        stopped = self.pause_at(self.calendar.closing(day))
        if stopped and number in {None, self.limit.amount}:
            return self.paused(day, stopped)
        return self.counted(day, number)

    def counted(self, day: date, number: int | None) -> Step:
        kind: Kind = "counted"
        if self.calendar.is_exception(day) and self.calendar.is_working(day):
            kind = "swap_working"
        return Step(day, kind, f"{self.ordinal(number)} ({self.calendar.reason(day)})", number)

    def last(self, day: date, number: int | None) -> Step:
        at = f"{self.calendar.closes:%H:%M}"
        if self.limit.amount == 0 and not self.pauses:
            return Step(day, "due", f"Giải quyết trong ngày, hạn trả kết quả {at}", 0)
        reason = self.calendar.reason(day)
        what = f"{self.ordinal(number)} ({reason})" if number else reason
        return Step(day, "due", f"{what}, hạn trả kết quả {at}", number)

    def ordinal(self, number: int | None) -> str:
        unit = "Ngày làm việc" if self.limit.unit == "working_days" else "Ngày"
        return f"{unit} thứ {number}"


class _HourCount(_Count):
    """Counting working minutes, with lunch, nights, days off and pauses left out."""

    def promise(self) -> Promise:
        left = timedelta(hours=self.limit.amount)
        started: datetime | None = None
        steps: list[Step] = []
        for day in days_from(self.moment.date()):
            free = self.free(day)
            if free and started is None:
                started = free[0][0]
            due = _consume(free, left)
            if due is not None:
                note = f"Đủ {self.limit.amount} giờ làm việc lúc {self.clock(due)}"
                return self.answer(due, started or due, [*steps, Step(day, "due", note)])
            left -= sum((end - start for start, end in free), timedelta())
            steps.append(self.step(day, free, started))
            if not free and (pause := self.endless(day)):
                steps[-1] = self.paused(day, pause)
                return self.answer(None, started or self.moment, steps)
        raise AssertionError  # pragma: no cover - the days never end

    def free(self, day: date) -> list[Span]:
        """Return the parts of `day` that count: worked, after the beginning, outside pauses."""
        spans = [(max(a, self.moment), b) for a, b in self.calendar.spans(day) if self.moment < b]
        for pause in self.pauses:
            spans = [part for span in spans for part in _without(span, pause)]
        return spans

    def endless(self, day: date) -> Pause | None:
        closing = self.calendar.closing(day)
        return next((p for p in self.pauses if p.end is None and p.stands_at(closing)), None)

    def step(self, day: date, free: list[Span], started: datetime | None) -> Step:
        if not self.calendar.is_working(day):
            return self.off(day)
        if not free:
            pause = self.pause_during(day)
            late = f"Nhận lúc {self.clock(self.moment)}, sau giờ làm việc"
            return self.paused(day, pause) if pause else Step(day, "after_cutoff", late)
        if started and started.date() == day:
            return Step(day, "start", f"Bắt đầu tính giờ làm việc lúc {self.clock(started)}")
        kind: Kind = "swap_working" if self.calendar.is_exception(day) else "counted"
        return Step(day, kind, f"Tính giờ làm việc ({self.calendar.reason(day)})")

    def pause_during(self, day: date) -> Pause | None:
        opening, closing = self.calendar.opening(day), self.calendar.closing(day)
        return next(
            (p for p in self.pauses if p.start < closing and (p.end is None or p.end > opening)),
            None,
        )


def _consume(free: list[Span], left: timedelta) -> datetime | None:
    """Return the moment at which `left` is used up within the spans, if it is."""
    for start, end in free:
        if left <= end - start:
            return start + left
        left -= end - start
    return None


def _without(span: Span, pause: Pause) -> list[Span]:
    """Cut the pause out of the span."""
    start, end = span
    stops = local(pause.start)
    goes_on = end if pause.end is None else local(pause.end)
    parts = [(start, min(end, stops)), (max(start, goes_on), end)]
    return [(a, b) for a, b in parts if a < b]
