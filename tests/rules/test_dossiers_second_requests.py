"""A second supplement request waits for a leader; the first needs nobody."""

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.offers import offered
from motcua.dossiers.rules.refusals import NotYours, SecondRequest
from motcua.dossiers.rules.second_requests import AlreadyPrepared, FirstRequest, NothingPrepared
from motcua.dossiers.rules.waiting import APPROVAL, waiting
from tests import cast
from tests.rules.heart import FAULT, FIELD_FAULT, LAW, Story

PREPARE = a.PrepareRequest(leg="birth", faults=(FAULT,))


@pytest.fixture
def asked_once():
    """A dossier whose first request is answered."""
    story = Story().received()
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FIELD_FAULT,)))
    return story(cast.MOTHER, a.Supplement(leg="birth", fields=("child.full_name",)))


def test_the_first_request_is_not_put_before_the_leader():
    with pytest.raises(FirstRequest):
        Story().received()(cast.REGISTRAR, PREPARE)


def test_a_prepared_request_waits_for_the_leader_while_the_work_goes_on(asked_once):
    story = asked_once(cast.REGISTRAR, PREPARE)
    row = waiting(LAW, story.now)[APPROVAL, "birth", ""]
    assert (row.agency, row.role) == (cast.COMMUNE, "leader")
    assert not story.now.clock.standing
    assert not story.now.requests


def test_it_is_prepared_once_at_a_time(asked_once):
    asked_once(cast.REGISTRAR, PREPARE)
    with pytest.raises(AlreadyPrepared) as told:
        asked_once(cast.REGISTRAR, PREPARE)
    assert told.value.data["who"] == cast.REGISTRAR.name


def test_the_leader_sends_what_was_prepared(asked_once):
    asked_once(cast.REGISTRAR, PREPARE)
    with pytest.raises(SecondRequest):
        asked_once(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    act = a.AskSupplement(leg="birth", faults=(FAULT,), approved_by=cast.LEADER.name)
    asked_once(cast.LEADER, act)
    assert asked_once.now.requests["birth"].number == 2
    assert not asked_once.now.to_approve


def test_the_leader_hands_it_back_with_a_remark(asked_once):
    asked_once(cast.REGISTRAR, PREPARE)
    with pytest.raises(NotYours):
        asked_once(cast.REGISTRAR, a.DeclineRequest(leg="birth", remark="Không cần"))
    asked_once(cast.LEADER, a.DeclineRequest(leg="birth", remark="Đối chiếu là đủ"))
    assert not asked_once.now.to_approve
    with pytest.raises(NothingPrepared):
        asked_once(cast.LEADER, a.DeclineRequest(leg="birth", remark="Nữa"))


def test_it_is_over_once_the_step_is(asked_once):
    asked_once(cast.REGISTRAR, PREPARE)
    asked_once(cast.REGISTRAR, a.TakeStep(leg="birth", step="draft"))
    assert not asked_once.now.to_approve
    assert not asked_once.now.prepared


def test_officials_are_offered_to_prepare_and_leaders_to_ask(asked_once):
    at = asked_once.at
    mine = {offer.doing for offer in offered(LAW, asked_once.now, cast.REGISTRAR, at)}
    assert "prepare" in mine
    theirs = {offer.doing for offer in offered(LAW, asked_once.now, cast.LEADER, at)}
    assert "supplement" in theirs
    assert "prepare" not in theirs


def test_before_reception_the_front_desk_prepares():
    story = Story().filed()
    story(cast.FRONT_DESK, a.AskSupplement(faults=(FIELD_FAULT,)))
    story(cast.MOTHER, a.Supplement(fields=("child.full_name",)))
    told = story(cast.FRONT_DESK, a.PrepareRequest(faults=(FAULT,)))
    assert isinstance(told.events[-1], e.RequestPrepared)
    assert "" in story.now.to_approve
    story(cast.FRONT_DESK, a.Receive())
    assert not story.now.to_approve
