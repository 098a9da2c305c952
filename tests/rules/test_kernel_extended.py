"""A promise moved by working days: over weekends, Tết and pauses, and the same as a longer limit."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.working_time import (
    ZONE,
    Calendar,
    DayException,
    Limit,
    Pause,
    extended,
    promise,
)

TET = {date(2026, 2, 16) + timedelta(days=n): DayException(False, "Tết") for n in range(5)}
CALENDAR = Calendar(TET)


def at(day, hour=9, minute=0, month=3):
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def moved(received, limit, days, *pauses):
    return extended(promise(received, limit, CALENDAR, pauses), days, CALENDAR, pauses)


@pytest.mark.parametrize(
    ("received", "limit", "days", "due"),
    [
        (at(2), Limit(3), 1, at(6, 17)),
        (at(2), Limit(3), 2, at(9, 17)),
        (at(2), Limit(3), 0, at(5, 17)),
        (at(2), Limit(0), 1, at(3, 17)),
        (at(2), Limit(4, "working_hours"), 1, at(3, 17)),
        (at(2), Limit(7, "days"), 1, at(10, 17)),
        (at(11, month=2), Limit(2), 1, at(23, 17, month=2)),
    ],
    ids=["a day", "over a weekend", "no day", "same day", "hours", "calendar days", "over Tet"],
)
def test_the_new_date_is_so_many_working_days_after_the_old_one(received, limit, days, due):
    assert moved(received, limit, days).due == due


def test_a_pause_before_the_old_date_moves_both_and_one_after_it_the_new_one():
    early, late = Pause(at(3), at(4), "bổ sung"), Pause(at(6, 8), at(9, 8), "bổ sung")
    assert moved(at(2), Limit(3), 2, early).due == at(10, 17)
    assert moved(at(2), Limit(3), 2, late).due == at(10, 17)


def test_while_the_clock_stands_still_there_is_no_date():
    assert moved(at(2), Limit(3), 2, Pause(at(3), None, "bổ sung")).due is None
    assert moved(at(2), Limit(3), 2, Pause(at(6, 8), None, "bổ sung")).due is None


moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 6, 30)).map(  # noqa: DTZ001 - zone follows
    lambda found: found.replace(tzinfo=ZONE)
)


@given(moments, st.integers(0, 15), st.integers(1, 15))
def test_working_days_added_are_the_same_as_a_longer_limit(received, limit, days):
    assert (
        moved(received, Limit(limit), days).due
        == promise(received, Limit(limit + days), CALENDAR).due
    )


@given(moments, st.integers(0, 15), st.sampled_from(["working_days", "days"]), st.integers(1, 15))
def test_every_day_of_the_derivation_stands_once_in_order(received, amount, unit, days):
    found = [step.date for step in moved(received, Limit(amount, unit), days).steps]
    assert found == sorted(set(found))
    assert found[0] == received.date()


@given(moments, st.integers(0, 9), st.integers(1, 9))
def test_the_new_date_is_at_the_close_of_a_worked_day(received, limit, days):
    due = moved(received, Limit(limit), days).due
    assert due is not None
    assert CALENDAR.is_working(due.date())
    assert due.astimezone(ZONE).time() == time(17)
