"""Which days of the calendar are set by hand: those that still, or soon, move a date."""

from datetime import date, datetime, timedelta

from motcua.agencies.rules.places import day_of
from motcua.agencies.rules.refusals import DayOutOfReach

REACH_BACK, REACH_AHEAD = timedelta(days=60), timedelta(days=400)


def must_reach(day: date, at: datetime) -> None:
    """Refuse a day that nobody means to set any more, or yet. Raises DayOutOfReach."""
    first, last = day_of(at) - REACH_BACK, day_of(at) + REACH_AHEAD
    if not first <= day <= last:
        raise DayOutOfReach(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
