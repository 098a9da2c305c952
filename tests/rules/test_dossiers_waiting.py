"""Whom a dossier waits for, and which waiting work an act does."""

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.claims import work_of
from motcua.dossiers.rules.waiting import waiting
from tests import cast
from tests.rules.heart import FAULT, GENTLE, LAW, RELATIVES, Story


def rows(story):
    return {key: (waits.agency, waits.role) for key, waits in waiting(story.law, story.now).items()}


def test_a_filed_dossier_waits_for_the_front_desk_alone():
    assert rows(Story().filed()) == {("receive", "", ""): (cast.COMMUNE, "front_desk")}


def test_a_step_waits_for_its_role_and_knows_its_kind():
    told = waiting(LAW, Story().received().now)
    assert told["step", "birth", "draft"].role == "registrar"
    assert told["step", "birth", "draft"].task == "draft"


def test_a_draft_before_the_applicant_is_watched_by_the_office_until_silence_agrees():
    story = Story().drafted()
    watched = waiting(LAW, story.now)["applicant", "birth", ""]
    assert (watched.agency, watched.role) == (cast.COMMUNE, "")
    assert watched.due == story.now.legs["birth"].step_until


def test_a_register_asked_by_message_is_waited_for_elsewhere():
    assert rows(Story().agreed()) == {("elsewhere", "birth", ""): (cast.COMMUNE, "")}


def test_another_agencys_part_is_its_work_and_the_offices_to_watch():
    told = rows(Story().born().paid())
    assert told["step", "residence", "decide"] == (cast.POLICE, "police_officer")
    assert told["elsewhere", "residence", ""] == (cast.COMMUNE, "")


def test_a_fee_that_all_waits_for_is_the_applicants_to_pay():
    story = Story().born()
    story(cast.CLERK, a.TakeStep(leg="insurance", step="decide"))
    assert rows(story)["applicant", "", ""] == (cast.COMMUNE, "")


def test_whoever_asked_for_a_supplement_watches_and_the_receiving_office_sees_the_leg_elsewhere():
    story = Story().born()
    story(cast.CLERK, a.AskSupplement(leg="insurance", faults=(FAULT,)))
    told = rows(story)
    assert told["applicant", "insurance", ""] == (cast.INSURANCE, "")
    assert told["elsewhere", "insurance", ""] == (cast.COMMUNE, "")


def test_relatives_who_must_agree_are_watched():
    story = Story(GENTLE).born(relatives=RELATIVES)
    assert rows(story)["applicant", "insurance", ""] == (cast.COMMUNE, "")


def test_what_is_done_waits_at_the_counter_to_be_fetched():
    assert ("return", "birth", "birth_paper") in rows(Story().born(way="counter"))


@pytest.mark.parametrize(
    ("act", "work"),
    [
        (a.Receive(), ("receive", "", "")),
        (a.Decline(faults=(FAULT,)), ("receive", "", "")),
        (a.AskSupplement(faults=(FAULT,)), ("receive", "", "")),
        (a.TakeStep(leg="birth", step="draft"), ("step", "birth", "draft")),
        (a.AskSupplement(leg="birth", faults=(FAULT,)), ("step", "birth", "draft")),
        (a.AcceptWithdraw(), ("withdrawal", "", "")),
        (a.ReturnResult(result="birth_paper", way="counter"), ("return", "birth", "birth_paper")),
        (a.SettleFee(fee="fee", reference="1", amount=1), None),
        (a.Stop(faults=(FAULT,)), None),
    ],
)
def test_an_act_knows_the_work_it_does(act, work):
    assert work_of(act, Story().received().now) == work
