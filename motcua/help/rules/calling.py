"""When an office can promise to call: hours of its working calendar, not more calls than it can make."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from motcua.kernel.working_calendar import Calendar, days_from, local, next_working_start

HOUR = timedelta(hours=1)
CALLS_IN_A_SLOT = 4
"""Calls that one post makes in an hour beside its other work."""
DAYS_AHEAD = 3
MOST_TRIES = 3
"""Nobody is rung more than three times for one request."""
LEAST_LEFT = timedelta(minutes=40)
"""A begun hour is promised only while this much of it is left."""


def slots(at: datetime, calendar: Calendar) -> list[datetime]:
    """Return the beginnings of the hours in which a call can be promised: three working days, from the next moment of work."""
    found: list[datetime] = []
    worked = 0
    for day in days_from(local(at).date()):
        hours = [start for span in calendar.spans(day) for start in _hours(*span)]
        found += [start for start in hours if start + HOUR - at >= LEAST_LEFT]
        worked += bool(hours)
        if worked == DAYS_AHEAD:
            return found
    raise AssertionError  # pragma: no cover - the days never end


def _hours(opens: datetime, closes: datetime) -> list[datetime]:
    """Return the whole hours of a stretch of work."""
    starts: list[datetime] = []
    start = opens
    while start + HOUR <= closes:
        starts.append(start)
        start += HOUR
    return starts


def free_slots(at: datetime, calendar: Calendar, taken: Mapping[datetime, int]) -> list[datetime]:
    """Return the slots in which one more call fits; `taken`: how many are promised in each."""
    return [start for start in slots(at, calendar) if taken.get(start, 0) < CALLS_IN_A_SLOT]


def promised_until(start: datetime) -> datetime:
    """Return until when a call of the slot is made as promised: within its hour."""
    return start + HOUR


def open_now(at: datetime, calendar: Calendar) -> bool:
    """Tell whether the office works at this moment; if not, the page says from when it calls."""
    return next_working_start(at, calendar) == local(at)


def share_in_time(first_tries: list[tuple[datetime, datetime]]) -> int | None:
    """Return how many of a hundred calls were tried within their promise, of (promised until, first try) pairs.

    Rounded down: it never tells more than there was. None where nothing was promised yet.
    """
    if not first_tries:
        return None
    kept = sum(tried <= until for until, tried in first_tries)
    return kept * 100 // len(first_tries)
