"""Apology and extension: a promised date moves once, told before it comes.

NĐ 61/2018 Đ19.9, carried on by NĐ 118/2025: whoever will not answer in time apologises in writing at least one
day before the promised date, says why and names the new date; a date is promised anew once at most.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law, leg_promise, whole_promise
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import (
    AlreadyExtended,
    ClockStands,
    NotNow,
    ReasonMissing,
    TooLateToExtend,
    TooManyDays,
)
from motcua.dossiers.rules.status import LegState
from motcua.kernel.working_time import Calendar, Limit, local, promise

MOST_DAYS = 30
"""The law names no longest extension; more than this is a slip of the hand."""


def extend(law: Law, dossier: Dossier, act: a.Extend, by: Actor, at: datetime) -> list[e.Event]:
    """Move the promised date of the whole, and of the parts at work, by so many working days.

    Raises ClockStands, AlreadyExtended, TooLateToExtend, TooManyDays, ReasonMissing.
    """
    was, due = _dates(law, dossier, act, at)
    legs = dict(_legs(law, dossier, act.days))
    return [
        e.Extended(
            at=at, by=by, due=due, was=was, days=act.days, reason=act.reason, text=act.text,
            legs=legs,
        )
    ]  # fmt: skip


def propose(
    law: Law, dossier: Dossier, act: a.ProposeExtension, by: Actor, at: datetime
) -> list[e.Event]:
    """Draft an apology for the leader; one draft waits at a time. Raises what `extend` raises, and NotNow."""
    if dossier.clock.proposal is not None:
        raise NotNow(status=dossier.status.words)
    was, due = _dates(law, dossier, act, at)
    return [
        e.ExtensionProposed(
            at=at, by=by, due=due, was=was, days=act.days, reason=act.reason, text=act.text
        )
    ]


def dismiss(
    law: Law, dossier: Dossier, act: a.DismissExtension, by: Actor, at: datetime
) -> list[e.Event]:
    """Leave the date as it is; why is said. Raises NotNow when no draft waits, ReasonMissing."""
    if dossier.clock.proposal is None:
        raise NotNow(status=dossier.status.words)
    if not act.remark.strip():
        raise ReasonMissing
    return [e.ExtensionDismissed(at=at, by=by, remark=act.remark)]


def extend_until(due: datetime) -> datetime:
    """Return the last moment at which the date may be moved: the end of the day before it."""
    return local(due).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(seconds=1)


def new_date(law: Law, dossier: Dossier, days: int) -> datetime | None:
    """Return the date that an extension by so many working days promises; None while the clock stands still."""
    found = whole_promise(law, dossier, days=days)
    return found.due if found else None


def _dates(
    law: Law, dossier: Dossier, act: a.Extend | a.ProposeExtension, at: datetime
) -> tuple[datetime, datetime]:
    """Return the date promised until now and the new one; refuse what the law does not allow."""
    clock = dossier.clock
    if clock.extension is not None:
        raise AlreadyExtended
    if clock.due is None:
        raise ClockStands
    if local(at).date() >= local(clock.due).date():
        raise TooLateToExtend(due=f"{local(clock.due):%d/%m/%Y}")
    if not 1 <= act.days <= MOST_DAYS:
        raise TooManyDays(most=MOST_DAYS)
    if not act.reason or not act.text.strip():
        raise ReasonMissing
    due = new_date(law, dossier, act.days)
    if due is None:  # the clock runs, so there is one
        raise ClockStands
    return clock.due, due


def _legs(law: Law, dossier: Dossier, days: int) -> Iterator[tuple[str, datetime]]:
    """Return the new dates of the parts at work: what begins later has its whole time anyway."""
    for leg in dossier.legs.values():
        moved = leg.model_copy(update={"extra_days": days})
        found = leg_promise(law, dossier, moved) if leg.state is LegState.OPEN else None
        if found and found.due:
            yield leg.id, found.due


def days_short(law: Law, dossier: Dossier, at: datetime) -> int:
    """Return how many working days the work will need beyond the promised date, as far as the plan tells.

    A part takes the time the law gives it, and begins on the day on which those before it end. One that is past
    its own date needs that time anew, at least two days; one without a time of its own a day for each step.
    """
    due = dossier.clock.due
    if due is None:
        return 0
    ends: dict[str, datetime] = {}
    for leg in dossier.legs.values():
        # What ends at the close of a day is handed on that day.
        before = [law.calendar.opening(local(ends[one]).date()) for one in leg.after if one in ends]
        end = _end(law, leg, max([at, *before]), at)
        if end is not None:
            ends[leg.id] = end
    last = max(ends.values(), default=due)
    return max(1, working_days(due, last, law.calendar)) if last > due else 0


def _end(law: Law, leg: Leg, start: datetime, at: datetime) -> datetime | None:
    """Return when a part ends that is not over; None for one that is, or that the plan tells nothing of."""
    stage = law.procedure.plan.stage(leg.id)
    if leg.state is LegState.WAITING:
        return law.until(start, stage.limit) if stage.limit else None
    if leg.state is not LegState.OPEN:
        return None
    if leg.due is None:
        steps = [step.id for step in stage.steps]
        return _days_from(law, at, len(steps) - steps.index(leg.step))
    if leg.due >= at or stage.limit is None:
        return leg.due
    return max(law.until(at, stage.limit), _days_from(law, at, _AT_LEAST))


_AT_LEAST = 2


def _days_from(law: Law, at: datetime, days: int) -> datetime:
    return promise(at, Limit(days), law.calendar).due or at


def working_days(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return the working days after the day of `start`, up to and with that of `end`."""
    first, last = local(start).date(), local(end).date()
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(map(calendar.is_working, days))
