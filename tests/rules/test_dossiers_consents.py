"""Refusals that go back to the applicant once, and people who agree each for themselves."""

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Actor, Fault
from motcua.dossiers.rules.refusals import ConsentNotAwaited, LegNotOpen, NotAsked, NotNow, NotYours
from motcua.dossiers.rules.status import LegState, Status
from tests import cast
from tests.rules.heart import (
    CONSENT,
    FIELD_FAULT,
    GENTLE,
    INSURANCE,
    RELATIVES,
    Story,
    a_step,
    answer,
    at_most,
    law,
)

SISTER, BROTHER = (Actor(kind="person", id=key, name=f"Người {key}") for key in RELATIVES)
NO_ROOM = Fault(code="other", text="Chỗ ở không đủ diện tích", how="Khai chỗ ở khác")
REFUSES = a.RefuseLeg(leg="residence", faults=(NO_ROOM,))
POLICE = Actor(kind="agency", id="residence")
MENDED = a.Supplement(leg="residence", fields=("child.full_name",))


def gentle(**how: object) -> Story:
    """Return a story in which the birth is done and the fee paid: both other legs are open."""
    return Story(GENTLE).born(relatives=RELATIVES, **how).paid()


def consent(person: Actor, **more: bool) -> a.GiveConsent:
    return a.GiveConsent(leg="insurance", step="consent", person=person.id, **more)


# --- a refusal that reopens ---


def test_the_first_refusal_goes_back_to_her_with_the_agencys_reasons():
    story = gentle()(cast.POLICE_OFFICER, REFUSES)
    request = story.now.requests["residence"]
    assert story.now.leg("residence").state is LegState.SUPPLEMENT
    assert request.refused
    assert [fault.text for fault in request.faults] == [NO_ROOM.text]
    assert (request.fields, request.papers) == ({"child.full_name"}, {"birth_note"})


def test_she_mends_what_she_wants_of_what_is_reopened_and_nothing_beside():
    story = gentle()(cast.POLICE_OFFICER, REFUSES)
    with pytest.raises(NotAsked):
        story(cast.MOTHER, a.Supplement(leg="residence", fields=("mother.full_name",)))
    story(cast.MOTHER, MENDED)
    assert story.now.leg("residence").state is LegState.OPEN


def test_a_reason_about_something_that_does_not_reopen_is_told_without_it():
    elsewhere = NO_ROOM.model_copy(update={"field": "mother.full_name", "paper": "ct01"})
    story = gentle()(cast.POLICE_OFFICER, a.RefuseLeg(leg="residence", faults=(elsewhere,)))
    assert story.now.requests["residence"].faults == (NO_ROOM,)


def test_the_second_refusal_is_final_and_leaves_the_others_alone():
    story = gentle()(cast.POLICE_OFFICER, REFUSES)(cast.MOTHER, MENDED)
    story(cast.POLICE_OFFICER, REFUSES)
    assert story.now.leg("residence").state is LegState.REFUSED
    assert story.now.leg("insurance").state is LegState.OPEN


def test_no_answer_in_time_is_final_too():
    story = gentle()(cast.POLICE_OFFICER, REFUSES).later(days=20)
    story(cast.CLOCKWORK, a.LapseSupplement(leg="residence"))
    assert story.now.leg("residence").state is LegState.REFUSED
    assert story.now.status is Status.PROCESSING


def test_a_refusal_by_message_reopens_and_the_new_answers_go_to_the_system_that_refused():
    story = gentle(residence_party="residence")
    story(POLICE, answer("residence", "decide", "refused"))
    assert story.now.requests["residence"].must_bring == frozenset()
    story(cast.MOTHER, MENDED)
    assert (story.events[-1].party, story.events[-1].supplemented) == ("residence", True)
    story(POLICE, answer("residence", "decide", "refused"))
    assert story.now.leg("residence").state is LegState.REFUSED


def test_a_reopened_leg_may_still_end_well():
    story = gentle(residence_party="residence")
    story(POLICE, answer("residence", "decide", "refused"))(cast.MOTHER, MENDED)
    story(POLICE, answer("residence", "decide", notice_number="5"))
    assert story.now.leg("residence").state is LegState.DONE


# --- people who agree ---


def test_everybody_on_the_list_is_asked_when_the_step_begins():
    story = gentle()
    assert story.now.leg("insurance").awaited == RELATIVES
    assert story.now.leg("insurance").step_until is not None


