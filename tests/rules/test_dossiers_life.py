"""The life of a dossier, from filing to its last result."""

from datetime import datetime

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.evolve import fold
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import (
    FeeFirst,
    LegNotOpen,
    NotAsked,
    NothingToReturn,
    NotNow,
    NotYours,
    ReasonMissing,
    SecondRequest,
    ValueMissing,
)
from motcua.dossiers.rules.status import LegState, Status
from motcua.kernel.working_time import ZONE
from motcua.procedures.rules.procedure import Procedure
from tests import cast
from tests.rules.heart import (
    FAULT,
    FIELD_FAULT,
    LAW,
    MONDAY,
    PROCEDURE,
    Story,
    answer,
    submission,
)

NOTICE = a.TakeStep(leg="residence", step="decide", values={"notice_number": "7"})
CARD = a.TakeStep(leg="insurance", step="decide")


def states(story: Story) -> dict[str, LegState]:
    return {leg.id: leg.state for leg in story.now.legs.values()}


def test_a_filed_dossier_waits_for_reception_and_its_clock_does_not_run():
    dossier = Story().filed().now
    assert dossier.status is Status.REGISTERED
    assert dossier.clock.due is None


def test_reception_starts_the_clock_and_opens_the_first_leg():
    dossier = Story().received().now
    assert dossier.status is Status.PROCESSING
    assert dossier.clock.due == datetime(2026, 3, 5, 17, 0, tzinfo=ZONE)
    assert dossier.leg("birth").step == "draft"


def test_the_desk_of_another_commune_cannot_receive_it():
    with pytest.raises(NotYours):
        Story().filed()(cast.OTHER_DESK, a.Receive())


def test_it_is_received_once():
    with pytest.raises(NotNow):
        Story().received()(cast.FRONT_DESK, a.Receive())


def test_declining_needs_a_coded_reason():
    with pytest.raises(ReasonMissing):
        Story().filed()(cast.FRONT_DESK, a.Decline(faults=()))


def test_a_declined_dossier_is_over():
    story = Story().filed()(cast.FRONT_DESK, a.Decline(faults=(FAULT,)))
    assert story.now.status is Status.DECLINED
    with pytest.raises(NotNow):
        story(cast.FRONT_DESK, a.Receive())


def test_the_mother_confirms_the_draft_and_the_registry_is_asked():
    story = Story().agreed()
    assert story.now.leg("birth").step == "register"
    assert story.kinds()[-1] == "LegAsked"


def test_her_silence_agrees_when_the_day_is_over():
    story = Story().drafted().later(days=2)
    story(cast.CLOCKWORK, a.ConfirmDraft(leg="birth", step="confirm", silence=True))
    assert story.now.leg("birth").step == "register"


def test_silence_does_not_agree_before_the_day_is_over():
    with pytest.raises(LegNotOpen):
        Story().drafted()(cast.CLOCKWORK, a.ConfirmDraft(leg="birth", step="confirm", silence=True))


def test_a_draft_she_finds_wrong_goes_back_to_the_registrar_with_her_remark():
    story = Story().drafted()(
        cast.MOTHER,
        a.ConfirmDraft(leg="birth", step="confirm", agrees=False, remark="Sai tên đệm"),
    )
    leg = story.now.leg("birth")
    assert (leg.step, leg.remark) == ("draft", "Sai tên đệm")


def test_a_registry_that_refuses_returns_the_leg_to_the_registrar():
    story = Story().agreed()(cast.REGISTRY, answer("birth", "register", "refused"))
    assert story.now.leg("birth").step == "draft"


def test_the_leader_may_send_it_back_but_not_without_a_word():
    story = Story().registered()
    with pytest.raises(ReasonMissing):
        story(cast.LEADER, a.SendBack(leg="birth", step="sign", remark=" "))
    story(cast.LEADER, a.SendBack(leg="birth", step="sign", remark="Thiếu nơi sinh"))
    assert story.now.leg("birth").step == "draft"


