"""Dates counted anew because the calendar says something else of a day: a storm, a decreed holiday.

What the office owes follows the calendar in both directions. A date by which people must answer only ever comes
later: they were told it, and may rely on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law, leg_promise, whole_promise
from motcua.dossiers.rules.dossier import Consultation, Dossier, Leg
from motcua.dossiers.rules.extending import new_date
from motcua.dossiers.rules.facts import Actor, MovedDate
from motcua.dossiers.rules.refusals import NothingMoves
from motcua.dossiers.rules.status import LegState
from motcua.kernel.working_time import Calendar, DayException, Limit, promise
from motcua.procedures.rules.plan import TimeLimit


@dataclass(frozen=True)
class Dates:
    """The new dates: of the whole (as it was where it does not move), of the parts that move, and the others."""

    due: datetime | None
    was: datetime | None
    legs: dict[str, datetime] = field(default_factory=dict)
    others: tuple[MovedDate, ...] = ()


@dataclass(frozen=True)
class _Two:
    """The law with the calendar as it is now, and as it was."""

    now: Law
    then: Law

    def later(self, start: datetime, limit: TimeLimit, told: datetime) -> datetime | None:
        """Return until when people have time now; None where that is no later than what they were told."""
        now, then = self.now.until(start, limit), self.then.until(start, limit)
        return now if now != then and now > told else None

    def after(self, start: datetime, days: int) -> datetime | None:
        """Return the end of so many working days; None where the day does not move it."""
        now, then = (promise(start, Limit(days), law.calendar).due for law in (self.now, self.then))
        return now if now != then else None


def recount(law: Law, dossier: Dossier, act: a.Recount, by: Actor, at: datetime) -> list[e.Event]:
    """Count anew what the day moves. Raises NothingMoves where it moves nothing."""
    found = moved(law, dossier, act.day, worked=act.worked)
    if found is None:
        raise NothingMoves
    return [
        e.Recounted(
            at=at, by=by, due=found.due, was=found.was, legs=found.legs, others=found.others,
            day=act.day, reason=act.reason, decision=act.decision,
        )
    ]  # fmt: skip


def moved(law: Law, dossier: Dossier, day: date, *, worked: bool) -> Dates | None:
    """Return the dates that move because of the day, by the calendar as it is now; None when none does.

    `worked`: whether the day was worked before. A clock that stands still is left alone: it counts with the new
    calendar when it goes on. What was counted otherwise before, for any other reason, stays.
    """
    if dossier.ended_at or dossier.finished_at:
        return None
    two = _Two(law, Law(law.procedure, as_before(law.calendar, day, worked=worked)))
    was = dossier.clock.due
    found = Dates(_whole(two, dossier), was, dict(_legs(two, dossier)))
    others = (
        *_supplements(two, dossier),
        *_steps(two, dossier),
        *_opinions(two, dossier, found),
        *_extension(two, dossier),
        *_expected(two, dossier),
    )
    return replace(found, others=others) if found.due != was or found.legs or others else None


def _whole(two: _Two, dossier: Dossier) -> datetime | None:
    """Return the promised date of the whole, as it was where the day does not move it."""
    was = dossier.clock.due
    if was is None:
        return None
    now, then = whole_promise(two.now, dossier), whole_promise(two.then, dossier)
    return now.due if now and then and now.due and now.due != then.due else was


def _legs(two: _Two, dossier: Dossier) -> Iterator[tuple[str, datetime]]:
    """Yield the parts at work whose own date the day moves."""
    for leg in dossier.legs.values():
        if leg.state is not LegState.OPEN or leg.due is None:
            continue
        now, then = leg_promise(two.now, dossier, leg), leg_promise(two.then, dossier, leg)
        if now and then and now.due and now.due not in (then.due, leg.due):
            yield leg.id, now.due


def _supplements(two: _Two, dossier: Dossier) -> Iterator[MovedDate]:
    """Yield until when the applicant may answer what is asked of them."""
    within = two.now.procedure.plan.supplement.within
    for leg, request in dossier.requests.items():
        if due := two.later(request.asked_at, within, request.until):
            yield MovedDate(what="supplement", of=leg, was=request.until, due=due)


def _steps(two: _Two, dossier: Dossier) -> Iterator[MovedDate]:
    """Yield until when the applicant may look at a draft, and people may agree, before their silence counts."""
    for leg in dossier.legs.values():
        if leg.state is not LegState.OPEN or leg.step_since is None or leg.step_until is None:
            continue
        step = two.now.procedure.plan.stage(leg.id).step(leg.step)
        due = two.later(leg.step_since, step.within, leg.step_until) if step.within else None
        if due and step.kind in ("confirm", "consent"):
            yield MovedDate(what=step.kind, of=leg.id, was=leg.step_until, due=due)


def _opinions(two: _Two, dossier: Dossier, found: Dates) -> Iterator[MovedDate]:
    """Yield until when others are to answer: their working days, or with the date of the part that asks."""
    for one in dossier.open_consultations:
        leg = dossier.legs[one.leg]
        due = two.after(one.asked_at, one.days) if one.days else _with_part(one, leg, found)
        if due and due != one.until:
            yield MovedDate(what="opinion", of=str(one.number), was=one.until, due=due)


def _with_part(one: Consultation, leg: Leg, found: Dates) -> datetime | None:
    if leg.due is None:
        return found.due if one.until == found.was else None
    return found.legs.get(leg.id) if one.until == leg.due else None


def _extension(two: _Two, dossier: Dossier) -> Iterator[MovedDate]:
    """Yield the date that a drafted apology would promise; it moves away from the date promised now."""
    proposal = dossier.clock.proposal
    if proposal is None:
        return
    now, then = (new_date(law, dossier, proposal.days) for law in (two.now, two.then))
    if now and now not in (then, proposal.due):
        yield MovedDate(what="extension", was=proposal.due, due=now)


def _expected(two: _Two, dossier: Dossier) -> Iterator[MovedDate]:
    """Yield the date that was expected of a dossier which nobody has received yet."""
    if dossier.clock.received_at is not None:
        return
    limit = two.now.procedure.plan.limit_of(dossier.legs)
    now, then = (law.until(dossier.submitted_at, limit) for law in (two.now, two.then))
    if now not in (then, dossier.expected):
        yield MovedDate(what="expected", was=dossier.expected, due=now)


def as_before(calendar: Calendar, day: date, *, worked: bool) -> Calendar:
    """Return the calendar in which the day is as it was."""
    return replace(calendar, exceptions={**calendar.exceptions, day: DayException(worked, "")})
