"""What helpers may do, when calls are promised, what is published of opinions."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.help.rules import calling
from motcua.help.rules.helping import (
    CODE_DIGITS,
    kept_from_helpers,
    may_open,
    spaced,
    tidy_code,
)
from motcua.help.rules.opinions import Kind, may_change, tally, to_answer
from motcua.kernel.working_calendar import ZONE, Calendar
from motcua.reports.rules.satisfaction import Counted, published

ALWAYS = Calendar()
MONDAY = datetime(2026, 11, 23, 9, 10, tzinfo=ZONE)
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=ZONE)


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize("door", ["ways", "confirm", "invite", "help_stop", "chua-co-bao-gio", ""])
def test_a_page_that_the_rule_does_not_name_is_closed_to_helpers(door):
    assert not may_open(door, "GET")


def test_a_helper_reads_the_check_page_and_presses_nothing_there():
    assert may_open("check", "GET")
    assert not may_open("check", "POST")


def test_phone_email_and_where_money_goes_stay_with_the_owner():
    fields = ["child.full_name", "a.phone", "a.email", "burial.bank", "burial.account_number"]
    kept = kept_from_helpers(fields, ("a.phone", "a.email", None))
    assert kept == set(fields) - {"child.full_name"}


@given(st.text("0123456789 .-", max_size=30))
def test_however_a_code_is_written_its_digits_are_read(typed):
    assert tidy_code(typed) == "".join(sign for sign in typed if sign.isdigit())


def test_a_code_is_shown_as_it_is_read_aloud():
    assert spaced("48213907") == "4821 3907"
    assert len(tidy_code(spaced("48213907"))) == CODE_DIGITS


def test_in_office_hours_the_call_comes_in_this_hour_or_the_next():
    assert calling.slots(at(8, 45), ALWAYS)[0] == at(8, 30)
    assert calling.slots(at(9, 10), ALWAYS)[0] == at(9, 30)


def test_outside_office_hours_the_first_call_is_told_from_the_next_opening():
    assert calling.slots(SATURDAY, ALWAYS)[0] == at(7, 30, day=30)
    assert not calling.open_now(SATURDAY, ALWAYS)


def test_three_working_days_can_be_chosen_from():
    days = {start.date().isoformat() for start in calling.slots(MONDAY, ALWAYS)}
    assert days == {"2026-11-23", "2026-11-24", "2026-11-25"}


@settings(max_examples=200)
@given(st.integers(0, 60 * 24 * 14))
def test_no_call_is_promised_outside_the_hours_nor_in_the_past(minutes):
    here = MONDAY + timedelta(minutes=minutes)
    for start in calling.slots(here, ALWAYS):
        inside = [a <= start and start + calling.HOUR <= b for a, b in ALWAYS.spans(start.date())]
        assert any(inside)
        assert calling.promised_until(start) >= here + calling.LEAST_LEFT


def test_an_hour_whose_calls_are_all_promised_is_not_offered():
    first = calling.slots(MONDAY, ALWAYS)[0]
    assert first not in calling.free_slots(MONDAY, ALWAYS, {first: calling.CALLS_IN_A_SLOT})
    assert first in calling.free_slots(MONDAY, ALWAYS, {first: calling.CALLS_IN_A_SLOT - 1})


def test_of_three_promises_two_kept_are_sixty_six_of_a_hundred():
    until = at(10)
    tried = [(until, until), (until, at(9)), (until, at(11))]
    assert calling.share_in_time(tried) == 66
    assert calling.share_in_time([]) is None


def test_an_opinion_is_changed_for_seven_days():
    assert may_change(MONDAY, MONDAY + timedelta(days=6))
    assert not may_change(MONDAY, MONDAY + timedelta(days=7))


@pytest.mark.parametrize(
    ("mark", "words", "asked"), [(2, "Chậm", True), (2, " ", False), (3, "Tạm được", False)]
)
def test_only_low_marks_with_words_are_put_before_the_leader(mark, words, asked):
    assert to_answer(mark, words) is asked


def counted(procedure, mark, count, agency=1):
    return Counted(Kind.ENDING, agency, procedure, mark, count)


def test_five_opinions_are_published_and_four_are_not():
    rows = published([counted("A", 5, 4), counted("A", 1, 1), counted("B", 5, 4)])
    assert [(row.procedure, row.tally.total, row.tally.satisfied) for row in rows] == [
        ("", 5, 80),
        ("A", 5, 80),
    ]


def test_what_is_too_little_cannot_be_told_from_the_whole():
    whole = published([counted("A", 5, 6), counted("B", 1, 3)])[0]
    assert whole.tally.total == 6


def test_little_rests_of_several_procedures_count_together_when_they_are_enough():
    whole, *of_each = published([counted("A", 5, 3), counted("B", 1, 3)])
    assert whole.tally.total == 6
    assert of_each == []


MARKS = st.dictionaries(st.integers(1, 5), st.integers(0, 9), max_size=5)


@given(st.dictionaries(st.sampled_from("ABCD"), MARKS, max_size=4))
def test_from_all_that_is_published_nobody_computes_fewer_than_five(offices):
    told = [counted(name, mark, n) for name, marks in offices.items() for mark, n in marks.items()]
    rows = published(told)
    assert all(row.tally.total >= 5 for row in rows)
    if rows:
        rest = rows[0].tally.total - sum(row.tally.total for row in rows[1:])
        assert rest == 0 or rest >= 5


def test_a_tally_counts_every_mark():
    assert tally({1: 2, 5: 3}).counts == (2, 0, 0, 0, 3)
