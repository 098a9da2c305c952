"""Each working morning: apologies are drafted where they still can be signed, and offices are warned.

Whatever happens twice in a morning happens once: drafts carry the date they are about, warnings their day.
"""

from datetime import date, datetime, timedelta

from django.conf import settings

from motcua.agencies.queries import agencies, calendar_for
from motcua.dossiers.mornings import Bounds, due_between, stale_proposals, write_mornings
from motcua.dossiers.operations import record
from motcua.dossiers.queries import law_of, told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.extending import days_short
from motcua.dossiers.rules.facts import SYSTEM
from motcua.dossiers.rules.refusals import (
    AlreadyExtended,
    ClockStands,
    NotNow,
    TooLateToExtend,
)
from motcua.dossiers.rules.status import LegState
from motcua.dossiers.rules.steps import leg_by_message
from motcua.journeys.extending import OTHER, apology
from motcua.kernel.working_time import ZONE, Calendar
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job

MORNING = range(7, 11)
"""The hours in which a day begins: an installation that is started late warns all the same."""
AHEAD = 2
"""How many working days before a date the apology is drafted: one is left to sign it."""
MOST_DAYS = 10
"""More days than this the system does not propose by itself."""
_DAY = timedelta(days=1)


@every("0 * * * *")
@job(name="journeys.morning", queue="default")
def morning(*, timestamp: int) -> None:
    """Look at every province whose offices work today, in each hour of the morning."""
    del timestamp
    at = now()
    if at.astimezone(ZONE).hour in MORNING:
        begin_day(at=at)


def begin_day(*, at: datetime) -> None:
    """Queue the drafts of this morning and write its warnings; harmless when done again."""
    today = at.astimezone(ZONE).date()
    for province in sorted(set(agencies(at).values_list("province_code", flat=True))):
        calendar = calendar_for(province)
        if calendar.is_working(today):
            _drafts(province, calendar, today, at)
            write_mornings(province=province, bounds=bounds(calendar, at))


def bounds(calendar: Calendar, at: datetime) -> Bounds:
    """Return what is near and what is long late today, by the installation's thresholds in working days."""
    today = at.astimezone(ZONE).date()
    near = working_day(calendar, today, settings.NEAR_DUE_DAYS)
    overdue = working_day(calendar, today, 1 - settings.OVERDUE_DAYS)
    return Bounds(today, at, _end_of(near), calendar.opening(overdue))


def working_day(calendar: Calendar, day: date, number: int) -> date:
    """Return the working day so many after `day`, or before it where the number is negative; 0 is `day`."""
    step = _DAY if number > 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not calendar.is_working(day):
            day += step
    return day


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _DAY, datetime.min.time(), ZONE) - timedelta(microseconds=1)


def _drafts(province: str, calendar: Calendar, today: date, at: datetime) -> None:
    first = datetime.combine(today + _DAY, datetime.min.time(), ZONE)
    last = _end_of(working_day(calendar, today, AHEAD))
    due = due_between(province, first, last)
    draft_extension.defer_many({"code": code, "due": when.isoformat()} for code, when in due)
    stale = stale_proposals(province, at)
    void_extension.defer_many({"code": code, "day": today.isoformat()} for code in stale)


@job(name="journeys.draft_extension", queue="default")
def draft_extension(*, code: str, due: str) -> None:
    """Draft an apology for the leader where the work will evidently not be done by the date."""
    propose_extension(code=code, due=due, at=now())


def propose_extension(*, code: str, due: str, at: datetime) -> None:
    """Draft it, once for a date; nothing where there is time enough, or where it may not be extended."""
    row, dossier, _ = told(code)
    law = law_of(row)
    days = min(days_short(law, dossier, at), MOST_DAYS)
    if not days:
        return
    reason = "waiting_agency" if _waits_for_others(law, dossier) else OTHER
    act = a.ProposeExtension(days=days, reason=reason, text=apology(row.agency.name, reason))
    try:
        record(code=code, act=act, by=SYSTEM, key=f"apology:{code}:{due}", at=at)
    except (AlreadyExtended, ClockStands, NotNow, TooLateToExtend):
        return  # the date is another by now, or was moved before


def _waits_for_others(law: Law, dossier: Dossier) -> bool:
    return any(
        leg_by_message(leg, law.procedure.plan.stage(leg.id).step(leg.step))
        for leg in dossier.legs.values()
        if leg.state is LegState.OPEN
    )


@job(name="journeys.void_extension", queue="default")
def void_extension(*, code: str, day: str) -> None:
    """Take an apology away that nobody signed while it could be signed."""
    act = a.DismissExtension(remark="Quá thời điểm được gia hạn mà chưa ký.")
    try:
        record(code=code, act=act, by=SYSTEM, key=f"void:{code}:{day}", at=now())
    except NotNow:
        return  # signed or dismissed meanwhile
