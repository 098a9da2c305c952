"""A day of the calendar is set by hand, and every date that it moves is counted anew: promised ones and others.

First it is shown which dossiers would move; then the day is set; then a job recounts, batch by batch, each dossier
in an act of its own. Killed in the middle it goes on where it was: an act is done once per change.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from motcua.agencies.caches import ASK_AGAIN_SECONDS, CALENDAR
from motcua.agencies.models import CalendarChange, CalendarDay, CalendarMove, Official
from motcua.agencies.operations import change_calendar
from motcua.agencies.queries import calendar_for, posts_of
from motcua.agencies.rules.refusals import CalendarChangeUnknown, CalendarNotYours
from motcua.agencies.rules.roles import Role
from motcua.dossiers.operations import record
from motcua.dossiers.recounts import Promised, promised_over
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.facts import SYSTEM, MovedDate
from motcua.dossiers.rules.recounting import as_before, moved
from motcua.dossiers.rules.refusals import NothingMoves, NotNow
from motcua.journeys import recounting_requests, visiting
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now
from motcua.toolkit.gates import gate
from motcua.toolkit.jobs import job
from motcua.visits import bookings

MOST_SHOWN = 200
MOST_LOOKED_AT = 2_000
"""So many dossiers are looked at before the day is set; with more, their number is a lower bound."""
BEHIND_OTHERS = -1
"""The priority of a long job's next piece: what citizens and officials wait for comes first."""
HEARD_BY_ALL = timedelta(seconds=2 * ASK_AGAIN_SECONDS)
"""By then no process counts with the calendar as it was."""


PROMISED = "promised"
"""What moves where it is the promised date; the others are named as in `MovedDate`."""


class Moving(NamedTuple):
    """A date of a dossier, by its code, that would move: which one, and of what where there are several."""

    case: str
    what: str
    of: str
    was: datetime
    due: datetime


@dataclass(frozen=True)
class Preview:
    """What setting a day would do: the first dates that move, of how many dossiers the promised one does.

    `others`: how many dates beside these move; `more`: whether there may be more of both.
    """

    moves: tuple[Moving, ...]
    count: int
    others: int
    more: bool


def sets_days(official: Official, at: datetime) -> bool:
    """Tell whether the official sets days of the calendar at all; one query."""
    return any(post.role == Role.ADMINISTRATOR for post in posts_of(official, at))


@gate
def provinces_of(official: Official, at: datetime) -> list[str]:
    """Return the provinces whose days the official sets as an administrator. Raises CalendarNotYours."""
    posts = [post for post in posts_of(official, at) if post.role == Role.ADMINISTRATOR]
    if not posts:
        raise CalendarNotYours
    return sorted({post.agency.province_code for post in posts})


def preview(*, day: date, province: str, working: bool) -> Preview:
    """Return which dates would move if the day were set so; two queries a batch, nothing is written."""
    found: list[Moving] = []
    looked = 0
    for batch in _batches(day, province):
        looked += len(batch)
        found += chain.from_iterable(_would_move(one, day, working=working) for one in batch)
        if looked >= MOST_LOOKED_AT:
            return _told(found, more=True)
    asked = recounting_requests.would_move(
        day, province=province, but=_spared(day, province), working=working
    )
    found += [
        Moving(one.number, recounting_requests.DATA_REQUEST, "", one.due_at, then)
        for one, then in asked
    ]
    return _told(found, more=False)


def _told(found: list[Moving], *, more: bool) -> Preview:
    promised = sum(one.what == PROMISED for one in found)
    return Preview(tuple(found[:MOST_SHOWN]), promised, len(found) - promised, more=more)


def _would_move(one: Promised, day: date, *, working: bool) -> Iterator[Moving]:
    today = calendar_for(one.province)
    then = Law(by_digest(one.digest).procedure, as_before(today, day, worked=working))
    found = moved(then, one.dossier, day, worked=today.is_working(day))
    if found:
        yield from _listed(one.code, found.due, found.was, found.others)


