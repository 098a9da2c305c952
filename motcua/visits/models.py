"""The hall of an office: numbers given out and called, times booked."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.toolkit.sealed_fields import Keyed, SealedText


class Hall(models.Model):
    """Where people wait; `key` stands in the addresses of its kiosk and its screen."""

    agency = models.OneToOneField("agencies.Agency", on_delete=models.PROTECT)
    key = models.CharField(max_length=32, unique=True)
    counters = models.PositiveSmallIntegerField(default=3)
    slot_minutes = models.PositiveSmallIntegerField(default=15)
    places = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(counters__gte=1, counters__lte=50)
                & Q(slot_minutes__gte=5, slot_minutes__lte=120)
                & Q(places__gte=1, places__lte=50),
                name="hall_of_a_sensible_size",
            ),
        ]


class Closure(models.Model):
    """A day on which the hall offers no times besides what the working calendar closes."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="closures")
    day = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hall", "day"], name="closure_once_a_day"),
        ]


class Booking(models.Model):
    """A time that somebody has; `seat` is one of the places of its slot."""

    class State(models.TextChoices):
        BOOKED = "booked"
        CAME = "came"
        CANCELLED = "cancelled"
        MISSED = "missed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="bookings")
    day = models.DateField()
    starts_at = models.DateTimeField()
    seat = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    name = SealedText()
    phone = SealedText()
    phone_key = Keyed(of="phone", purpose="visits.booking.phone")
    language = models.CharField(max_length=5, default="vi")
    account = models.ForeignKey("identity.Account", null=True, on_delete=models.PROTECT)
    subject = models.CharField(max_length=80, default="", blank=True)
    pin = models.CharField(max_length=6)
    token = models.CharField(max_length=32, unique=True)
    act_key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.BOOKED)
    made_at = models.DateTimeField()
    reminded_for = models.DateTimeField(null=True)
    came_from = models.ForeignKey(Hall, null=True, on_delete=models.PROTECT, related_name="+")
    """Where it was booked, when it came along as an office became another."""

    class Meta:
        constraints: ClassVar = [
            # A place is one person's: no double booking, however many ask at once.
            models.UniqueConstraint(
                fields=["hall", "starts_at", "seat"],
                condition=~Q(state="cancelled"),
                name="seat_booked_once",
            ),
            # Nobody keeps times they do not need; who had one at each of two offices that became one keeps both.
            models.UniqueConstraint(
                fields=["hall", "day", "phone_key"],
                condition=Q(state="booked", came_from__isnull=True),
                name="one_time_a_day_and_phone",
            ),
            models.UniqueConstraint(fields=["hall", "day", "pin"], name="pin_tells_the_booking"),
            models.CheckConstraint(condition=Q(seat__gte=1), name="seat_is_counted_from_one"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["starts_at"], condition=Q(state="booked"), name="bookings_to_come"
            ),
        ]


class Ticket(models.Model):
    """A number given out; `first`: by the person's own word they are old, pregnant or disabled."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CALLED = "called"
        DONE = "done"
        MISSED = "missed"

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    first = models.BooleanField(default=False)
    booking = models.OneToOneField(
        Booking, null=True, on_delete=models.PROTECT, related_name="ticket"
    )
    subject = models.CharField(max_length=80, default="", blank=True)
    token = models.CharField(max_length=32, unique=True)
    act_key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    counter = models.PositiveSmallIntegerField(null=True)
    wanted_counter = models.PositiveSmallIntegerField(null=True)
    issued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "day", "kind", "number"], name="ticket_number_given_once"
            ),
            # Before a counter stands one person.
            models.UniqueConstraint(
                fields=["hall", "day", "counter"],
                condition=Q(state="called"),
                name="one_called_to_a_counter",
            ),
            models.CheckConstraint(
                condition=~Q(state="called") | Q(counter__isnull=False, called_at__isnull=False),
                name="called_to_somewhere",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["hall", "day", "state", "id"], name="ticket_line"),
        ]


class NumberCount(models.Model):
    """The last number a hall gave out for a kind on a day."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT)
    day = models.DateField()
    kind = models.CharField(max_length=20)
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "day", "kind"], name="one_count_a_kind_and_day"
            ),
        ]
