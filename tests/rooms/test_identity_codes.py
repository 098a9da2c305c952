"""One-time codes in the database."""

import itertools
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.identity.models import OneTimeCode
from motcua.identity.operations import check_code, forget_old_codes, issue_code
from motcua.identity.rules.refusals import (
    CodeExpired,
    CodeUsedBefore,
    CodeUsedUp,
    CodeWrong,
    ResendTooSoon,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
HOA = "+84912345678"
numbers = itertools.count(912000000)


def issue(at=NOON, *, to=HOA, purpose="sign-in", reference="browser"):
    return issue_code(purpose=purpose, destination=to, reference=reference, at=at)


def check(code, at=NOON, *, to=HOA, purpose="sign-in", reference="browser"):
    check_code(purpose=purpose, destination=to, reference=reference, code=code, at=at)


def other_than(code):
    return f"{(int(code) + 1) % 1000000:06}"


@pytest.mark.django_db
def test_a_code_has_six_digits():
    assert re.fullmatch(r"[0-9]{6}", issue())


@pytest.mark.django_db
def test_the_right_code_is_taken():
    check(issue())
    assert OneTimeCode.objects.get().used_at == NOON


@pytest.mark.django_db
def test_a_code_is_never_kept_in_clear():
    code = issue()
    row = OneTimeCode.objects.values_list().get()
    assert all(code != str(value) for value in row)


@pytest.mark.django_db
def test_a_wrong_code_says_how_many_tries_are_left():
    code = issue()
    with pytest.raises(CodeWrong) as refusal:
        check(other_than(code))
    assert refusal.value.data == {"tries_left": 4}


@pytest.mark.django_db
def test_after_five_wrong_codes_the_right_one_is_useless():
    code = issue()
    for _ in range(4):
        with pytest.raises(CodeWrong):
            check(other_than(code))
    with pytest.raises(CodeUsedUp):
        check(other_than(code))
    with pytest.raises(CodeUsedUp):
        check(code)


@pytest.mark.django_db
def test_a_code_is_good_until_the_fifth_minute_is_over():
    code = issue()
    with pytest.raises(CodeExpired):
        check(code, NOON + timedelta(minutes=5))
    check(code, NOON + timedelta(minutes=5, microseconds=-1))


@pytest.mark.django_db
def test_a_code_works_once():
    code = issue()
    check(code)
    with pytest.raises(CodeUsedBefore):
        check(code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere", [{"to": "+84987654321"}, {"purpose": "submit"}, {"reference": "another browser"}]
)
def test_a_code_works_only_where_it_was_asked_for(elsewhere):
    code = issue()
    with pytest.raises(CodeExpired):
        check(code, **elsewhere)


@pytest.mark.django_db
def test_a_new_code_ends_the_old_one():
    old = issue()
    later = NOON + timedelta(seconds=30)
    new = issue(later)
    if old != new:
        with pytest.raises(CodeWrong):
            check(old, later)
    check(new, later)


@pytest.mark.django_db
def test_codes_are_sent_again_with_growing_pauses():
    at = NOON
    for pause in (30, 60, 120, 240):
        issue(at)
        with pytest.raises(ResendTooSoon) as refusal:
            issue(at + timedelta(seconds=1))
        assert refusal.value.data == {"seconds": pause - 1}
        at += timedelta(seconds=pause)


@pytest.mark.django_db
def test_a_phone_gets_five_unused_codes_an_hour_whatever_the_purpose():
    for number in range(5):
        issue(NOON + timedelta(minutes=10 * number), purpose=f"purpose {number}")
    with pytest.raises(ResendTooSoon) as refusal:
        issue(NOON + timedelta(minutes=41), purpose="one more")
    assert refusal.value.data == {"seconds": 19 * 60}


@pytest.mark.django_db
def test_who_uses_the_codes_may_have_more():
    for _ in range(8):
        check(issue())


@pytest.mark.django_db
def test_the_database_forbids_two_live_codes():
    issue()
    row = OneTimeCode.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save()


@pytest.mark.django_db
def test_old_codes_are_forgotten_after_a_day():
    issue()
    assert forget_old_codes(at=NOON + timedelta(hours=23)) == 0
    assert forget_old_codes(at=NOON + timedelta(hours=25)) == 1


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 400)), max_size=9))
def test_whatever_is_tried_a_code_opens_once_within_five_tries_and_five_minutes(tries):
    to = f"+84{next(numbers)}"
    code, opened, wrong, clock = issue(to=to), 0, 0, 0
    for right, pause in tries:
        clock += pause
        may_open = right and not opened and wrong < 5 and clock < 300
        try:
            check(code if right else other_than(code), NOON + timedelta(seconds=clock), to=to)
        except (CodeWrong, CodeUsedUp, CodeExpired, CodeUsedBefore):
            wrong += not right
            assert not may_open
        else:
            opened += 1
            assert may_open
    assert opened <= 1


def _try(code):
    try:
        check(code)
    except CodeUsedBefore:
        return "used before"
    except CodeWrong:
        return "wrong"
    except CodeUsedUp:
        return "used up"
    else:
        return "in"
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_checks_at_once_cannot_both_succeed():
    code = issue()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(_try, [code] * 8))
    assert sorted(answers) == ["in", *["used before"] * 7]


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_cost_a_try_each():
    code = issue()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(_try, [other_than(code)] * 12))
    assert answers.count("wrong") == 4
    assert answers.count("used up") == 8
    assert OneTimeCode.objects.get().tries == 5


def _issue(_):
    try:
        return bool(issue())
    except ResendTooSoon:
        return False
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_send_one_code():
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(_issue, range(8))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_failed_try_stays_counted():
    code = issue()
    with pytest.raises(CodeWrong):
        check(other_than(code))
    assert OneTimeCode.objects.get().tries == 1
