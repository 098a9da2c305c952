"""The timing of one-time codes, as plain rules."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.identity.rules import codes

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
moments = st.lists(
    st.integers(0, 3599).map(lambda ago: NOON - timedelta(seconds=ago)), max_size=8
).map(sorted)


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
