"""Not eligible after appraisal: returned by whoever appraises; later than three working days is told, not barred."""

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.refusals import NotYours, PartsDone, ReasonMissing
from motcua.dossiers.rules.status import LegState, Status
from motcua.procedures.rules.procedure import Procedure
from tests import cast
from tests.rules.heart import FAULT, LAW, PROCEDURE, Story

RETURN = a.Decline(faults=(FAULT,))
REFUSE = a.RefuseLeg(leg="birth", faults=(FAULT,))


@pytest.mark.parametrize("by", [cast.REGISTRAR, cast.LEADER])
def test_whoever_appraises_returns_the_whole_and_its_parts_end(by):
    story = Story().received()(by, RETURN)
    assert story.now.status is Status.DECLINED
    assert {leg.state for leg in story.now.legs.values()} == {LegState.CANCELLED}
    assert story.now.faults == (FAULT,)


@pytest.mark.parametrize("by", [cast.FRONT_DESK, cast.POLICE_OFFICER, cast.OTHER_DESK])
def test_the_desk_and_other_agencies_do_not_return_what_was_received(by):
    with pytest.raises(NotYours):
        Story().received()(by, RETURN)


@pytest.mark.parametrize("by", [cast.REGISTRAR, cast.LEADER])
def test_before_reception_only_the_desk_declines(by):
    with pytest.raises(NotYours):
        Story().filed()(by, RETURN)


def test_an_officer_of_another_field_does_not_return_it():
    with pytest.raises(NotYours):
        Story().received()(cast.REGISTRAR.model_copy(update={"role": "social_officer"}), RETURN)


def test_it_needs_a_reason_and_a_dossier_without_results():
    with pytest.raises(ReasonMissing):
        Story().received()(cast.REGISTRAR, a.Decline(faults=()))
    with pytest.raises(PartsDone):
        Story().born()(cast.REGISTRAR, RETURN)


@pytest.mark.parametrize(("days", "late"), [(0, False), (3, False), (4, True)])
def test_after_three_working_days_it_is_late(days, late):
    story = Story().received().later(days=days)(cast.REGISTRAR, RETURN)
    assert story.events[-1].late is late


def test_a_refused_part_is_late_counted_from_when_its_agency_got_it():
    in_time, late = Story().born().later(days=3), Story().born().later(days=4)
    for story in (in_time, late):
        story(cast.CLERK, a.RefuseLeg(leg="insurance", faults=(FAULT,)))
    told = [
        next(event for event in story.events if type(event).__name__ == "LegRefused")
        for story in (in_time, late)
    ]
    assert [event.late for event in told] == [False, True]


def test_days_in_which_the_clock_stood_still_are_not_counted():
    story = Story().received()(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    story.later(days=4)(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    assert story(cast.REGISTRAR, RETURN).events[-1].late is False


def test_a_clock_that_began_anew_gives_three_days_anew():
    told = PROCEDURE.model_dump(by_alias=True)
    told["plan"]["supplement"]["clock"] = "restart"
    anew = Law(Procedure.model_validate(told, strict=False), LAW.calendar)
    story = Story(anew).received().later(days=2)
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    story.later(days=2)(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    assert story.later(days=1)(cast.REGISTRAR, RETURN).events[-1].late is False


def test_when_the_only_reason_to_end_is_a_late_refusal_the_end_is_late_too():
    story = Story().received().later(days=7)(cast.REGISTRAR, REFUSE)
    assert story.now.status is Status.DECLINED
    assert story.events[-1].late is True
