"""Issued results that change: who proposes, who signs, from where, and what becomes of the dossier."""

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Actor, Fault
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.offers import offered
from motcua.dossiers.rules.refusals import NotNow, NotYours, ReasonMissing
from motcua.dossiers.rules.results import (
    ChangeWaits,
    DecisionMissing,
    NoChangeWaits,
    NothingCorrected,
    NotInForce,
    ResultNotThere,
    SameHand,
)
from motcua.dossiers.rules.status import Status
from motcua.dossiers.rules.waiting import APPROVAL, waiting
from tests import cast
from tests.rules.heart import LAW, Story, answer

WRONG = Fault(code="clerical_error", text="Ghi sai tên đệm", basis="NĐ 30/2020")
PAPER = "birth_paper"
CORRECT = a.CorrectResult(result=PAPER, reason=WRONG, fields=("child.full_name",))
REVOKE = a.RevokeResult(result=PAPER, reason=WRONG, decision="12/QĐ-UBND")
REINSTATE = a.ReinstateResult(result=PAPER, reason=WRONG, decision="13/QĐ-UBND")
SIGN = a.SignChange(result=PAPER)
DROP = a.DropChange(result=PAPER, remark="Chưa đủ căn cứ")
SECOND_LEADER = cast.LEADER.model_copy(update={"id": "33", "name": "Lê Văn Hai"})


def born() -> Story:
    return Story().born()


def closed() -> Story:
    """Return a dossier whose results are all with the mother."""
    story = born().paid()
    story(
        cast.POLICE_OFFICER,
        a.TakeStep(leg="residence", step="decide", values={"notice_number": "1"}),
    )
    story(cast.CLERK, a.TakeStep(leg="insurance", step="decide"))
    for leg in ("birth", "residence", "insurance"):
        story(cast.CLOCKWORK, a.ReturnResult(result=f"{leg}_paper", way="online"))
    assert story.now.status is Status.RETURNED
    return story


def test_a_correction_counts_once_another_person_has_signed():
    story = born()(cast.REGISTRAR, CORRECT)
    assert story.now.edition(PAPER) == 1
    story(cast.LEADER, SIGN)
    assert story.now.edition(PAPER) == 2
    assert not story.now.changes


def test_a_corrected_result_goes_to_the_person_anew_even_after_the_end():
    story = closed()(cast.REGISTRAR, CORRECT)(cast.LEADER, SIGN)
    assert [result.id for result in story.now.available()] == [PAPER]
    story(cast.CLOCKWORK, a.ReturnResult(result=PAPER, way="online"))
    assert not story.now.available()
    assert story.now.status is Status.RETURNED


def test_who_proposed_does_not_sign():
    story = born()(cast.LEADER, CORRECT)
    with pytest.raises(SameHand):
        story(cast.LEADER, SIGN)
    story(SECOND_LEADER, SIGN)
    assert story.now.edition(PAPER) == 2


@pytest.mark.parametrize(
    "by", [cast.FRONT_DESK, cast.POLICE_OFFICER, cast.CLERK, cast.OTHER_DESK, cast.MOTHER,
           cast.REGISTRY, cast.CLOCKWORK],
)  # fmt: skip
@pytest.mark.parametrize("act", [CORRECT, REVOKE], ids=["correct", "revoke"])
def test_only_people_of_the_results_own_agency_propose(by, act):
    with pytest.raises(NotYours):
        born()(by, act)


@pytest.mark.parametrize("by", [cast.REGISTRAR, cast.FRONT_DESK, cast.POLICE_OFFICER])
def test_only_its_leader_signs(by):
    story = born()(SECOND_LEADER, REVOKE)
    with pytest.raises(NotYours):
        story(by, SIGN)


def test_a_result_that_another_system_issued_is_changed_there():
    story = Story().born(residence_party="residence").paid()
    story(Actor(kind="agency", id="residence"), answer("residence", "decide"))
    act = a.RevokeResult(result="residence_paper", reason=WRONG, decision="1")
    with pytest.raises(NotYours):
        story(cast.POLICE_OFFICER, act)


def test_what_is_not_issued_cannot_change():
    with pytest.raises(ResultNotThere):
        Story().registered()(cast.REGISTRAR, CORRECT)
    with pytest.raises(ResultNotThere):
        born()(cast.REGISTRAR, CORRECT.model_copy(update={"result": "gone"}))