def test_the_leg_goes_on_when_all_have_agreed():
    story = gentle()(SISTER, consent(SISTER))
    assert story.now.leg("insurance").awaited == (BROTHER.id,)
    story(BROTHER, consent(BROTHER))
    assert story.now.leg("insurance").step == "decide"


def test_with_nobody_else_on_the_list_nothing_is_waited_for():
    story = Story(GENTLE).born(relatives=()).paid()
    assert story.now.leg("insurance").step == "decide"


def test_nobody_answers_for_somebody_else():
    with pytest.raises(NotYours):
        gentle()(SISTER, consent(BROTHER))
    for other in (cast.MOTHER, cast.FRONT_DESK, cast.CLERK, POLICE):
        with pytest.raises(NotYours):
            gentle()(other, consent(SISTER))


def test_a_stranger_is_not_asked():
    with pytest.raises(ConsentNotAwaited):
        gentle()(Actor(kind="person", id="k9"), a.GiveConsent(
            leg="insurance", step="consent", person="k9"))  # fmt: skip


def test_a_word_once_given_stands():
    with pytest.raises(ConsentNotAwaited):
        gentle()(SISTER, consent(SISTER))(SISTER, consent(SISTER, agrees=False))


def test_one_who_declines_ends_the_asking_and_the_signed_paper_is_asked_for():
    story = gentle()(SISTER, consent(SISTER, agrees=False))
    request = story.now.requests["insurance"]
    assert [fault.code for fault in request.faults] == ["missing_consent"]
    assert request.must_bring == {"consent_paper"}
    with pytest.raises(LegNotOpen):
        story(BROTHER, consent(BROTHER))


def test_the_signed_paper_replaces_all_consents():
    story = gentle()(SISTER, consent(SISTER, agrees=False))
    story(cast.MOTHER, a.Supplement(leg="insurance", papers=("consent_paper",)))
    assert story.now.leg("insurance").step == "decide"


def test_when_the_time_is_over_the_signed_paper_is_asked_for():
    story = gentle()(SISTER, consent(SISTER)).later(days=10)
    story(cast.CLOCKWORK, a.LapseConsent(leg="insurance", step="consent"))
    assert story.now.requests["insurance"].must_bring == {"consent_paper"}


def test_consents_do_not_lapse_before_their_time():
    with pytest.raises(LegNotOpen):
        gentle()(cast.CLOCKWORK, a.LapseConsent(leg="insurance", step="consent"))


def test_where_no_paper_replaces_consents_the_leg_is_refused():
    paperless = {**CONSENT, "steps": [
        a_step("consent", "consent", of="relatives.list", within=at_most(5)), *INSURANCE["steps"],
    ]}  # fmt: skip
    story = Story(law(insurance=paperless)).born(relatives=RELATIVES)
    story(SISTER, consent(SISTER, agrees=False))
    assert story.now.leg("insurance").state is LegState.REFUSED


def test_a_list_that_a_supplement_has_changed_is_asked_anew():
    story = gentle()(SISTER, consent(SISTER))(cast.POLICE_OFFICER, REFUSES)
    others = {"insurance": {"consent": ("k2", "k3")}}
    story(cast.MOTHER, MENDED.model_copy(update={"consenters": others}))
    assert story.now.leg("insurance").awaited == ("k2", "k3")


def test_the_system_of_the_agency_is_asked_only_after_the_people():
    story = gentle(insurance_party="insurance")
    assert all(getattr(event, "party", "") != "insurance" for event in story.events)
    story(SISTER, consent(SISTER))(BROTHER, consent(BROTHER))
    assert (story.events[-1].party, story.events[-1].step) == ("insurance", "decide")


def test_while_a_withdrawal_is_decided_nobody_is_asked():
    story = gentle()(cast.MOTHER, a.AskWithdraw())
    with pytest.raises(NotNow):
        story(SISTER, consent(SISTER))


def test_a_request_for_a_name_of_the_desk_still_needs_what_it_names():
    story = gentle()(cast.POLICE_OFFICER, a.AskSupplement(leg="residence", faults=(FIELD_FAULT,)))
    assert not story.now.requests["residence"].refused
    story(cast.MOTHER, MENDED)(cast.POLICE_OFFICER, REFUSES)
    assert story.now.requests["residence"].number == 2
