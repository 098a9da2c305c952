"""Phones, personal numbers, birth dates and the timing of codes: plain rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.identity.rules import birth_date, codes, personal_number, phone
from motcua.identity.rules.personal_number import Doubt
from motcua.identity.rules.refusals import PhoneNotMobile

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
moments = st.lists(
    st.integers(0, 3599).map(lambda ago: NOON - timedelta(seconds=ago)), max_size=8
).map(sorted)


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "+84912345678",
        "84 912.345.678",
        "0084912345678",
        "+84 0912345678",
    ],
)
def test_a_mobile_number_is_understood_however_it_is_written(typed):
    assert phone.mobile(typed) == "+84912345678"


@pytest.mark.parametrize(
    "typed", ["", "12345", "02203123456", "0112345678", "09123456789", "09a2345678"]
)
def test_a_number_that_no_sms_reaches_is_refused(typed):
    with pytest.raises(PhoneNotMobile):
        phone.mobile(typed)


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_mobile_number_survives_being_spoken(local):
    e164 = phone.mobile(local)
    assert phone.mobile(phone.spoken(e164)) == e164


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_masked_number_hides_three_digits(local):
    shown = phone.masked(phone.mobile(local))
    assert shown == f"{local[:4]} ••• {local[7:]}"


@pytest.mark.parametrize(
    ("number", "year", "male"),
    [
        ("030194000001", 1994, False),
        ("001085000002", 1985, True),
        ("031226000003", 2026, True),
        ("031326000004", 2026, False),
        ("036503000005", 2103, False),
    ],
)
def test_a_personal_number_speaks_of_year_and_sex(number, year, male):
    assert (personal_number.birth_year(number), personal_number.is_male(number)) == (year, male)


def test_a_number_that_fits_raises_no_doubt():
    assert personal_number.doubts("030194000001", birth_date="1994-05-02", sex="female") == set()


def test_a_number_that_does_not_fit_raises_both_doubts():
    found = personal_number.doubts("030194000001", birth_date="1995", sex="male")
    assert found == {Doubt.YEAR, Doubt.SEX}


def test_an_unknown_place_code_is_no_reason_for_doubt():
    assert personal_number.doubts("199194000001", birth_date="1994", sex="female") == set()


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("02/05/1994", "1994-05-02"),
        ("2/5/1994", "1994-05-02"),
        ("05/1994", "1994-05"),
        ("1994", "1994"),
        ("2.5.1994", "1994-05-02"),
        ("hôm qua", ""),
        ("1/2/3/1994", ""),
        ("02/05/94", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(typed, iso):
    assert birth_date.from_vietnamese(typed) == iso


@pytest.mark.parametrize("text", ["1994-02-30", "1994-13", "1800", "2026-11-24", "94", "1994-2-3"])
def test_an_impossible_or_future_birth_date_is_refused(text):
    assert not birth_date.is_birth_date(text, today=date(2026, 11, 23))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 23)))
def test_a_real_date_comes_back_as_it_went(day):
    iso = birth_date.from_vietnamese(birth_date.to_vietnamese(day.isoformat()))
    assert iso == day.isoformat()
    assert birth_date.is_birth_date(iso, today=date(2026, 11, 23))


def test_unknown_parts_of_a_date_are_shown_as_blanks():
    assert birth_date.to_vietnamese("1950") == "__/__/1950"


def test_the_pause_doubles_from_half_a_minute():
    assert [codes.pause_after(n).seconds for n in range(5)] == [0, 30, 60, 120, 240]


def test_the_first_code_goes_at_once():
    assert codes.may_send_from(same_purpose=[], any_purpose=[]) is None


def test_the_sixth_code_waits_until_the_first_is_an_hour_old():
    sent = [NOON + timedelta(minutes=minute) for minute in (0, 1, 2, 4, 9)]
    assert codes.may_send_from(same_purpose=[], any_purpose=sent) == NOON + timedelta(hours=1)


@given(moments, moments)
def test_every_code_more_makes_the_wait_longer_or_equal(sent, other):
    both = sorted(sent + other)
    after = codes.may_send_from(same_purpose=[*sent, NOON], any_purpose=[*both, NOON])
    assert after is not None
    assert after >= NOON + codes.pause_after(len(sent) + 1)


@given(st.text())
def test_a_tidied_code_holds_plain_digits_only(typed):
    assert all(sign in "0123456789" for sign in codes.tidy_code(typed))


def test_spaces_in_a_code_are_forgiven():
    assert codes.tidy_code(" 123 456 ") == "123456"


@given(st.timedeltas(timedelta(), timedelta(hours=2)))
def test_waiting_the_seconds_told_is_always_enough(left):
    seconds = codes.seconds_until(NOON + left, NOON)
    assert NOON + timedelta(seconds=seconds) >= NOON + left