def test_the_registrar_cannot_sign_for_the_leader():
    with pytest.raises(NotYours):
        Story().registered()(cast.REGISTRAR, a.TakeStep(leg="birth", step="sign"))


def test_the_signature_opens_what_waited_for_the_birth_unless_a_fee_is_open():
    assert states(Story().born()) == {
        "birth": LegState.DONE,
        "residence": LegState.WAITING,
        "insurance": LegState.OPEN,
    }


def test_paying_opens_the_leg_that_waited_for_it():
    assert states(Story().born().paid())["residence"] is LegState.OPEN


def test_paid_before_the_birth_is_registered_both_legs_open_together():
    story = Story().filed().paid()(cast.FRONT_DESK, a.Receive())
    story(cast.REGISTRAR, a.TakeStep(leg="birth", step="draft"))
    story(cast.MOTHER, a.ConfirmDraft(leg="birth", step="confirm"))
    story(cast.REGISTRY, answer("birth", "register"))
    story(cast.LEADER, a.TakeStep(leg="birth", step="sign"))
    assert story.now.leg("residence").opened_at == story.now.leg("insurance").opened_at


def test_a_fee_is_settled_once():
    with pytest.raises(NotNow):
        Story().born().paid().paid()


def test_when_only_the_fee_is_missing_the_clock_stands_still():
    story = Story().born()(cast.CLERK, CARD)
    assert story.now.status is Status.FEE
    assert story.now.clock.due is None
    story.later(days=2).paid()
    assert story.now.status is Status.PROCESSING
    assert story.now.clock.due == datetime(2026, 3, 9, 17, 0, tzinfo=ZONE)


def test_a_step_that_asks_for_a_number_is_not_done_without_it():
    with pytest.raises(ValueMissing):
        Story().born().paid()(cast.POLICE_OFFICER, a.TakeStep(leg="residence", step="decide"))


def test_all_legs_done_and_all_results_home_the_dossier_is_closed():
    story = Story().born().paid()(cast.POLICE_OFFICER, NOTICE)(cast.CLERK, CARD)
    assert story.now.status is Status.FINISHED
    for result in list(story.now.promised):
        story(cast.CLOCKWORK, a.ReturnResult(result=result, way="online"))
    assert story.now.status is Status.RETURNED


def test_a_finished_leg_gives_its_result_before_the_others_are_done():
    story = Story().born()(cast.CLOCKWORK, a.ReturnResult(result="birth_paper", way="online"))
    assert story.now.returned == {"birth_paper"}
    assert story.now.status is Status.PROCESSING


def test_a_result_that_is_not_there_cannot_be_handed_over():
    with pytest.raises(NothingToReturn):
        Story().received()(cast.FRONT_DESK, a.ReturnResult(result="birth_paper", way="counter"))


def test_a_refused_insurance_card_leaves_birth_and_residence_alone():
    story = Story().born().paid()(cast.CLERK, a.RefuseLeg(leg="insurance", faults=(FAULT,)))
    story(cast.POLICE_OFFICER, NOTICE)
    assert states(story) == {
        "birth": LegState.DONE,
        "residence": LegState.DONE,
        "insurance": LegState.REFUSED,
    }
    assert story.now.status is Status.FINISHED


def test_a_refused_birth_ends_the_whole():
    story = Story().received()(cast.REGISTRAR, a.RefuseLeg(leg="birth", faults=(FAULT,)))
    assert states(story)["residence"] is LegState.CANCELLED
    assert story.now.status is Status.DECLINED


def test_a_linked_system_answers_for_its_own_leg_only():
    story = Story().born(residence_party="residence", insurance_party="insurance").paid()
    police_system = Actor(kind="agency", id="residence")
    with pytest.raises(NotYours):
        story(police_system, answer("insurance", "decide"))
    story(police_system, answer("residence", "decide", notice_number="9"))
    assert story.now.leg("residence").values == {"notice_number": "9"}


def test_an_official_cannot_decide_a_leg_that_is_worked_on_elsewhere():
    story = Story().born(residence_party="residence").paid()
    with pytest.raises(NotYours):
        story(cast.POLICE_OFFICER, NOTICE)


