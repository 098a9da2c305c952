"""Numbers: taken at the kiosk, called by officials, one after the other."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from motcua.toolkit.gates import gate
from motcua.visits.halls import calendar_of, day_of, gathered, goes_on, kind
from motcua.visits.models import Booking, Hall, Ticket
from motcua.visits.rules.line import RECENT, Waiting, minutes_to_wait, next_in_line
from motcua.visits.rules.refusals import CounterUnknown, HallClosed, TicketUnknown

SHOWN = 6
S = Ticket.State


@transaction.atomic
def take(
    *,
    hall: Hall,
    kind_code: str,
    key: str,
    at: datetime,
    first: bool = False,
    subject: str = "",
    booking: Booking | None = None,
) -> Ticket:
    """Give out the next number of a kind; the same key again gives the same one.

    `subject` is a dossier code the person named. Raises KindUnknown, HallClosed.
    """
    kind(kind_code)
    known = Ticket.objects.filter(act_key=key).first()
    if known is not None:
        return known
    day = day_of(at)
    if not calendar_of(hall).is_working(day):
        raise HallClosed
    number = _next_number(hall, day, kind_code)
    # Two clicks at once both come here: the one that waited for the count finds the other's ticket.
    return Ticket.objects.filter(act_key=key).first() or Ticket.objects.create(
        hall=hall, day=day, kind=kind_code, number=number, first=first, booking=booking,
        subject=subject, token=secrets.token_urlsafe(12), act_key=key, issued_at=at,
    )  # fmt: skip


def _next_number(hall: Hall, day: date, kind_code: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into visits_numbercount as c (hall_id, day, kind, last) values (%s, %s, %s, 1)
               on conflict (hall_id, day, kind) do update set last = c.last + 1 returning last""",
            [hall.pk, day, kind_code],
        )
        return int(cursor.fetchone()[0])


def label(ticket: Ticket) -> str:
    """Return the number as it stands on the slip: A012."""
    return f"{kind(ticket.kind)['letter']}{ticket.number:03}"


@gate
def ticket_by_token(token: str) -> Ticket:
    """Return the ticket of a slip. Raises TicketUnknown."""
    found = Ticket.objects.select_related("hall__agency").filter(token=token).first()
    if found is None:
        raise TicketUnknown
    return found


def _of_day(hall: Hall, day: date) -> QuerySet[Ticket]:
    """Return a day's numbers that are called here: those taken at what became this office keep their place in the line."""
    return Ticket.objects.filter(hall__in=gathered(hall, day), day=day)


def taken_at(ticket: Ticket, hall: Hall) -> str:
    """Return at which other office a number was taken, for two may have the same; empty for one of this hall."""
    return "" if ticket.hall_id == hall.pk else ticket.hall.agency.name


def called_now(hall: Hall, at: datetime) -> list[Ticket]:
    """Return who is called now, the latest call first."""
    rows = _of_day(hall, day_of(at)).filter(state=S.CALLED)
    return list(rows.select_related("hall__agency").order_by("-called_at")[:SHOWN])


def waiting(hall: Hall, at: datetime) -> list[Ticket]:
    """Return who waits, in the order of arrival; one query."""
    rows = _of_day(hall, day_of(at)).filter(state=S.WAITING)
    return list(rows.select_related("booking", "hall__agency").order_by("pk"))


@dataclass(frozen=True)
class Turn:
    """How far somebody's turn is: how many are ahead, about how many minutes; None before that can be told."""

    ahead: int
    minutes: int | None


def turn_of(ticket: Ticket) -> Turn:
    """Return how far a waiting ticket's turn is; those that go first may still come in between."""
    hall = goes_on(ticket.hall, ticket.day)
    line = _of_day(hall, ticket.day).filter(state=S.WAITING)
    before = Q(pk__lt=ticket.pk)
    ahead = line.filter(before & Q(first=True) if ticket.first else before | Q(first=True))
    return _turn(hall, ticket.day, ahead.exclude(pk=ticket.pk).count())


def turn_of_next(hall: Hall, at: datetime) -> Turn:
    """Return how far the turn of whoever takes a number now would be."""
    day = day_of(at)
    return _turn(hall, day, _of_day(hall, day).filter(state=S.WAITING).count())


def _turn(hall: Hall, day: date, ahead: int) -> Turn:
    called = _of_day(hall, day).filter(called_at__isnull=False).order_by("-called_at")
    calls = [call for call in called.values_list("called_at", flat=True)[:RECENT] if call]
    return Turn(ahead, minutes_to_wait(ahead, calls))


