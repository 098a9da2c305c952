"""Dates of which perhaps only the year is known."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.partial_date import (
    Age,
    BornLater,
    DateImpossible,
    DateUnreadable,
    DateYearOutOfRange,
    DateYearShort,
    PartialDate,
    age_at,
    read,
    show,
)

DAYS = st.dates(date(1850, 1, 1), date(2150, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    known = draw(st.sampled_from([1, 2, 3]))
    return PartialDate(*(day.year, day.month, day.day)[:known])


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("23/11/2026", "2026-11-23"),
        ("23-11-2026", "2026-11-23"),
        ("23.11.2026", "2026-11-23"),
        ("23 11 2026", "2026-11-23"),
        ("3/1/1950", "1950-01-03"),
        (" 23 / 11 / 2026 ", "2026-11-23"),
        ("23112026", "2026-11-23"),
        ("2026-11-23", "2026-11-23"),
        ("２３/１１/２０２６", "2026-11-23"),
        ("11/2026", "2026-11"),
        ("1-2026", "2026-01"),
        ("2026-11", "2026-11"),
        ("__/11/2026", "2026-11"),
        ("2026", "2026"),
        ("__/__/1950", "1950"),
        ("--/--/1950", "1950"),
        ("00/00/1950", "1950"),
        ("ngày 23 tháng 11 năm 2026", "2026-11-23"),
        ("Ngày 2 tháng 9 năm 1945.", "1945-09-02"),
        ("tháng 11 năm 2026", "2026-11"),
        ("năm 1950", "1950"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, iso: str) -> None:
    assert read(typed).iso() == iso


@pytest.mark.parametrize("typed", ["", "hôm qua", "23/11", "23/11/20266", "11", "ngày 5 năm 2026/"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(DateUnreadable):
        read(typed)


@pytest.mark.parametrize("typed", ["23/11/26", "1-1-85"])
def test_a_year_of_two_digits_is_asked_in_full(typed: str) -> None:
    with pytest.raises(DateYearShort):
        read(typed)


@pytest.mark.parametrize(
    "typed", ["31/04/2026", "29/02/2026", "11/23/2026", "32/01/2026", "13/2026", "ngày 5 năm 2026"]
)
def test_a_day_the_calendar_does_not_have_is_refused(typed: str) -> None:
    with pytest.raises(DateImpossible):
        read(typed)


def test_a_leap_day_exists_in_its_year() -> None:
    assert read("29/02/2024").exact == date(2024, 2, 29)


@pytest.mark.parametrize("year", [1799, 2200, 9999])
def test_a_year_no_record_carries_is_refused(year: int) -> None:
    with pytest.raises(DateYearOutOfRange):
        PartialDate(year)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (PartialDate(2026, 11, 23), "23/11/2026"),
        (PartialDate(1950, 3), "__/03/1950"),
        (PartialDate(1950), "__/__/1950"),
    ],
)
def test_what_is_not_known_is_shown_blank(moment: PartialDate, shown: str) -> None:
    assert show(moment) == shown


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (PartialDate(1950), PartialDate(1951), True),
        (PartialDate(1951), PartialDate(1950), False),
        (PartialDate(1950), PartialDate(1950), None),
        (PartialDate(1950), PartialDate(1950, 6), None),
        (PartialDate(1950, 5), PartialDate(1950, 6, 1), True),
        (PartialDate(1950, 6, 1), PartialDate(1950, 6, 1), False),
        (PartialDate(1950, 6, 30), PartialDate(1950, 6), False),
        (PartialDate(1950, 6, 29), PartialDate(1950, 6), None),
    ],
)
def test_order_is_told_only_when_it_is_certain(
    one: PartialDate, other: PartialDate, answer: Any
) -> None:
    assert one.before(other) is answer


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (PartialDate(2020, 11, 24), date(2026, 11, 23), Age(5, 5)),
        (PartialDate(2020, 11, 23), date(2026, 11, 23), Age(6, 6)),
        (PartialDate(1950), date(2026, 11, 23), Age(75, 76)),
        (PartialDate(1950, 11), date(2026, 11, 23), Age(75, 76)),
        (PartialDate(1950, 10), date(2026, 11, 23), Age(76, 76)),
        (PartialDate(2024, 2, 29), date(2026, 2, 28), Age(1, 1)),
        (PartialDate(2024, 2, 29), date(2026, 3, 1), Age(2, 2)),
        (PartialDate(2026), date(2026, 11, 23), Age(0, 0)),
    ],
)
def test_age_is_as_certain_as_the_birth_date(birth: PartialDate, on: date, age: Age) -> None:
    assert age_at(birth, on) == age


def test_an_age_between_two_is_not_exact() -> None:
    assert (Age(75, 76).exact, Age(6, 6).exact) == (None, 6)


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(BornLater):
        age_at(PartialDate(2026, 11, 24), date(2026, 11, 23))


@given(partial_dates())
def test_what_is_shown_and_stored_is_read_back(moment: PartialDate) -> None:
    assert read(show(moment)) == read(moment.iso()) == moment


@given(DAYS, DAYS)
def test_full_dates_are_always_in_order(one: date, two: date) -> None:
    assert PartialDate.of(one).before(PartialDate.of(two)) is (one < two)


@given(partial_dates(), partial_dates())
def test_certainly_before_holds_for_every_day_it_can_be(one: PartialDate, two: PartialDate) -> None:
    if one.before(two):
        assert one.latest < two.earliest
        assert two.before(one) is False


@given(DAYS, st.integers(0, 40_000))
def test_the_age_of_a_whole_year_spans_that_of_the_day(birth: date, days: int) -> None:
    on = date.fromordinal(birth.toordinal() + days)
    exact, rough = age_at(PartialDate.of(birth), on), age_at(PartialDate(birth.year), on)
    assert rough.least <= exact.least == exact.most <= rough.most
