"""Promised dates of a dossier, by the working-time clock of the kernel."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.kernel.working_time import Calendar, Limit, Promise, promise
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
        return promise(start, Limit(limit.amount, limit.unit), self.calendar)

    def until(self, start: datetime, limit: TimeLimit) -> datetime:
        """Return the moment a limit without pauses is over."""
        due = self.promise(start, limit).due
        if due is None:
            raise ValueError("a limit without pauses always ends")
        return due


def whole_promise(law: Law, dossier: Dossier, at: datetime | None = None) -> Promise | None:
    """Return the promised date of the whole with its derivation; None before reception.

    `at` closes the open pause, for the date the clock would show if it went on now.
    """
    clock = dossier.clock
    if clock.received_at is None:
        return None
    limit = law.procedure.plan.limit_of(dossier.legs)
    pauses = [_pause(pause.start, pause.end or at, pause.reason) for pause in clock.pauses]
    return promise(
        clock.received_at,
        Limit(limit.amount, limit.unit),
        law.calendar,
        pauses,
        restarted_at=clock.restarted_at,
    )


def due_if_resumed(law: Law, dossier: Dossier, at: datetime) -> datetime | None:
    """Return the promised date if the clock goes on at this moment."""
    found = whole_promise(law, dossier, at)
    return found.due if found else None


def leg_due_if_resumed(law: Law, dossier: Dossier, leg: Leg, at: datetime) -> datetime | None:
    """Return a leg's date if the clock goes on at this moment."""
    limit = law.procedure.plan.stage(leg.id).limit
    if limit is None or leg.opened_at is None:
        return None
    pauses = [
        _pause(max(pause.start, leg.opened_at), pause.end or at, pause.reason)
        for pause in dossier.clock.pauses
        if (pause.end or at) > leg.opened_at
    ]
    return promise(leg.opened_at, Limit(limit.amount, limit.unit), law.calendar, pauses).due


def _pause(start: datetime, end: datetime | None, reason: str) -> KernelPause:
    return KernelPause(start, end, reason)
