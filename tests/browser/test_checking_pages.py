"""The checking page in Chromium: papers looked at by keyboard, marks in place, nothing lost without scripts."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_desk_pages import aside
from tests.browser.test_desk_pages import at_the_desk as at_the_desk  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import look as look  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import office as office  # noqa: PLC0414 - a fixture
from tests.journeys.desk_pages import dossier_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_dossier_is_checked_on_a_screen_with_papers_turned_by_keys(office, at_the_desk, look):
    row = aside(office.filed)
    page = at_the_desk("front_desk", f"{dossier_page(row)}kiem-tra/", viewport=DESKTOP)
    look(page, "checking-1280")
    page.get_by_role("region", name="Trang giấy đang xem").focus()
    for key in ("r", "+", "n"):
        page.keyboard.press(key)
    assert page.get_by_role("img", name="Giấy tờ nhà ở, trang 1").is_visible()
    page.keyboard.press("p")
    picture = page.locator("[data-sheet]:visible img")
    assert "90deg" in picture.get_attribute("style")
    assert page.locator("[data-zoom]").inner_text() == "125%"
    page.get_by_role("button", name="Đạt – Người được khai sinh").click()
    page.get_by_text("1/5").wait_for()
    page.get_by_role("link", name="Ghi lỗi – Giấy chứng sinh").click()
    page.get_by_label("Lý do", exact=True).select_option("unreadable")
    assert "chụp thẳng từ trên xuống" in page.get_by_label("Người dân cần làm gì").input_value()
    page.get_by_role("button", name="Ghi lỗi này").click()
    page.get_by_text("2/5").wait_for()
    assert "90deg" in picture.get_attribute("style")
    look(page, "checking-marked-1280")


def test_a_dossier_is_checked_on_a_telephone_without_scripts(office, at_the_desk):
    row = aside(office.filed)
    page = at_the_desk(
        "front_desk", f"{dossier_page(row)}kiem-tra/", viewport=PHONE, java_script_enabled=False
    )
    page.get_by_role("link", name="Ghi lỗi – Họ, chữ đệm, tên của cháu").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("Lý do", exact=True).select_option("name_differs")
    page.get_by_role("button", name="Ghi lỗi này").click()
    assert page.get_by_text("Sửa họ, chữ đệm, tên cho đúng từng chữ").is_visible()
    assert page.get_by_role("img", name="Giấy chứng sinh, trang 1").is_visible()
