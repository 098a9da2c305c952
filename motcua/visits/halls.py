"""The hall of an office: made when it is first needed, found by its key, arranged by its front desk."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from motcua.agencies.models import Agency
from motcua.agencies.queries import calendar_for, goes_on_as, lineage
from motcua.agencies.rules.codes import Code, code_list
from motcua.kernel.working_time import ZONE, Calendar
from motcua.toolkit.gates import gate
from motcua.visits.models import Closure, Hall
from motcua.visits.rules.refusals import HallUnknown, KindUnknown

KINDS = "visit_kinds"


def hall_of(agency: Agency, like: Hall | None = None) -> Hall:
    """Return the hall of an agency; where there is none a new one, with usual sizes or those of another."""
    found = Hall.objects.select_related("agency").filter(agency=agency).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            sizes = {name: getattr(like, name) for name in _SIZES} if like else {}
            return Hall.objects.create(agency=agency, key=_new_key(), **sizes)
    except IntegrityError:  # somebody opened it at the same moment
        return Hall.objects.select_related("agency").get(agency=agency)


_SIZES = ("counters", "slot_minutes", "places")


def _new_key() -> str:
    return secrets.token_urlsafe(18)


@gate
def hall_by_key(key: str, at: datetime) -> Hall:
    """Return the hall whose kiosk and screen stand under this key.

    The address of an office that has become another leads on to the hall of that one. Raises HallUnknown.
    """
    found = Hall.objects.select_related("agency").filter(key=key).first()
    if found is None:
        raise HallUnknown
    return goes_on(found, at)


def goes_on(hall: Hall, at: date | datetime) -> Hall:
    """Return the hall of what a hall's office has become by then; itself while the office is open."""
    office = goes_on_as(hall.agency, at)
    return hall if office.pk == hall.agency_id else hall_of(office, like=hall)


def gathered(hall: Hall, day: date) -> list[int]:
    """Return the halls whose numbers of a day are called in this one: itself, and those of offices that became its own."""
    former = lineage([hall.agency_id]) - {hall.agency_id}
    if not former:
        return [hall.pk]
    ended = Hall.objects.filter(agency__in=former, agency__valid_to__lte=day)
    return [hall.pk, *ended.values_list("pk", flat=True)]


def replace_key(*, hall: Hall) -> Hall:
    """Give a hall new addresses, as when the old ones have become known outside; none leads on to it any more."""
    for one in Hall.objects.filter(agency__in=lineage([hall.agency_id])).exclude(pk=hall.pk):
        Hall.objects.filter(pk=one.pk).update(key=_new_key())
    hall.key = _new_key()
    hall.save(update_fields=["key"])
    return hall


@dataclass(frozen=True)
class Sizes:
    """How many counters a hall has, how long a slot is, how many come in one."""

    counters: int
    slot_minutes: int
    places: int


def arrange(*, hall: Hall, sizes: Sizes) -> Hall:
    """Set the sizes of a hall. What is booked already stays booked."""
    hall.counters, hall.slot_minutes, hall.places = sizes.counters, sizes.slot_minutes, sizes.places
    hall.save(update_fields=["counters", "slot_minutes", "places"])
    return hall


def close_day(*, hall: Hall, day: date, reason: str) -> None:
    """Offer no times on a day; what is booked already stays until its person chooses another. Again is harmless."""
    Closure.objects.get_or_create(hall=hall, day=day, defaults={"reason": reason[:200]})


def open_day(*, hall: Hall, day: date) -> None:
    """Offer times on a day again."""
    Closure.objects.filter(hall=hall, day=day).delete()


def closed_on(day: date) -> set[int]:
    """Return the halls that are closed on a day by their own word; one query."""
    return set(Closure.objects.filter(day=day).values_list("hall_id", flat=True))


def is_closed(hall: Hall, day: date) -> bool:
    """Tell whether nobody is in the hall on a day: by its own word or the calendar's."""
    return not calendar_of(hall).is_working(day) or hall.pk in closed_on(day)


def closures_of(hall: Hall, since: date) -> list[Closure]:
    """Return the days on which a hall offers no times, from a day on."""
    return list(Closure.objects.filter(hall=hall, day__gte=since).order_by("day"))


def calendar_of(hall: Hall) -> Calendar:
    """Return the working calendar of the hall's office."""
    return calendar_for(hall.agency.province_code)


def serves(hall: Hall, day: date) -> bool:
    """Tell whether the hall's office is there on a day: not before it began, not from the day it became another."""
    office = hall.agency
    return office.valid_from <= day and (office.valid_to is None or day < office.valid_to)


def day_of(at: datetime) -> date:
    """Return the day of a moment in Viet Nam."""
    return at.astimezone(ZONE).date()


def kinds() -> tuple[Code, ...]:
    """Return what people come for, each with its letter: a list of the catalogue."""
    return code_list(KINDS).rows


def kind(code: str) -> Code:
    """Return one kind of business. Raises KindUnknown."""
    known = code_list(KINDS)
    if not known.has(code):
        raise KindUnknown
    return known.row(code)
