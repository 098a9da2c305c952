"""Promised dates of a dossier, by the working-time clock of the kernel."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.kernel.refusal import noop
from motcua.kernel.working_time import Calendar, Limit, Promise, extended, promise
from motcua.kernel.working_time import Pause as KernelPause
from motcua.procedures.rules.plan import TimeLimit
from motcua.procedures.rules.procedure import Procedure


@dataclass(frozen=True)
class Law:
    """What a decision rests on: the version of the procedure, and the office's calendar."""

    procedure: Procedure
    calendar: Calendar

    def promise(self, start: datetime, limit: TimeLimit) -> Promise:
        """Return when something begun at `start` is due."""
        return promise(start, _limit(limit), self.calendar)

    def until(self, start: datetime, limit: TimeLimit) -> datetime:
        """Return the moment a limit without pauses is over."""
        due = self.promise(start, limit).due
        if due is None:
            raise ValueError("a limit without pauses always ends")
        return due


def whole_promise(
    law: Law, dossier: Dossier, at: datetime | None = None, *, days: int | None = None
) -> Promise | None:
    """Return the promised date of the whole with its derivation; None before reception.

    `at` closes the open pause, for the date the clock would show if it went on now; `days`: as if it were
    extended by so many working days.
    """
    clock = dossier.clock
    if clock.received_at is None:
        return None
    pauses = [_pause(pause.start, pause.end or at, pause.reason) for pause in clock.pauses]
    limit = _limit(law.procedure.plan.limit_of(dossier.legs))
    found = promise(
        clock.received_at, limit, law.calendar, pauses, restarted_at=clock.restarted_at
    )  # fmt: skip
    extra = clock.extra_days if days is None else days
    return extended(found, extra, law.calendar, pauses)


def due_if_resumed(law: Law, dossier: Dossier, at: datetime) -> datetime | None:
    """Return the promised date if the clock goes on at this moment."""
    found = whole_promise(law, dossier, at)
    return found.due if found else None


def leg_promise(law: Law, dossier: Dossier, leg: Leg, at: datetime | None = None) -> Promise | None:
    """Return a leg's own date with its derivation; None where the law gives it none, or before it opens.

    `at` closes the open pause, for the date the clock would show if it went on now.
    """
    limit = law.procedure.plan.stage(leg.id).limit
    if limit is None or leg.opened_at is None:
        return None
    pauses = _pauses_since(dossier, leg.opened_at, at)
    found = promise(leg.opened_at, _limit(limit), law.calendar, pauses)
    return extended(found, leg.extra_days, law.calendar, pauses)


def leg_due_if_resumed(law: Law, dossier: Dossier, leg: Leg, at: datetime) -> datetime | None:
    """Return a leg's date if the clock goes on at this moment."""
    found = leg_promise(law, dossier, leg, at)
    return found.due if found else None


APPRAISAL = Limit(3, "working_days")
"""Within this time what is not eligible is returned, counted from reception (NĐ 61/2018 Đ19.4)."""


def return_until(law: Law, dossier: Dossier) -> datetime | None:
    """Return until when the dossier may be returned as not eligible; None while the clock stands still."""
    clock = dossier.clock
    return _appraised_until(law, dossier, clock.restarted_at or clock.received_at)


def leg_return_until(law: Law, dossier: Dossier, leg: Leg) -> datetime | None:
    """Return until when an agency may refuse its part as not eligible: counted from when it got it."""
    return _appraised_until(law, dossier, leg.opened_at)


def past(limit: datetime | None, at: datetime) -> bool:
    """Tell whether a moment is over; one that is not fixed now never is."""
    return limit is not None and at > limit


def _appraised_until(law: Law, dossier: Dossier, start: datetime | None) -> datetime | None:
    if start is None:
        return None
    return promise(start, APPRAISAL, law.calendar, _pauses_since(dossier, start, None)).due


def _pauses_since(dossier: Dossier, start: datetime, at: datetime | None) -> list[KernelPause]:
    """Return the pauses as far as they lie after `start`; an open one ends at `at`."""
    return [
        _pause(max(pause.start, start), pause.end or at, pause.reason)
        for pause in dossier.clock.pauses
        if (end := pause.end or at) is None or end > start
    ]


def _limit(limit: TimeLimit) -> Limit:
    return Limit(limit.amount, limit.unit)


PAUSES = {
    "supplement": noop("chờ người nộp hồ sơ bổ sung"),
    "fee": noop("chờ nộp phí, lệ phí"),
    "withdrawal": noop("xem yêu cầu rút hồ sơ"),
}
"""Why a clock stands still, in the words of a derivation."""


def _pause(start: datetime, end: datetime | None, reason: str) -> KernelPause:
    return KernelPause(start, end, PAUSES[reason])
