"""An administrator sets a storm day at the desk: sees who moves, sets it, and follows the recounting."""

import re

import pytest

from motcua.agencies.models import CalendarChange
from motcua.dossiers.models import Dossier
from motcua.journeys.recounting import carry_out
from motcua.kernel.working_time import ZONE
from tests.journeys.desk_pages import words

pytestmark = pytest.mark.django_db
CALENDAR = "/can-bo/lich/"


@pytest.fixture
def browser(office):
    return office.browser("administrator")


def day_of(row):
    day = Dossier.objects.get(pk=row.pk).due_at.astimezone(ZONE).date()
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"calendar.day__{name}": str(value) for name, value in parts.items()}


def storm(row, **changes):
    grounds = {"working": "no", "note": "Bão số 3", "decision": "12/CĐ-UBND"}
    return {**day_of(row), **grounds, **changes}


def carried(answer):
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', words(answer))
    return dict(found)


def test_who_would_move_is_shown_before_anything_is_set(office, browser):
    row = office.received()
    answer = browser.post(CALENDAR, storm(row))
    assert "1 hồ sơ sẽ đổi ngày hẹn." in words(answer)
    assert row.code in words(answer)
    assert not CalendarChange.objects.exists()


def test_the_day_is_set_once_however_often_it_is_sent(office, browser):
    row = office.received()
    sent = carried(browser.post(CALENDAR, storm(row)))
    pages = {browser.post(CALENDAR, sent)["Location"] for _ in range(2)}
    assert len(pages) == 1
    assert CalendarChange.objects.count() == 1


def test_the_recounting_is_followed_on_a_page_of_its_own(office, browser):
    row = office.received()
    page = browser.post(CALENDAR, carried(browser.post(CALENDAR, storm(row))))["Location"]
    assert "đã xem 0 hồ sơ" in words(browser.get(page))
    carry_out(CalendarChange.objects.get().pk)
    assert "1 hồ sơ đổi ngày hẹn." in words(browser.get(page))
    assert "Bão số 3" in words(browser.get(CALENDAR))


@pytest.mark.parametrize(
    ("missing", "words_of_it"),
    [("note", "Hãy ghi lý do."), ("decision", "Hãy ghi số văn bản."), ("working", "Hãy chọn ngày")],
)
def test_what_is_missing_is_said(office, browser, missing, words_of_it):
    answer = browser.post(CALENDAR, storm(office.received(), **{missing: ""}))
    assert answer.status_code == 400
    assert words_of_it in words(answer)


def test_a_day_out_of_reach_is_said_too(office, browser):
    row = office.received()
    for step in ("", "set"):
        long_ago = {"calendar.day__year": "2019", "step": step}
        answer = browser.post(CALENDAR, storm(row, **long_ago))
        assert answer.status_code == 400
        assert "Chỉ đặt được ngày từ" in words(answer)


def test_nobody_else_sets_a_day(office):
    row = office.received()
    for name in ("front_desk", "registrar", "leader"):
        assert office.browser(name).post(CALENDAR, storm(row)).status_code == 403


def test_the_administrator_finds_the_calendar_from_the_first_page(browser):
    page = words(browser.get("/can-bo/"))
    assert CALENDAR in page
    assert "Chưa được phân công" not in page