def at_counter(hall: Hall, counter: int, at: datetime) -> Ticket | None:
    """Return who stands before a counter; of two, as when two halls became one, whom was called last."""
    return next(iter(_before(hall, counter, at)), None)


def _before(hall: Hall, counter: int, at: datetime) -> list[Ticket]:
    rows = _of_day(hall, day_of(at)).filter(state=S.CALLED, counter=counter)
    return list(rows.select_related("booking", "hall__agency").order_by("-called_at"))


@transaction.atomic
def call_next(
    *, hall: Hall, counter: int, kinds: Sequence[str], seen: str, at: datetime
) -> Ticket | None:
    """End who stands before the counter, and call the next; None when nobody waits.

    `seen` is the token of whom the official saw there, empty for nobody: a second click finds somebody else
    there and calls nobody more. `kinds` limits to some kinds of business. Raises CounterUnknown.
    """
    _refuse_counter(hall, counter)
    _one_at_a_time(hall)
    there = _before(hall, counter, at)
    present = there[0] if there else None
    if (present.token if present else "") != seen:
        return present
    for one in there:
        _end(one, S.DONE, at)
    chosen = _choose(hall, counter, kinds, at)
    if chosen is not None:
        _call(chosen, counter, at)
    return chosen


def _refuse_counter(hall: Hall, counter: int) -> None:
    if not 1 <= counter <= hall.counters:
        raise CounterUnknown


def _one_at_a_time(hall: Hall) -> None:
    """Let two counters of a hall call one after the other: each gets somebody else."""
    Hall.objects.select_for_update().get(pk=hall.pk)


def _choose(hall: Hall, counter: int, kinds: Sequence[str], at: datetime) -> Ticket | None:
    there = [one for one in waiting(hall, at) if _for_counter(one, counter, kinds)]
    line = [Waiting(one.pk, _goes_first(one, at)) for one in there]
    chosen = next_in_line(line, _firsts_in_a_row(hall, at))
    return next((one for one in there if chosen and one.pk == chosen.id), None)


def _for_counter(ticket: Ticket, counter: int, kinds: Sequence[str]) -> bool:
    if ticket.wanted_counter is not None:
        return ticket.wanted_counter == counter
    return not kinds or ticket.kind in kinds


def _goes_first(ticket: Ticket, at: datetime) -> bool:
    booked = ticket.booking is not None and ticket.booking.starts_at <= at
    return ticket.first or booked or ticket.wanted_counter is not None


def _firsts_in_a_row(hall: Hall, at: datetime) -> int:
    """Return how many of the last calls were of those who go first."""
    last = _of_day(hall, day_of(at)).filter(called_at__isnull=False).order_by("-called_at")
    row = 0
    for first, booking in last.values_list("first", "booking_id")[:SHOWN]:
        if not (first or booking):
            break
        row += 1
    return row


def _call(ticket: Ticket, counter: int, at: datetime) -> None:
    ticket.state, ticket.counter, ticket.called_at = S.CALLED, counter, at
    ticket.calls, ticket.wanted_counter = ticket.calls + 1, None
    ticket.save(update_fields=["state", "counter", "called_at", "calls", "wanted_counter"])


def _end(ticket: Ticket, state: str, at: datetime) -> None:
    ticket.state, ticket.ended_at = state, at
    ticket.save(update_fields=["state", "ended_at"])


def recall(*, ticket: Ticket, at: datetime) -> None:
    """Call somebody once more to the same counter."""
    called = Ticket.objects.filter(pk=ticket.pk, state=S.CALLED)
    called.update(called_at=at, calls=F("calls") + 1)


def done(*, ticket: Ticket, at: datetime) -> None:
    """Note that somebody was served; again is harmless."""
    called = Ticket.objects.filter(pk=ticket.pk, state=S.CALLED)
    called.update(state=S.DONE, ended_at=at)


def missed(*, ticket: Ticket, at: datetime) -> None:
    """Note that somebody did not come when called; again is harmless."""
    called = Ticket.objects.filter(pk=ticket.pk, state=S.CALLED)
    called.update(state=S.MISSED, ended_at=at)


def send_on(*, ticket: Ticket, hall: Hall, counter: int) -> None:
    """Send somebody to another counter of the hall, where they go first. Raises CounterUnknown."""
    _refuse_counter(hall, counter)
    called = Ticket.objects.filter(pk=ticket.pk, state=S.CALLED)
    called.update(state=S.WAITING, counter=None, wanted_counter=counter)
