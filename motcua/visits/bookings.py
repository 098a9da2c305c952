"""Times: booked, moved, cancelled; never more than the office has places for."""

import secrets
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from motcua.agencies.models import Agency
from motcua.toolkit.gates import gate
from motcua.visits.halls import calendar_of, closures_of, day_of, kind, serves
from motcua.visits.models import Booking, Hall
from motcua.visits.rules.refusals import (
    BookedAlready,
    BookingOver,
    BookingUnknown,
    SlotFull,
    SlotUnknown,
)
from motcua.visits.rules.slots import SOONEST, bookable, open_days, slots_of

S = Booking.State
PIN_DIGITS = 6
TRIES = 3
"""How often another pin or place is drawn beyond the places of a slot."""


@dataclass(frozen=True)
class Visitor:
    """Who comes; `phone` is E.164 and proved, by a code or by the sign-in."""

    name: str
    phone: str
    language: str = "vi"
    account_id: int | None = None


@dataclass(frozen=True)
class Slot:
    """A time with how many places are left."""

    starts_at: datetime
    left: int


def times_by_day(hall: Hall, at: datetime) -> dict[date, list[Slot]]:
    """Return the days that can be booked with their times to come, full ones too; two queries."""
    open_ = open_days(at, calendar_of(hall), _closed(hall, at))
    days = [day for day in open_ if serves(hall, day)]
    rows = Booking.objects.filter(hall=hall, day__in=days).exclude(state=S.CANCELLED)
    taken = Counter(rows.values_list("starts_at", flat=True))
    return {
        day: [
            Slot(start, max(0, hall.places - taken[start]))
            for start in slots_of(day, calendar_of(hall), hall.slot_minutes)
            if start >= at + SOONEST
        ]
        for day in days
    }


def _closed(hall: Hall, at: datetime) -> frozenset[date]:
    return frozenset(closure.day for closure in closures_of(hall, day_of(at)))


def booking_of_act(key: str) -> Booking | None:
    """Return the booking that a form with this key has made already."""
    return Booking.objects.filter(act_key=key).first()


def book(
    *, hall: Hall, starts_at: datetime, kind_code: str, visitor: Visitor, key: str, at: datetime,
    subject: str = "",
) -> Booking:  # fmt: skip
    """Book a time; the same key again returns the same booking.

    Not inside another transaction: a place taken meanwhile is seen only by asking anew.
    Raises KindUnknown, SlotUnknown, SlotFull, BookedAlready.
    """
    kind(kind_code)
    known = booking_of_act(key)
    if known is not None:
        return known
    _refuse_slot(hall, starts_at, at)

    def write(seat: int) -> Booking:
        return Booking.objects.create(
            hall=hall, day=day_of(starts_at), starts_at=starts_at, seat=seat, kind=kind_code,
            name=visitor.name[:120], phone=visitor.phone, language=visitor.language,
            account_id=visitor.account_id, subject=subject,
            pin=_new_pin(),
            token=secrets.token_urlsafe(16), act_key=key, made_at=at,
        )  # fmt: skip

    return _seated(hall, starts_at, write, key)


def _new_pin() -> str:
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def _refuse_slot(hall: Hall, starts_at: datetime, at: datetime) -> None:
    closed = _closed(hall, at)
    there = serves(hall, day_of(starts_at))
    if not there or not bookable(starts_at, at, calendar_of(hall), closed, hall.slot_minutes):
        raise SlotUnknown


def _seated(
    hall: Hall, starts_at: datetime, write: Callable[[int], Booking], key: str = ""
) -> Booking:
    """Write a booking on the first free place; whoever loses a place to somebody faster tries the next."""
    for _ in range(hall.places + TRIES):
        seat = _free_seat(hall, starts_at)
        try:
            with transaction.atomic():
                return write(seat)
        except IntegrityError as clash:
            same = booking_of_act(key) if key else None
            if same is not None:
                return same
            if "one_time_a_day_and_phone" in str(clash):
                raise BookedAlready from clash
    raise SlotFull


def _free_seat(hall: Hall, starts_at: datetime) -> int:
    rows = Booking.objects.filter(hall=hall, starts_at=starts_at).exclude(state=S.CANCELLED)
    taken = set(rows.values_list("seat", flat=True))
    seat = next((seat for seat in range(1, hall.places + 1) if seat not in taken), None)
    if seat is None:
        raise SlotFull
    return seat


@gate
def booking_by_token(token: str) -> Booking:
    """Return a booking by the secret of its address. Raises BookingUnknown."""
    found = Booking.objects.select_related("hall__agency").filter(token=token).first()
    if found is None:
        raise BookingUnknown
    return found


def booking_by_pin(hall: Hall, pin: str, at: datetime) -> Booking:
    """Return today's booking by what its person types at the kiosk. Raises BookingUnknown."""
    rows = Booking.objects.filter(hall=hall, day=day_of(at), pin=pin.strip())
    found = rows.filter(state__in=[S.BOOKED, S.CAME]).first()
    if found is None:
        raise BookingUnknown
    return found