def ask(leg: str, *faults: object) -> a.AskSupplement:
    return a.AskSupplement(leg=leg, faults=faults or (FAULT,))  # type: ignore[arg-type]


def test_before_reception_the_desk_asks_and_the_answer_brings_it_back_to_the_queue():
    story = Story().filed()(cast.FRONT_DESK, ask(""))
    assert story.now.status is Status.SUPPLEMENT
    story(cast.MOTHER, a.Supplement(papers=("birth_note",)))
    assert story.now.status is Status.REGISTERED


def test_the_clock_stands_still_while_a_supplement_is_awaited():
    story = Story().received()(cast.REGISTRAR, ask("birth"))
    assert story.now.clock.due is None
    story.later(days=2)(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    assert story.now.clock.due == datetime(2026, 3, 9, 17, 0, tzinfo=ZONE)


def test_she_may_change_only_what_was_asked():
    story = Story().received()(cast.REGISTRAR, ask("birth", FIELD_FAULT))
    with pytest.raises(NotAsked):
        story(cast.MOTHER, a.Supplement(leg="birth", fields=("mother.full_name",)))


def test_she_must_bring_every_paper_that_was_asked():
    story = Story().received()(cast.REGISTRAR, ask("birth"))
    with pytest.raises(NotAsked):
        story(cast.MOTHER, a.Supplement(leg="birth"))


def test_a_second_request_needs_a_leader():
    story = Story().received()(cast.REGISTRAR, ask("birth"))
    story(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    with pytest.raises(SecondRequest):
        story(cast.REGISTRAR, ask("birth"))
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,), approved_by="Bùi Thị Hòa"))
    assert story.now.status is Status.SUPPLEMENT


def test_two_agencies_may_ask_at_the_same_time_and_the_clock_waits_for_both():
    story = Story().born(residence_party="residence", insurance_party="insurance").paid()
    story(Actor(kind="agency", id="residence"), answer("residence", "decide", "supplement"))
    story(Actor(kind="agency", id="insurance"), answer("insurance", "decide", "supplement"))
    story(cast.MOTHER, a.Supplement(leg="residence", fields=("child.full_name",)))
    assert story.now.status is Status.SUPPLEMENT
    assert story.now.clock.due is None
    story(cast.MOTHER, a.Supplement(leg="insurance", fields=("child.full_name",)))
    assert story.now.status is Status.PROCESSING
    assert story.now.clock.due is not None


def test_what_she_supplied_goes_to_the_system_that_asked():
    story = Story().born(insurance_party="insurance")
    story(Actor(kind="agency", id="insurance"), answer("insurance", "decide", "supplement"))
    story(cast.MOTHER, a.Supplement(leg="insurance", fields=("child.full_name",)))
    asked = story.events[-1]
    assert (story.kinds()[-1], asked.supplemented) == ("LegAsked", True)  # type: ignore[attr-defined]


def test_an_unanswered_request_of_one_leg_refuses_that_leg_only():
    story = Story().born(insurance_party="insurance").paid()
    story(Actor(kind="agency", id="insurance"), answer("insurance", "decide", "supplement"))
    story.later(days=20)(cast.CLOCKWORK, a.LapseSupplement(leg="insurance"))
    assert states(story)["insurance"] is LegState.REFUSED
    story(cast.POLICE_OFFICER, NOTICE)
    assert story.now.status is Status.FINISHED


def test_a_request_does_not_lapse_before_its_time():
    story = Story().filed()(cast.FRONT_DESK, ask(""))
    with pytest.raises(NotNow):
        story(cast.CLOCKWORK, a.LapseSupplement())


def test_she_takes_back_what_nobody_has_received_at_once():
    story = Story().filed()(cast.MOTHER, a.AskWithdraw())
    assert story.now.status is Status.STOPPED


def test_withdrawing_later_needs_the_desk_and_cancels_what_is_unfinished():
    story = Story().born()(cast.MOTHER, a.AskWithdraw())
    assert story.now.status is Status.WITHDRAWING
    story(cast.FRONT_DESK, a.AcceptWithdraw())
    assert story.now.status is Status.STOPPED
    assert states(story)["birth"] is LegState.DONE
    assert states(story)["insurance"] is LegState.CANCELLED


