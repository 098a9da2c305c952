"""Where a limit is near an act costs work or a minute: once, for one act of one network, for half an hour."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from motcua.toolkit import networks, work
from motcua.toolkit.refusals import TooOften
from motcua.toolkit.work import ANSWER, TICKET, WorkWanted, must_be_done

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HERE = "codes:a-network"


def sent(**fields):
    return RequestFactory().post("/", fields)


def riddle(whose=HERE, at=AT, **fields):
    with pytest.raises(WorkWanted) as wanted:
        must_be_done(sent(**fields), whose, at)
    return wanted.value.riddle


def solved(given):
    return next(
        str(n)
        for n in range(given.most)
        if hashlib.sha256(f"{given.salt}{n}".encode()).hexdigest() == given.goal
    )


def passes(fields, *, whose=HERE, at=AT):
    try:
        must_be_done(sent(**fields), whose, at)
    except WorkWanted:
        return False
    return True


def test_the_right_number_opens_once():
    given = riddle()
    fields = {TICKET: given.ticket, ANSWER: solved(given)}
    assert [passes(fields) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("answer", ["", "-1", "20001", "1e3", "٣", "9" * 5000])
def test_a_wrong_number_opens_nothing_and_the_riddle_stays(answer):
    given = riddle()
    assert riddle(**{TICKET: given.ticket, ANSWER: answer}).salt == given.salt


def test_work_is_worth_nothing_for_another_act_or_network():
    given = riddle()
    assert not passes({TICKET: given.ticket, ANSWER: solved(given)}, whose="codes:another")


def test_work_is_worth_nothing_after_half_an_hour():
    given = riddle()
    later = AT + work.PATIENCE + timedelta(seconds=1)
    assert not passes({TICKET: given.ticket, ANSWER: solved(given)}, at=later)


def test_a_ticket_of_ones_own_making_is_none():
    given = riddle()
    assert not passes({TICKET: given.ticket[:-1] + "x", ANSWER: solved(given)})


def test_who_has_no_scripts_waits_a_minute():
    given = riddle()
    assert riddle(at=AT + timedelta(seconds=40), **{TICKET: given.ticket}).seconds == 21
    assert passes({TICKET: given.ticket}, at=AT + work.WAIT)


def test_many_tickets_drawn_at_once_are_no_way_around_waiting():
    first, second = riddle(), riddle()
    assert passes({TICKET: first.ticket}, at=AT + work.WAIT)
    with pytest.raises(TooOften):
        passes({TICKET: second.ticket}, at=AT + work.WAIT)


def test_half_of_the_allowance_is_free_and_the_end_stays_the_end(settings):
    settings.NETWORK_ALLOWANCE = 1
    for _ in range(2):
        networks.brake_gently(sent(), "asking", 4)
    for _ in range(2):
        with pytest.raises(WorkWanted) as wanted:
            networks.brake_gently(sent(), "asking", 4)
        given = wanted.value.riddle
        networks.brake_gently(sent(**{TICKET: given.ticket, ANSWER: solved(given)}), "asking", 4)
    with pytest.raises(TooOften):
        networks.brake_gently(sent(), "asking", 4)