def bookings_of_day(hall: Hall, day: date) -> list[Booking]:
    """Return the bookings of a day in their order, cancelled ones left out; one query."""
    rows = Booking.objects.filter(hall=hall, day=day).exclude(state=S.CANCELLED)
    return list(rows.order_by("starts_at", "seat"))


def booked_on(hall: Hall, days: Collection[date]) -> Counter[date]:
    """Return how many are awaited on each of these days; one query."""
    rows = Booking.objects.filter(hall=hall, day__in=days, state=S.BOOKED)
    return Counter(rows.values_list("day", flat=True))


def awaited(
    day: date,
    at: datetime,
    *,
    hall: Hall | None = None,
    province: str = "",
    but: Collection[str] = (),
) -> list[Booking]:
    """Return who is still awaited on a day: in a hall; else in those of a province, or of all but these; one query."""
    rows = Booking.objects.filter(day=day, state=S.BOOKED, starts_at__gt=at)
    if hall is not None:
        rows = rows.filter(hall=hall)
    elif province:
        rows = rows.filter(hall__agency__province_code=province)
    else:
        rows = rows.exclude(hall__agency__province_code__in=but)
    return list(rows.select_related("hall__agency").order_by("starts_at", "pk"))


def bookings_of_account(account_id: int, at: datetime) -> list[Booking]:
    """Return what somebody signed in has booked and is to come."""
    rows = Booking.objects.filter(account_id=account_id, state=S.BOOKED, starts_at__gt=at)
    return list(rows.select_related("hall__agency").order_by("starts_at"))


def move(*, booking: Booking, to: datetime, at: datetime) -> Booking:
    """Give a booking another time; its address and pin stay. Raises BookingOver, SlotUnknown, SlotFull, BookedAlready."""
    _refuse_over(booking, at)
    if booking.starts_at == to:
        return booking
    _refuse_slot(booking.hall, to, at)

    def write(seat: int) -> Booking:
        booking.starts_at, booking.day, booking.seat = to, day_of(to), seat
        booking.save(update_fields=["starts_at", "day", "seat"])
        return booking

    return _seated(booking.hall, to, write)


def to_follow(old: Agency, since: date, at: datetime) -> list[Booking]:
    """Return what is booked at an office for a day from which it is another, and still to come; one query."""
    rows = Booking.objects.filter(
        hall__agency=old, state=S.BOOKED, day__gte=since, starts_at__gt=at
    )
    return list(rows.select_related("hall__agency").order_by("starts_at", "pk"))


def come_along(*, booking: Booking, hall: Hall) -> Booking:
    """Let a booking go to the hall of what its office became: the same time, a place of its own, though it is full.

    Its address stays; its pin too, unless somebody has it there.
    """
    booking.came_from, booking.hall = booking.came_from or booking.hall, hall
    for _ in range(hall.places + TRIES):
        rows = Booking.objects.filter(hall=hall, starts_at=booking.starts_at)
        taken = set(rows.exclude(state=S.CANCELLED).values_list("seat", flat=True))
        booking.seat = min(set(range(1, len(taken) + 2)) - taken)
        try:
            with transaction.atomic():
                booking.save(update_fields=["hall", "came_from", "seat", "pin"])
        except IntegrityError as clash:
            if "pin_tells_the_booking" in str(clash):
                booking.pin = _new_pin()
        else:
            return booking
    raise SlotFull


def _refuse_over(booking: Booking, at: datetime) -> None:
    if booking.state != S.BOOKED or booking.starts_at <= at:
        raise BookingOver


def cancel(*, booking: Booking, at: datetime) -> None:
    """Give a time back; again is harmless. Raises BookingOver."""
    if booking.state != S.CANCELLED:
        _refuse_over(booking, at)
        Booking.objects.filter(pk=booking.pk, state=S.BOOKED).update(state=S.CANCELLED)


def came(*, booking: Booking) -> None:
    """Note that somebody came; again is harmless."""
    Booking.objects.filter(pk=booking.pk, state=S.BOOKED).update(state=S.CAME)


def missed(*, booking: Booking) -> None:
    """Note that somebody did not come; again is harmless."""
    Booking.objects.filter(pk=booking.pk, state=S.BOOKED).update(state=S.MISSED)


def to_remind(day: date, limit: int) -> list[Booking]:
    """Return bookings of a day of which their person was not reminded since they were made or moved."""
    never = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("starts_at"))
    rows = Booking.objects.filter(never, day=day, state=S.BOOKED).order_by("starts_at", "pk")
    return list(rows.select_related("hall__agency")[:limit])


def reminded(*, booking: Booking) -> None:
    """Note that somebody was reminded of the time they have now."""
    Booking.objects.filter(pk=booking.pk).update(reminded_for=booking.starts_at)


def miss_all(*, before: datetime) -> int:
    """Note of all whose time was before a moment and who did not come; return how many."""
    return Booking.objects.filter(state=S.BOOKED, starts_at__lt=before).update(state=S.MISSED)