def _listed(
    case: str, due: datetime | None, was: datetime | None, others: Iterable[MovedDate]
) -> Iterator[Moving]:
    """Yield what is listed of dates that moved: the promised one first; a part's own date is not."""
    if due and was and due != was:
        yield Moving(case, PROMISED, "", was, due)
    for one in others:
        yield Moving(case, one.what, one.of, one.was, one.due)


def _batches(day: date, province: str, after: int = 0) -> Iterator[list[Promised]]:
    """Yield the dossiers the day can move; a province with a day of its own does not follow the country's."""
    but = _spared(day, province)
    while batch := promised_over(day, province=province, but=but, after=after):
        yield batch
        after = batch[-1].pk


def _spared(day: date, province: str) -> list[str]:
    """Return the provinces with a day of their own, where the country's is set."""
    own = CalendarDay.objects.filter(date=day).exclude(province_code="")
    return [] if province else list(own.values_list("province_code", flat=True))


@transaction.atomic
def set_day(
    *, key: UUID, day: date, province: str, working: bool, note: str, decision: str, by: str,
    at: datetime,
) -> CalendarChange:  # fmt: skip
    """Set the day, once per `key`, and queue the recounting. Raises DayOutOfReach, DayWithoutGrounds."""
    change = change_calendar(
        key=key, day=day, province_code=province, working=working, note=note, decision=decision,
        by=by, at=at,
    )  # fmt: skip
    if change.finished_at is None:
        recount.defer(
            lock="calendar", queueing_lock=f"recount:{key}", schedule_at=at + HEARD_BY_ALL,
            change=str(key),
        )  # fmt: skip
    return change


@job(name="journeys.recount", queue="reactions")
def recount(*, change: str) -> None:
    """Recount a batch of what a change of the calendar moves, then queue up again behind whoever waits."""
    if carry_out(UUID(change), batches=1).finished_at is None:
        recount.defer(lock="calendar", priority=BEHIND_OTHERS, change=change)


def carry_out(key: UUID, *, batches: int | None = None) -> CalendarChange:
    """Count anew every date that the change moves, or so many batches; done again, it does nothing more."""
    CALENDAR.forget()
    change = CalendarChange.objects.get(pk=key)
    if change.finished_at is not None:
        return change
    rest = _batches(change.day, change.province_code, after=change.last)
    for number, batch in enumerate(rest):
        if number == batches:
            return change
        for one in batch:
            _recounted(change, one)
        change.last, change.looked = batch[-1].pk, change.looked + len(batch)
        change.save(update_fields=["last", "looked"])
    spared = _spared(change.day, change.province_code)
    recounting_requests.recount(change, but=spared, at=now())
    if not change.working:
        booked = bookings.awaited(change.day, now(), province=change.province_code, but=spared)
        visiting.tell_closed(booked, reason=change.note, at=now())
    change.finished_at = now()
    change.save(update_fields=["finished_at"])
    return change


def _recounted(change: CalendarChange, one: Promised) -> None:
    """Count one dossier's dates anew, if the day moves them; whoever acts at this moment is not overwritten."""
    law = Law(by_digest(one.digest).procedure, calendar_for(one.province))
    if moved(law, one.dossier, change.day, worked=change.worked) is None:
        return
    act = a.Recount(
        day=change.day, worked=change.worked, reason=change.note, decision=change.decision
    )
    key = f"recount:{change.pk}:{one.code}"
    try:
        with transaction.atomic():
            recorded = record(code=one.code, act=act, by=SYSTEM, key=key, at=now())
            CalendarMove.objects.bulk_create(_moves(change, one.code, recorded.events))
    except (NothingMoves, NotNow):
        return  # it ended, or its clock stopped, since the batch was read


def _moves(change: CalendarChange, code: str, events: tuple[e.Event, ...]) -> list[CalendarMove]:
    return [
        CalendarMove(change=change, **one._asdict())
        for event in events
        if isinstance(event, e.Recounted)
        for one in _listed(code, event.due, event.was, event.others)
    ]


def change_of(key: UUID, provinces: list[str]) -> CalendarChange:
    """Return a change of these provinces, or of the country. Raises CalendarChangeUnknown."""
    found = CalendarChange.objects.filter(pk=key, province_code__in=["", *provinces]).first()
    if found is None:
        raise CalendarChangeUnknown
    return found
