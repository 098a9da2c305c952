"""Which times an office offers, from its working calendar and hours."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from motcua.kernel.working_calendar import Calendar, days_from, local

DAYS_AHEAD = 10
"""Working days that can be booked, today among them."""
SOONEST = timedelta(hours=1)


def slots_of(day: date, calendar: Calendar, minutes: int) -> Iterator[datetime]:
    """Yield the beginnings of the day's slots; each ends before lunch or closing."""
    length = timedelta(minutes=minutes)
    for opens, closes in calendar.spans(day):
        start = opens
        while start + length <= closes:
            yield start
            start += length


def open_days(at: datetime, calendar: Calendar, closed: Collection[date]) -> list[date]:
    """Return the days that can be booked now."""
    found: list[date] = []
    for day in days_from(local(at).date()):
        if calendar.is_working(day) and day not in closed:
            found.append(day)
        if len(found) == DAYS_AHEAD:
            break
    return found


def bookable(
    start: datetime, at: datetime, calendar: Calendar, closed: Collection[date], minutes: int
) -> bool:
    """Tell whether a time is a slot of the office that can still be booked."""
    day = local(start).date()
    if start < at + SOONEST or day not in open_days(at, calendar, closed):
        return False
    return start in slots_of(day, calendar, minutes)