def test_a_declined_withdrawal_goes_on_where_it_was_with_the_lost_days_added():
    story = Story().received()(cast.MOTHER, a.AskWithdraw()).later(days=1)
    story(cast.FRONT_DESK, a.DeclineWithdraw(remark="Đã đăng ký"))
    assert story.now.status is Status.PROCESSING
    assert story.now.clock.due == datetime(2026, 3, 6, 17, 0, tzinfo=ZONE)


def test_a_stranger_cannot_withdraw_her_dossier():
    with pytest.raises(NotYours):
        Story().received()(cast.NOBODY, a.AskWithdraw())


def test_an_officer_of_another_field_neither_stops_a_birth_nor_gives_it_back():
    social = cast.REGISTRAR.model_copy(update={"role": "social_officer"})
    with pytest.raises(NotYours):
        Story().received()(social, a.Stop(faults=(FAULT,)))
    with pytest.raises(NotYours):
        Story().received()(cast.MOTHER, a.AskWithdraw())(social, a.AcceptWithdraw())


def test_an_officer_of_its_own_field_may_stop_a_dossier():
    told = PROCEDURE.model_dump(by_alias=True)
    told["plan"]["stages"][0]["steps"][0]["role"] = "social_officer"
    story = Story(Law(Procedure.model_validate(told, strict=False), LAW.calendar)).received()
    social = cast.REGISTRAR.model_copy(update={"role": "social_officer"})
    assert story(social, a.Stop(faults=(FAULT,))).now.status is Status.STOPPED


def test_an_answer_that_comes_while_she_wants_it_back_is_kept():
    story = Story().agreed()(cast.MOTHER, a.AskWithdraw())
    story(cast.REGISTRY, answer("birth", "register", number="1"))
    story(cast.FRONT_DESK, a.DeclineWithdraw(remark="Đã đăng ký"))
    assert story.now.leg("birth").step == "sign"


def test_the_same_history_always_tells_the_same_dossier():
    story = Story().born().paid()(cast.POLICE_OFFICER, NOTICE)(cast.CLERK, CARD)
    assert fold(story.events) == story.now
    assert story.now.seq == len(story.events)


COPIES = a.SettleFee(fee="copies", amount=8_000, reference="BL2")


def done(**how):
    """Return a story whose legs are all done, with a fee for copies that no leg waited for."""
    story = Story().born(copies=8_000, **how).paid()
    return story(cast.POLICE_OFFICER, NOTICE)(cast.CLERK, CARD)


def test_what_is_owed_is_paid_before_a_result_is_handed_over():
    story = done(way="counter")
    handing = a.ReturnResult(result="birth_paper", way="counter", receiver="Mai")
    with pytest.raises(FeeFirst):
        story(cast.FRONT_DESK, handing)
    story(cast.FRONT_DESK, COPIES)(cast.FRONT_DESK, handing)
    assert "birth_paper" in story.now.returned


def test_a_dossier_does_not_end_while_something_is_owed_and_its_clock_is_over():
    story = done()
    for stage in ("birth", "residence", "insurance"):
        story(cast.CLOCKWORK, a.ReturnResult(result=f"{stage}_paper", way="online"))
    assert story.now.status is Status.FINISHED
    assert story(cast.CLOCKWORK, COPIES).now.status is Status.RETURNED


def test_a_fee_that_a_leg_waits_for_holds_back_no_other_result():
    story = Story().born(way="counter")
    story(cast.FRONT_DESK, a.ReturnResult(result="birth_paper", way="counter", receiver="Mai"))
    assert story.now.owed == ()
    assert "birth_paper" in story.now.returned


def test_a_dossier_without_a_fee_does_not_wait_for_one():
    story = Story()(cast.MOTHER, submission(fee=0))(cast.FRONT_DESK, a.Receive())
    assert not story.now.unpaid
    assert story.now.submitted_at == MONDAY