def test_one_change_waits_at_a_time():
    story = born()(cast.REGISTRAR, CORRECT)
    with pytest.raises(ChangeWaits):
        story(cast.REGISTRAR, REVOKE)


def test_a_change_sent_back_leaves_the_result_as_it_was():
    story = born()(cast.REGISTRAR, REVOKE)(cast.LEADER, DROP)
    assert PAPER not in story.now.revoked
    assert [result.id for result in story.now.available()] == [PAPER]
    with pytest.raises(NoChangeWaits):
        story(cast.LEADER, SIGN)


def test_who_proposed_takes_it_back_but_nobody_else_of_the_office():
    story = born()(cast.REGISTRAR, CORRECT)
    with pytest.raises(NotYours):
        story(cast.FRONT_DESK, DROP)
    story(cast.REGISTRAR, DROP)
    assert not story.now.changes


def test_a_revoked_result_is_not_handed_over_and_counts_again_when_reinstated():
    story = born()(cast.REGISTRAR, REVOKE)(cast.LEADER, SIGN)
    assert not story.now.available()
    with pytest.raises(NotInForce):
        story(cast.REGISTRAR, CORRECT)
    story(cast.REGISTRAR, REINSTATE)(cast.LEADER, SIGN)
    assert [result.id for result in story.now.available()] == [PAPER]


def test_only_what_is_revoked_is_reinstated():
    with pytest.raises(NotInForce):
        born()(cast.REGISTRAR, REINSTATE)


def test_a_change_needs_a_coded_reason_a_decision_and_a_difference():
    bare = Fault(code="", text="vì thế")
    for act, why in (
        (CORRECT.model_copy(update={"reason": bare}), ReasonMissing),
        (CORRECT.model_copy(update={"fields": ()}), NothingCorrected),
        (REVOKE.model_copy(update={"decision": " "}), DecisionMissing),
    ):
        with pytest.raises(why):
            born()(cast.REGISTRAR, act)


def test_the_leader_of_its_agency_finds_the_change_in_the_queue():
    story = born()(cast.REGISTRAR, CORRECT)
    waits = waiting(LAW, story.now)[APPROVAL, "birth", PAPER]
    assert (waits.agency, waits.role) == (cast.COMMUNE, "leader")
    assert waits.due > story.at
    story(cast.LEADER, SIGN)
    assert not [key for key in waiting(LAW, story.now) if key[0] == APPROVAL]


def test_each_is_offered_exactly_what_the_heart_allows_them():
    story = born()
    assert {"correct", "revoke"} <= {
        o.doing for o in offered(LAW, story.now, cast.REGISTRAR, story.at)
    }
    story(cast.REGISTRAR, CORRECT)
    mine = {o.doing for o in offered(LAW, story.now, cast.REGISTRAR, story.at)}
    leaders = {o.doing for o in offered(LAW, story.now, cast.LEADER, story.at)}
    assert "sign_change" not in mine
    assert {"sign_change", "drop_change"} <= leaders


def test_from_every_status_with_a_result_and_from_no_other():
    without = {Status.REGISTERED, Status.DECLINED}
    for act in (CORRECT, REVOKE, REINSTATE, SIGN, DROP):
        assert MOVES[type(act)].origin == set(Status) - without


def test_before_reception_nothing_changes():
    with pytest.raises(NotNow):
        Story().filed()(cast.REGISTRAR, CORRECT)


def test_the_status_stays_whatever_becomes_of_a_result():
    acts = [(cast.REGISTRAR, CORRECT), (cast.LEADER, SIGN), (cast.REGISTRAR, REVOKE),
            (cast.LEADER, SIGN), (cast.REGISTRAR, REINSTATE), (cast.LEADER, SIGN)]  # fmt: skip
    story = closed()
    for by, act in acts:
        story(by, act)
        assert story.now.status is Status.RETURNED


def test_what_was_issued_before_a_stop_is_still_handed_over():
    story = Story().born(way="counter")
    story(cast.LEADER, a.Stop(faults=(WRONG,)))
    story(cast.FRONT_DESK, a.ReturnResult(result=PAPER, way="counter", receiver="Mai"))
    assert PAPER in story.now.returned
    assert story.now.status is Status.STOPPED
