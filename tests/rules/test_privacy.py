"""Requests about one's own data: their clock of two working days, and what an answer needs."""

from datetime import date, datetime

import pytest

from motcua.kernel.working_calendar import Calendar
from motcua.kernel.working_time import ZONE
from motcua.privacy.rules.refusals import AnswerMissing, GroundMissing, WordsMissing
from motcua.privacy.rules.requests import answerable, due, readable, standing, warns_at

OFFICE = Calendar()
KNOWN = {"kept_by_law"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_asked_on_a_monday_morning_it_is_answered_by_wednesday() -> None:
    found = due(at("2026-11-23T09:00"), OFFICE)
    assert found.date() == date(2026, 11, 25)


def test_a_weekend_is_not_counted() -> None:
    assert due(at("2026-11-27T09:00"), OFFICE).date() == date(2026, 12, 1)


def test_it_stands_before_the_leader_the_afternoon_before() -> None:
    until = at("2026-11-25T10:40")
    moments = [at("2026-11-24T12:59"), at("2026-11-24T13:00"), until]
    assert [standing(until, moment, OFFICE) for moment in moments] == ["waiting", "near", "late"]


def test_due_on_a_monday_the_afternoon_before_is_fridays() -> None:
    assert warns_at(at("2026-11-30T09:00"), OFFICE) == at("2026-11-27T13:00")


def test_a_refusal_needs_its_ground_and_an_answer_its_words() -> None:
    with pytest.raises(GroundMissing):
        answerable("refused", "", "Chưa được.", KNOWN)
    with pytest.raises(AnswerMissing):
        answerable("granted", "", "  ", KNOWN)
    assert answerable("partly", "kept_by_law", "Xóa số điện thoại.", KNOWN)[0] == "kept_by_law"


def test_who_is_granted_everything_needs_no_ground() -> None:
    assert answerable("granted", "kept_by_law", " Đã sửa. ", KNOWN) == ("", "Đã sửa.")


def test_a_request_for_nothing_is_sent_back() -> None:
    with pytest.raises(WordsMissing):
        readable("  \n")


def test_no_calendar_makes_a_request_due_at_once() -> None:
    made = at("2026-11-23T16:59")
    assert due(made, OFFICE) > made
