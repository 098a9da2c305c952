"""The calendar changes: exactly the dates that it moves are promised anew."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law, whole_promise
from motcua.dossiers.rules.events import restored, stored
from motcua.dossiers.rules.recounting import moved
from motcua.dossiers.rules.refusals import NothingMoves, NotYours
from motcua.kernel.working_time import ZONE, Calendar, DayException
from tests import cast
from tests.rules.heart import FAULT, LAW, MONDAY, Story

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, 3) + timedelta(days=n) for n in range(4))
CLOSE_OF_TUESDAY = datetime(2026, 3, 3, 17, 0, tzinfo=ZONE)
SATURDAY, NEXT_MONDAY = date(2026, 3, 7), date(2026, 3, 9)


def with_day(day: date, *, working: bool, law: Law = LAW) -> Law:
    calendar = Calendar({**law.calendar.exceptions, day: DayException(working, "Bão")})
    return Law(law.procedure, calendar)


def closing(day: date) -> a.Recount:
    return a.Recount(day=day, worked=True, reason="Bão số 3", decision="12/QĐ-UBND")


def storm(story: Story, day: date) -> Story:
    """Close the day for a story, and recount."""
    story.law = with_day(day, working=False, law=story.law)
    return story(cast.CLOCKWORK, closing(day))


def due(story: Story) -> date:
    promised = story.now.clock.due
    assert promised
    return promised.date()


def test_a_storm_day_within_the_count_moves_the_date_by_a_working_day():
    story = Story().received()
    assert due(story) == THURSDAY
    assert due(storm(story, WEDNESDAY)) == FRIDAY


def test_a_closed_last_day_moves_the_date_too():
    assert due(storm(Story().received(), THURSDAY)) == FRIDAY


def test_the_day_of_reception_closed_afterwards_counts_from_the_next():
    assert due(storm(Story().received(), MONDAY.date())) == FRIDAY


def test_the_part_at_work_moves_with_it():
    story = storm(Story().received(), TUESDAY)
    assert story.now.legs["birth"].due.date() == WEDNESDAY


@pytest.mark.parametrize("day", [FRIDAY, SATURDAY, NEXT_MONDAY])
def test_a_day_after_the_date_moves_nothing(day):
    with pytest.raises(NothingMoves):
        storm(Story().received(), day)


def test_a_day_that_is_worked_after_all_brings_the_date_forward():
    story = Story(with_day(WEDNESDAY, working=False)).received()
    assert due(story) == FRIDAY
    story.law = with_day(WEDNESDAY, working=True)
    act = a.Recount(day=WEDNESDAY, worked=False, reason="Không còn nghỉ")
    assert due(story(cast.CLOCKWORK, act)) == THURSDAY


def test_counted_again_nothing_moves_any_more():
    story = storm(Story().received(), WEDNESDAY)
    with pytest.raises(NothingMoves):
        story(cast.CLOCKWORK, closing(WEDNESDAY))


def test_a_clock_that_stands_still_is_left_alone_and_goes_on_by_the_new_calendar():
    story = Story().received()
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    assert storm(story, WEDNESDAY).now.clock.due is None
    story(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    assert due(story) == FRIDAY


def test_an_extension_stays_given():
    story = Story().received()
    story(cast.LEADER, a.Extend(days=2, reason="verification", text="Xin lỗi ông bà."))
    before = due(story)
    assert due(storm(story, WEDNESDAY)) == before + timedelta(days=1)


def test_nobody_but_the_house_recounts():
    story = Story(with_day(WEDNESDAY, working=False))
    story.law = LAW
    story.received()
    story.law = with_day(WEDNESDAY, working=False)
    with pytest.raises(NotYours):
        story(cast.LEADER, closing(WEDNESDAY))


def asked(story: Story) -> Story:
    """Ask for a supplement: seven working days, until Wednesday of the next week."""
    return story.received()(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))


def answer_until(story: Story) -> date:
    return story.now.requests["birth"].until.date()


def test_who_is_asked_for_a_supplement_gets_the_lost_day():
    story = asked(Story())
    before = answer_until(story)
    assert answer_until(storm(story, WEDNESDAY)) == before + timedelta(days=1)
    with pytest.raises(NothingMoves):
        storm(story, WEDNESDAY)


def test_what_people_were_told_never_comes_nearer():
    story = asked(Story(with_day(FRIDAY, working=False)))
    story.law = with_day(FRIDAY, working=True)
    with pytest.raises(NothingMoves):
        story(cast.CLOCKWORK, a.Recount(day=FRIDAY, worked=False, reason="Không còn nghỉ"))


def test_a_supplement_asked_before_reception_moves_too():
    story = Story().filed()(cast.FRONT_DESK, a.AskSupplement(leg="", faults=(FAULT,)))
    before = story.now.requests[""].until.date()
    assert storm(story, WEDNESDAY).now.requests[""].until.date() == before + timedelta(days=1)


def test_the_time_to_look_at_a_draft_moves_and_silence_agrees_later():
    story = Story().received()(cast.REGISTRAR, a.TakeStep(leg="birth", step="draft"))
    assert storm(story, TUESDAY).now.legs["birth"].step_until.date() == WEDNESDAY


def test_a_request_to_take_it_back_stops_no_date_from_moving():
    story = asked(Story())(cast.MOTHER, a.AskWithdraw(reason="đổi ý"))
    before = answer_until(story)
    assert answer_until(storm(story, WEDNESDAY)) == before + timedelta(days=1)


OPINION = a.Consult(
    leg="birth", agency=cast.POLICE, agency_name="Công an", role="police_officer",
    question="Có cư trú không?", until=CLOSE_OF_TUESDAY, days=1,
)  # fmt: skip


@pytest.mark.parametrize("days", [1, 0])
def test_an_opinion_is_awaited_as_many_working_days_or_as_long_as_its_part(days):
    asking = OPINION.model_copy(update={"days": days})
    story = storm(Story().received()(cast.REGISTRAR, asking), TUESDAY)
    moved_to = story.now.consultations[1].until
    assert moved_to == story.now.legs["birth"].due
    assert moved_to.date() == WEDNESDAY


def test_a_date_that_somebody_named_otherwise_stays_theirs():
    named = CLOSE_OF_TUESDAY - timedelta(hours=2)
    asking = OPINION.model_copy(update={"days": 0, "until": named})
    story = storm(Story().received()(cast.REGISTRAR, asking), TUESDAY)
    assert story.now.consultations[1].until == named


def test_a_drafted_apology_starts_from_the_date_promised_now():
    story = Story().received()
    story(cast.CLOCKWORK, a.ProposeExtension(days=1, reason="verification", text="Xin lỗi."))
    proposal = storm(story, WEDNESDAY).now.clock.proposal
    assert (proposal.was.date(), proposal.due.date()) == (FRIDAY, NEXT_MONDAY)


def test_what_is_expected_before_reception_follows_and_promises_nothing():
    story = storm(Story().filed(), WEDNESDAY)
    assert story.now.expected.date() == FRIDAY
    assert story.now.clock.due is None


def test_all_that_moved_is_read_again_from_the_history():
    story = storm(Story().received()(cast.REGISTRAR, OPINION), TUESDAY)
    last = story.events[-1]
    assert restored(*stored(last)) == last


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 12), st.booleans(), st.integers(0, 60))
def test_the_new_date_is_what_the_clock_says_and_only_then_is_there_one(offset, working, hours):
    day = MONDAY.date() + timedelta(days=offset)
    story = Story().later(hours=hours).received()
    law = with_day(day, working=working)
    found = moved(law, story.now, day, worked=LAW.calendar.is_working(day))
    promised = whole_promise(law, story.now)
    assert promised
    assert (found.due if found else story.now.clock.due) == promised.due


def test_what_was_counted_otherwise_for_another_reason_stays():
    story = Story().received()
    odd = story.now.clock.model_copy(update={"due": story.now.clock.due + timedelta(hours=1)})
    dossier = story.now.model_copy(update={"clock": odd})
    assert moved(with_day(FRIDAY, working=False), dossier, FRIDAY, worked=True) is None
