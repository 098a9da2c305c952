"""Form 06: who had a dossier, from when to when, and whether it was handed on in time."""

import itertools

import pytest
from hypothesis import given, settings

from motcua.dossiers.rules import acts as a
from motcua.journeys.forms.listing import control_sheet, control_sheet_of
from motcua.journeys.forms.moves import Stay, stays
from tests import cast
from tests.rules.heart import FAULT, MONDAY, Story, answer
from tests.rules.test_dossiers_histories import moves, parties, told

DESK = "Trung tâm Phục vụ hành chính công"


def way(story: Story) -> list[Stay]:
    return stays(story.events, story.law.procedure.plan, DESK)


def holders(story: Story) -> list[str]:
    return [stay.holder for stay in way(story)]


def test_the_desk_has_it_until_it_is_received():
    story = Story().filed().later(hours=2)(cast.FRONT_DESK, a.Receive())
    first, second = way(story)
    assert (first.holder, first.since, first.until) == (DESK, MONDAY, story.at)
    assert first.person == "Vũ Thị Hạnh"
    assert (second.holder, second.until) == ("Công chức tư pháp – hộ tịch, UBND xã", None)


def test_it_goes_through_every_hand_of_the_birth():
    assert holders(Story().born())[:5] == [
        DESK,
        "Công chức tư pháp – hộ tịch, UBND xã",
        "Người nộp hồ sơ",
        "Hệ thống liên thông “civil-registry”",
        "Lãnh đạo, UBND xã",
    ]


def test_while_a_supplement_is_awaited_the_applicant_has_it():
    story = Story().received()
    story(cast.REGISTRAR, a.AskSupplement(leg="birth", faults=(FAULT,)))
    last = way(story)[-1]
    assert (last.holder, last.task) == ("Người nộp hồ sơ", "Bổ sung hồ sơ")
    story.later(hours=1)(cast.MOTHER, a.Supplement(leg="birth", papers=("birth_note",)))
    assert holders(story)[-1] == "Công chức tư pháp – hộ tịch, UBND xã"


@pytest.mark.parametrize(("hours", "verdict"), [(1, "early"), (29, "on_time"), (60, "late")])
def test_early_on_the_day_or_late(hours, verdict):
    story = Story().received().later(hours=hours)
    story(cast.REGISTRAR, a.TakeStep(leg="birth", step="draft"))
    assert way(story)[1].verdict == verdict


def test_a_leg_elsewhere_is_with_its_agency():
    story = Story().born(residence_party="residence").paid()
    story(cast.CLERK, a.TakeStep(leg="insurance", step="decide"))
    with_police = next(stay for stay in way(story) if stay.leg == "residence")
    assert with_police.holder == "Công an xã"


def test_what_is_refused_is_over_with_a_word():
    story = Story().agreed()(cast.REGISTRY, answer("birth", "register", "refused"))
    back = [stay for stay in way(story) if stay.note.startswith("Trả lại")]
    assert len(back) == 1


def test_the_sheet_has_the_name_of_its_moment():
    story = Story().received()
    slug = control_sheet(story.events).slug
    assert control_sheet_of(story.events, slug) is not None
    assert control_sheet_of(story.events, "kiem-soat-99") is None
    assert control_sheet_of(story.events, "bo-sung-2") is None


@settings(max_examples=30, deadline=None)
@given(moves, parties)
def test_nobody_has_a_part_twice_at_once_and_nothing_is_open_after_the_end(history, plan):
    story = told(history, plan)
    by_leg: dict[str, list[Stay]] = {}
    for stay in way(story):
        by_leg.setdefault(stay.leg, []).append(stay)
    for found in by_leg.values():
        for earlier, later in itertools.pairwise(found):
            assert earlier.until is not None
            assert earlier.until <= later.since
    if story.now.status.final:
        assert all(stay.until for found in by_leg.values() for stay in found)
