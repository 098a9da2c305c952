"""Coming to the office: a time is booked and told, remembered the day before; a number is taken in the hall."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.models import Agency
from motcua.agencies.queries import agencies, goes_on_as
from motcua.kernel import dossier_code
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.toolkit import limits
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job
from motcua.visits import bookings, halls, tickets
from motcua.visits.bookings import Visitor
from motcua.visits.halls import calendar_of, day_of, hall_of
from motcua.visits.models import Booking, Hall, Ticket

A_MINUTE = 60
MOST_NUMBERS_A_MINUTE = 30
"""Numbers a hall gives out in a minute: more than any hall's door lets in."""
REMINDED_AT_ONCE = 200
LATE = timedelta(hours=3)
"""After this nobody comes to a booked time any more."""


def offices(at: datetime) -> list[Agency]:
    """Return the offices whose people work here and whose halls may be visited, by name."""
    return list(agencies(at).filter(works_in=Agency.WorksIn.MOTCUA).order_by("name"))


def office(code: str, at: datetime) -> Agency | None:
    """Return one of them by its code, or what an office of that code has become; None where there is none."""
    there = {one.code: one for one in offices(at)}
    if code not in there:
        known = Agency.objects.filter(code=code).first()
        code = goes_on_as(known, at).code if known else ""
    return there.get(code)


def book(
    *, hall: Hall, starts_at: datetime, kind: str, visitor: Visitor, key: str, subject: str = "",
    at: datetime,
) -> Booking:  # fmt: skip
    """Book a time and tell its person where they see, move and cancel it.

    The same key again does nothing. Raises KindUnknown, SlotUnknown, SlotFull, BookedAlready.
    """
    made = bookings.book(
        hall=hall, starts_at=starts_at, kind_code=kind, visitor=visitor, key=key, subject=subject,
        at=at,
    )  # fmt: skip
    _tell(made, "visit_booked", at)
    return made


def move(*, booking: Booking, to: datetime, at: datetime) -> Booking:
    """Give a booking another time, and tell. Raises BookingOver, SlotUnknown, SlotFull, BookedAlready."""
    moved = bookings.move(booking=booking, to=to, at=at)
    _tell(moved, "visit_booked", at)
    return moved


def follow(*, old: Agency, new: Agency, since: date, at: datetime) -> int:
    """Let what is booked at an office go to the hall of what it becomes, and tell each where they are awaited.

    From its first day on, at the same time; nobody's is lost. Done again, what is left goes. Return how many went.
    """
    waiting = bookings.to_follow(old, since, at)
    for booking in waiting:
        with transaction.atomic():
            was = booking.hall
            moved = bookings.come_along(booking=booking, hall=hall_of(new, like=was))
            place = was.agency.unit_name or was.agency.name
            _tell(moved, "visit_place_changed", at, was=place, turn=f":{moved.hall_id}")
    return len(waiting)


def close_day(*, hall: Hall, day: date, reason: str, at: datetime) -> None:
    """Offer no times on a day, and ask whoever has one there to choose another; again is harmless."""
    halls.close_day(hall=hall, day=day, reason=reason)
    tell_closed(bookings.awaited(day, at, hall=hall), reason=reason, at=at)


def tell_closed(booked: Iterable[Booking], *, reason: str, at: datetime) -> None:
    """Ask these to choose another time: nobody is there at theirs; each is told once."""
    for booking in booked:
        _tell(booking, "visit_day_closed", at, reason=reason)


def _tell(
    booking: Booking,
    template: str,
    at: datetime,
    *,
    was: str = "",
    turn: str = "",
    reason: str = "",
) -> None:
    """Send the message of a booking as it stands; once a time, or once a `turn` beside it."""
    office = booking.hall.agency
    notices.send(
        key=f"booking:{booking.pk.hex}:{booking.starts_at:%y%m%d%H%M}:{template}{turn}",
        to=Recipient(phone=booking.phone, language=booking.language),
        template=template,
        data={
            "when": f"{localtime(booking.starts_at):%H:%M %d/%m/%Y}",
            "where": office.unit_name or office.name,
            "address": office.address,
            "was": was,
            "reason": reason,
            "pin": booking.pin,
            "url": booking_url(booking),
            "support": f"{office.support_name}, {office.support_phone}",
        },
        subject=f"booking:{booking.pk.hex}",
        at=at,
    )


def booking_url(booking: Booking) -> str:
    """Return the address at which a booking is seen, moved and cancelled by whoever holds it."""
    return f"{settings.BASE_URL}/lich-hen/{booking.token}/"


def turn_url(ticket: Ticket) -> str:
    """Return the address at which a number's turn is followed."""
    return f"{settings.BASE_URL}/so-thu-tu/{ticket.token}/"


def take_number(*, hall: Hall, kind: str, first: bool, code: str, key: str, at: datetime) -> Ticket:
    """Take a number in the hall; what cannot be a dossier code is left out.

    Not inside a transaction: a refused try must stay counted. Raises TooOften, KindUnknown, HallClosed.
    """
    limits.spend(f"kiosk:{hall.pk}", limit=MOST_NUMBERS_A_MINUTE, per_seconds=A_MINUTE, at=at)
    subject = dossier_code.normalise(code)
    known = subject if dossier_code.is_valid(subject) else ""
    return tickets.take(hall=hall, kind_code=kind, first=first, subject=known, key=key, at=at)


def check_in(*, hall: Hall, pin: str, at: datetime) -> Ticket:
    """Give whoever booked a number in the hall: the same one however often they ask.

    Six digits can be guessed: tries are counted. Not inside a transaction. Raises TooOften, BookingUnknown.
    """
    limits.spend(f"kiosk-pin:{hall.pk}", limit=MOST_NUMBERS_A_MINUTE, per_seconds=A_MINUTE, at=at)
    found = bookings.booking_by_pin(hall, pin, at)
    with transaction.atomic():
        bookings.came(booking=found)
        return tickets.take(
            hall=hall, kind_code=found.kind, subject=found.subject, booking=found,
            key=f"booking:{found.pk.hex}", at=at,
        )  # fmt: skip


@every("7 * * * *")
@job(name="journeys.remind_visitors", queue="default")
def remind_visitors(*, timestamp: int) -> None:
    """Remind whoever has a time tomorrow; note who did not come."""
    del timestamp
    at = now()
    remind(at=at)
    bookings.miss_all(before=at - LATE)


WAKING_HOURS = range(8, 21)


def remind(*, at: datetime) -> int:
    """Remind of the times of the day after, by day only, where somebody is there; return how many were told."""
    if localtime(at).hour not in WAKING_HOURS:
        return 0
    told, day = 0, day_of(at) + timedelta(days=1)
    closed = halls.closed_on(day)
    while waiting := bookings.to_remind(day, REMINDED_AT_ONCE):
        for booking in waiting:
            hall = booking.hall
            there = hall.pk not in closed and calendar_of(hall).is_working(day)
            with transaction.atomic():
                if there:
                    _tell(booking, "visit_reminder", at)
                bookings.reminded(booking=booking)
            told += there
    return told
