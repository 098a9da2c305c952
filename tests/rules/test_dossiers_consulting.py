"""Asking another unit or agency: question, date and answer are kept; a late answer holds nobody up."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.offers import offered
from motcua.dossiers.rules.refusals import (
    ConsultationClosed,
    ConsultationDate,
    LegNotOpen,
    NotYours,
    QuestionMissing,
)
from motcua.kernel.working_time import ZONE
from tests import cast
from tests.rules.heart import LAW, MONDAY, Story

TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=ZONE)
"""Before the birth's own date, at the close of that day."""
ASK = a.Consult(
    leg="birth", agency=cast.POLICE, agency_name="Công an xã", role="police_officer",
    question="Người mẹ có đang cư trú tại xã không?", until=TUESDAY, fields=("child.full_name",),
)  # fmt: skip
ANSWER = a.AnswerConsultation(number=1, answer="Có, đăng ký tạm trú từ tháng 1.")


def test_the_registrar_asks_the_police_and_the_answer_is_kept():
    story = Story().received()(cast.REGISTRAR, ASK)
    assert [one.question for one in story.now.open_consultations] == [ASK.question]
    story(cast.POLICE_OFFICER, ANSWER)
    kept = story.now.consultations[1]
    assert (kept.answer, kept.answered_by) == (ANSWER.answer, cast.POLICE_OFFICER)
    assert not story.now.open_consultations


def test_another_role_of_the_same_agency_may_be_asked():
    own = ASK.model_copy(update={"agency": cast.COMMUNE, "role": "social_officer"})
    social = cast.REGISTRAR.model_copy(update={"role": "social_officer"})
    story = Story().received()(cast.REGISTRAR, own)(social, ANSWER)
    assert story.now.consultations[1].answered_at == MONDAY


def test_nobody_asks_themselves():
    own = ASK.model_copy(update={"agency": cast.COMMUNE, "role": "registrar"})
    with pytest.raises(NotYours):
        Story().received()(cast.REGISTRAR, own)


@pytest.mark.parametrize("by", [cast.FRONT_DESK, cast.POLICE_OFFICER, cast.MOTHER])
def test_only_who_works_on_the_part_asks(by):
    with pytest.raises(NotYours):
        Story().received()(by, ASK)


def test_a_part_that_waits_for_a_register_asks_nobody_else():
    with pytest.raises(NotYours):
        Story().agreed()(cast.LEADER, ASK)


@pytest.mark.parametrize("by", [cast.REGISTRAR, cast.FRONT_DESK, cast.CLERK])
def test_only_who_was_asked_answers(by):
    with pytest.raises(NotYours):
        Story().received()(cast.REGISTRAR, ASK)(by, ANSWER)


def test_the_leader_of_the_asked_may_answer_for_them():
    chief = cast.POLICE_OFFICER.model_copy(update={"role": "leader"})
    assert Story().received()(cast.REGISTRAR, ASK)(chief, ANSWER).now.consultations[1].answer


def test_an_answer_is_given_once():
    story = Story().received()(cast.REGISTRAR, ASK)(cast.POLICE_OFFICER, ANSWER)
    with pytest.raises(ConsultationClosed):
        story(cast.POLICE_OFFICER, ANSWER)


def test_without_words_there_is_neither_question_nor_answer():
    story = Story().received()
    with pytest.raises(QuestionMissing):
        story(cast.REGISTRAR, ASK.model_copy(update={"question": " "}))
    story(cast.REGISTRAR, ASK)
    with pytest.raises(QuestionMissing):
        story(cast.POLICE_OFFICER, ANSWER.model_copy(update={"answer": " "}))


@pytest.mark.parametrize("until", [MONDAY, MONDAY + timedelta(days=2)])
def test_the_answer_is_due_after_now_and_within_the_parts_own_time(until):
    with pytest.raises(ConsultationDate):
        Story().received()(cast.REGISTRAR, ASK.model_copy(update={"until": until}))


def test_a_part_that_is_late_already_may_still_ask():
    story = Story().received().later(days=3)
    later = ASK.model_copy(update={"until": MONDAY + timedelta(days=4)})
    assert story(cast.REGISTRAR, later).now.open_consultations


def test_several_are_asked_at_once_and_the_part_goes_on_meanwhile():
    insurance = ASK.model_copy(update={"agency": cast.INSURANCE, "role": "insurance_clerk"})
    story = Story().received()(cast.REGISTRAR, ASK)(cast.REGISTRAR, insurance)
    story(cast.REGISTRAR, a.TakeStep(leg="birth", step="draft"))
    assert len(story.now.open_consultations) == 2
    assert story.now.leg("birth").step == "confirm"


def test_late_answers_count_and_let_nothing_pass_by_themselves():
    story = Story().received()(cast.REGISTRAR, ASK).later(days=5)
    assert story.now.open_consultations
    assert story(cast.POLICE_OFFICER, ANSWER).now.consultations[1].answered_at > ASK.until


def test_the_end_of_the_part_or_of_the_dossier_closes_the_question():
    story = Story().received()(cast.REGISTRAR, ASK)(cast.MOTHER, a.AskWithdraw())
    story(cast.FRONT_DESK, a.AcceptWithdraw())
    assert not story.now.open_consultations
    with pytest.raises(LegNotOpen):
        Story().born()(cast.REGISTRAR, ASK)


def test_it_is_offered_to_who_may_ask_and_to_who_may_answer():
    story = Story().received()(cast.REGISTRAR, ASK)
    asking = offered(LAW, story.now, cast.REGISTRAR, story.at)
    answering = offered(LAW, story.now, cast.POLICE_OFFICER, story.at)
    assert ("consult", "birth") in {(offer.doing, offer.part) for offer in asking}
    assert [(offer.doing, offer.part) for offer in answering] == [("opinion", "1")]
