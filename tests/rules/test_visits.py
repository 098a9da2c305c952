"""Who is called next, how long somebody waits, which times an office offers."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.working_calendar import ZONE, Calendar, DayException
from motcua.visits.rules.line import MOST_IN_A_ROW, Waiting, minutes_to_wait, next_in_line
from motcua.visits.rules.slots import DAYS_AHEAD, bookable, open_days, slots_of

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
USUAL = Calendar()
FEW = st.lists(st.booleans(), max_size=12)


def line(*firsts):
    return [Waiting(number, first) for number, first in enumerate(firsts, start=1)]


def called(firsts):
    """Call everybody in a line; return the ids in the order of calling."""
    left, order, row = line(*firsts), [], 0
    while (chosen := next_in_line(left, row)) is not None:
        left.remove(chosen)
        order.append(chosen)
        row = row + 1 if chosen.first else 0
    return order


def test_whoever_goes_first_is_called_before_the_others():
    assert next_in_line(line(False, True), 0).id == 2


def test_after_two_who_go_first_one_of_the_others_is_called():
    assert [one.id for one in called([False, True, True, True])] == [2, 3, 1, 4]


@given(FEW)
def test_everybody_is_called_once(firsts):
    assert sorted(one.id for one in called(firsts)) == list(range(1, len(firsts) + 1))


@given(FEW)
def test_among_equals_who_came_first_is_called_first(firsts):
    for kind in (True, False):
        ids = [one.id for one in called(firsts) if one.first is kind]
        assert ids == sorted(ids)


@given(FEW)
def test_nobody_waits_while_more_than_two_in_a_row_go_first(firsts):
    order = called(firsts)
    others = [place for place, one in enumerate(order) if not one.first]
    for last, following in zip([-1, *others], others, strict=False):
        assert following - last - 1 <= MOST_IN_A_ROW


def calls(*minutes):
    return [MORNING + timedelta(minutes=minute) for minute in minutes]


def test_the_wait_follows_the_days_own_pace():
    assert minutes_to_wait(3, calls(0, 5, 10, 15)) == 20


def test_before_there_is_a_pace_no_wait_is_told():
    assert minutes_to_wait(3, calls(0, 5)) is None


def test_lunch_does_not_slow_the_pace():
    assert minutes_to_wait(0, calls(0, 4, 8, 120, 124)) == 4


def test_slots_end_before_lunch_and_before_closing():
    starts = [start.time() for start in slots_of(MONDAY, USUAL, 30)]
    assert starts[0] == time(7, 30)
    assert time(11, 0) in starts
    assert time(11, 30) not in starts
    assert starts[-1] == time(16, 30)


def test_a_holiday_has_no_slots():
    feast = Calendar(exceptions={MONDAY: DayException(working=False, note="Nghỉ lễ")})
    assert list(slots_of(MONDAY, feast, 30)) == []
    assert MONDAY not in open_days(MORNING, feast, ())


def test_ten_working_days_can_be_booked_but_no_closed_one():
    days = open_days(MORNING, USUAL, {MONDAY})
    assert len(days) == DAYS_AHEAD
    assert MONDAY not in days
    assert all(USUAL.is_working(day) for day in days)


@pytest.mark.parametrize(
    ("start", "good"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=ZONE), True),
        (datetime(2026, 11, 23, 8, 45, tzinfo=ZONE), False),  # too soon
        (datetime(2026, 11, 23, 9, 7, tzinfo=ZONE), False),  # no beginning of a slot
        (datetime(2026, 11, 22, 9, 0, tzinfo=ZONE), False),  # a Sunday, and past
        (datetime(2027, 3, 1, 9, 0, tzinfo=ZONE), False),  # too far ahead
    ],
)
def test_only_a_slot_to_come_can_be_booked(start, good):
    assert bookable(start, MORNING, USUAL, (), 15) is good
