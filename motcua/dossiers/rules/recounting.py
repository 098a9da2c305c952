"""Dates promised anew because the calendar says something else of a day: a storm, a decreed holiday."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law, leg_promise, whole_promise
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import NothingMoves
from motcua.dossiers.rules.status import LegState
from motcua.kernel.working_time import Calendar, DayException


@dataclass(frozen=True)
class Dates:
    """The new dates: of the whole (as it was where only a part moves), and of the parts that move."""

    due: datetime
    was: datetime
    legs: dict[str, datetime] = field(default_factory=dict)


def recount(law: Law, dossier: Dossier, act: a.Recount, by: Actor, at: datetime) -> list[e.Event]:
    """Promise anew what the day moves. Raises NothingMoves where it moves nothing, or the clock stands still."""
    found = moved(law, dossier, act.day, worked=act.worked)
    if found is None:
        raise NothingMoves
    return [
        e.Recounted(
            at=at, by=by, due=found.due, was=found.was, legs=found.legs, day=act.day,
            reason=act.reason, decision=act.decision,
        )
    ]  # fmt: skip


def moved(law: Law, dossier: Dossier, day: date, *, worked: bool) -> Dates | None:
    """Return the dates that move because of the day, by the calendar as it is now; None when none does.

    `worked`: whether the day was worked before. A clock that stands still is left alone: it counts with the new
    calendar when it goes on. What was counted otherwise before, for any other reason, stays.
    """
    was = dossier.clock.due
    if was is None or dossier.ended_at or dossier.finished_at:
        return None
    before = Law(law.procedure, as_before(law.calendar, day, worked=worked))
    now, then = whole_promise(law, dossier), whole_promise(before, dossier)
    due = now.due if now and then and now.due and now.due != then.due else was
    legs = dict(_legs(law, before, dossier))
    return Dates(due, was, legs) if due != was or legs else None


def _legs(law: Law, before: Law, dossier: Dossier) -> list[tuple[str, datetime]]:
    """Return the parts at work whose own date the day moves."""
    found = []
    for leg in dossier.legs.values():
        if leg.state is not LegState.OPEN or leg.due is None:
            continue
        now, then = leg_promise(law, dossier, leg), leg_promise(before, dossier, leg)
        if now and then and now.due and now.due not in (then.due, leg.due):
            found.append((leg.id, now.due))
    return found


def as_before(calendar: Calendar, day: date, *, worked: bool) -> Calendar:
    """Return the calendar in which the day is as it was."""
    return replace(calendar, exceptions={**calendar.exceptions, day: DayException(worked, "")})
