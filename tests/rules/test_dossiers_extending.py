"""Apology and extension: once, at least a day before, never while the clock stands still."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import leg_promise, whole_promise
from motcua.dossiers.rules.extending import days_short, new_date
from motcua.dossiers.rules.offers import offered
from motcua.dossiers.rules.refusals import (
    AlreadyExtended,
    ClockStands,
    NotNow,
    NotYours,
    ReasonMissing,
    TooLateToExtend,
    TooManyDays,
)
from motcua.dossiers.rules.status import Status
from motcua.kernel.working_time import ZONE
from tests import cast
from tests.rules.heart import BIRTH, FAULT, LAW, MONDAY, Story, law

EXTEND = a.Extend(days=2, reason="verification", text="Xin lỗi ông bà, cần xác minh thêm.")
PROPOSE = a.ProposeExtension(**EXTEND.model_dump())
THURSDAY = datetime(2026, 3, 5, 17, 0, tzinfo=ZONE)
"""When a dossier received on Monday is due."""
NEXT_MONDAY = datetime(2026, 3, 9, 17, 0, tzinfo=ZONE)


def test_the_leader_moves_the_date_over_the_weekend_and_both_dates_are_told():
    story = Story().received()(cast.LEADER, EXTEND)
    told = story.events[-1]
    assert (told.was, told.due) == (THURSDAY, NEXT_MONDAY)
    assert story.now.clock.due == NEXT_MONDAY


def test_the_part_at_work_gets_the_same_days():
    story = Story().received()
    was = story.now.leg("birth").due
    story(cast.LEADER, EXTEND)
    assert (was, story.now.leg("birth").due) == (THURSDAY - timedelta(days=2), THURSDAY)


@pytest.mark.parametrize("by", [cast.FRONT_DESK, cast.REGISTRAR, cast.CLERK, cast.MOTHER])
def test_nobody_else_signs_an_apology(by):
    with pytest.raises(NotYours):
        Story().received()(by, EXTEND)


def test_a_date_is_moved_once():
    with pytest.raises(AlreadyExtended):
        Story().received()(cast.LEADER, EXTEND)(cast.LEADER, EXTEND)


def test_late_in_the_evening_before_it_is_in_time_and_the_next_minute_it_is_not():
    evening = datetime(2026, 3, 4, 23, 59, tzinfo=ZONE)
    in_time, late = Story().received(), Story().received()
    in_time.at, late.at = evening, evening + timedelta(minutes=1)
    assert in_time(cast.LEADER, EXTEND).now.clock.extension is not None
    with pytest.raises(TooLateToExtend):
        late(cast.LEADER, EXTEND)


def test_no_date_is_moved_while_the_clock_stands_still():
    story = Story().received()(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    with pytest.raises(ClockStands):
        story(cast.LEADER, EXTEND)


def test_nor_before_there_is_one_nor_after_the_end():
    with pytest.raises(NotNow):
        Story().filed()(cast.LEADER, EXTEND)
    with pytest.raises(NotNow):
        Story().received()(cast.LEADER, a.Stop(faults=(FAULT,)))(cast.LEADER, EXTEND)


@pytest.mark.parametrize("change", [{"reason": ""}, {"text": " "}])
def test_an_apology_says_why(change):
    with pytest.raises(ReasonMissing):
        Story().received()(cast.LEADER, EXTEND.model_copy(update=change))


@pytest.mark.parametrize("days", [0, 31])
def test_an_extension_has_a_day_and_not_more_than_thirty(days):
    with pytest.raises(TooManyDays):
        Story().received()(cast.LEADER, EXTEND.model_copy(update={"days": days}))


def test_the_system_drafts_and_the_leader_signs_another_number_of_days():
    story = Story().received()(cast.CLOCKWORK, PROPOSE)
    assert story.now.clock.due == THURSDAY
    story(cast.LEADER, EXTEND.model_copy(update={"days": 1}))
    assert story.now.clock.due == datetime(2026, 3, 6, 17, 0, tzinfo=ZONE)
    assert story.now.clock.proposal is None


def test_one_draft_waits_at_a_time_and_only_the_system_drafts():
    story = Story().received()(cast.CLOCKWORK, PROPOSE)
    with pytest.raises(NotNow):
        story(cast.CLOCKWORK, PROPOSE)
    with pytest.raises(NotYours):
        story(cast.LEADER, PROPOSE)


def test_a_draft_is_dismissed_with_a_reason_and_the_date_stays():
    story = Story().received()(cast.CLOCKWORK, PROPOSE)
    with pytest.raises(ReasonMissing):
        story(cast.LEADER, a.DismissExtension(remark=" "))
    story(cast.LEADER, a.DismissExtension(remark="Xong trong sáng mai"))
    assert (story.now.clock.proposal, story.now.clock.due) == (None, THURSDAY)


def test_there_is_nothing_to_dismiss_without_a_draft():
    with pytest.raises(NotNow):
        Story().received()(cast.LEADER, a.DismissExtension(remark="không"))


def test_a_draft_is_void_once_the_clock_stands_still():
    story = Story().received()(cast.CLOCKWORK, PROPOSE)
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    assert story.now.clock.proposal is None


def test_days_lost_to_a_supplement_come_on_top_of_an_extended_date():
    story = Story().received()(cast.LEADER, EXTEND)
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    story.later(days=2)(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    assert story.now.clock.due == datetime(2026, 3, 11, 17, 0, tzinfo=ZONE)


def test_a_pause_within_the_extension_moves_the_new_date_too():
    story = Story().received()(cast.LEADER, EXTEND)
    story.at = datetime(2026, 3, 6, 9, 0, tzinfo=ZONE)
    story(cast.MOTHER, a.AskWithdraw())
    story.at = datetime(2026, 3, 9, 9, 0, tzinfo=ZONE)
    story(cast.FRONT_DESK, a.DeclineWithdraw(remark="Sắp xong"))
    assert story.now.clock.due == datetime(2026, 3, 10, 17, 0, tzinfo=ZONE)


def test_the_derivation_counts_every_day_once_and_names_the_old_date():
    story = Story().received()(cast.LEADER, EXTEND)
    found = whole_promise(LAW, story.now)
    assert found is not None
    days = [step.date for step in found.steps]
    assert len(days) == len(set(days))
    assert [step.kind for step in found.steps] == [
        "start", "counted", "counted", "extended", "counted", "weekend", "weekend", "due",
    ]  # fmt: skip


@given(st.integers(1, 30))
def test_more_days_never_promise_an_earlier_date(days):
    story = Story().received()
    assert new_date(LAW, story.now, days) > new_date(LAW, story.now, days - 1)


@given(st.integers(1, 30))
def test_what_is_told_is_what_the_clock_derives(days):
    story = Story().received()(cast.LEADER, EXTEND.model_copy(update={"days": days}))
    found, leg = whole_promise(LAW, story.now), story.now.leg("birth")
    own = leg_promise(LAW, story.now, leg)
    assert found is not None
    assert own is not None
    assert (found.due, own.due) == (story.now.clock.due, leg.due)


def morning(day: int) -> datetime:
    return datetime(2026, 3, day, 7, 0, tzinfo=ZONE)


def test_work_that_goes_as_planned_needs_no_more_days():
    assert days_short(LAW, Story().received().now, MONDAY) == 0
    assert days_short(LAW, Story().born().paid().now, morning(3)) == 0


def test_a_part_past_its_own_date_takes_the_following_ones_with_it():
    late = Story().received().now
    assert days_short(LAW, late, morning(3)) == 0
    assert days_short(LAW, late, morning(4)) == 3


def test_parts_that_begin_too_late_need_more_days_than_are_left():
    opened = Story().born().now
    assert days_short(LAW, opened, morning(3)) == 0
    assert days_short(LAW, opened, morning(4)) == 1


def test_without_a_time_of_its_own_a_part_takes_a_day_a_step():
    told = law(birth={name: BIRTH[name] for name in BIRTH if name != "limit"})
    received = Story(told).received().now
    leg = received.leg("birth")
    alone = received.model_copy(update={"legs": {"birth": leg}})
    assert days_short(told, alone, morning(3)) == 2
    assert leg.due is None


def test_nothing_is_short_while_the_clock_stands_still():
    story = Story().received()(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    assert days_short(LAW, story.now, morning(9)) == 0


def test_the_leader_is_offered_to_extend_and_to_dismiss_only_while_it_may_be():
    story = Story().received()(cast.CLOCKWORK, PROPOSE)
    doing = {offer.doing for offer in offered(LAW, story.now, cast.LEADER, story.at)}
    assert {"extend", "dismiss"} <= doing
    later = {offer.doing for offer in offered(LAW, story.now, cast.LEADER, THURSDAY)}
    assert "extend" not in later
    assert story.now.status is Status.PROCESSING
