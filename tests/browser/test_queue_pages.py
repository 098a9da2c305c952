"""The queue in Chromium: worked by the keyboard alone, on a phone and on a screen, for axe."""

import pytest
from django.db import connection

from motcua.dossiers.models import Event, Handover
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_desk_pages import aside
from tests.browser.test_desk_pages import at_the_desk as at_the_desk  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import look as look  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import office as office  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_morning_at_the_queue_by_keyboard(office, at_the_desk, look):
    for child in ("Trần Minh An", "Lê Hà My", "Phạm Gia Bảo"):
        aside(lambda child=child: office.filed(child=child))
    page = at_the_desk("front_desk", "/can-bo/", viewport=DESKTOP)
    page.keyboard.press("?")
    look(page, "queue-keys")
    page.keyboard.press("?")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_selector("text=Đã làm 1 hồ sơ")
    page.go_back()
    page.keyboard.press("/")
    page.keyboard.type("jkcx")
    assert page.locator("[type=search]").input_value() == "jkcx"
    page.locator("[type=search]").evaluate("field => field.blur()")
    page.keyboard.press("Shift+X")
    page.click("text='Tiếp nhận'")
    look(page, "queue-sure")
    page.click("button:has-text('Tiếp nhận')")
    page.wait_for_selector("text=Đã làm 3 hồ sơ")
    look(page, "queue-batch")
    connection.close()
    assert Event.objects.filter(kind="Received").count() == 3
    assert Handover.objects.count() == 1


def test_the_pages_of_taking_work_fit_a_phone_and_are_accessible(office, at_the_desk, look):
    row = aside(office.filed)
    page = at_the_desk("front_desk", "/can-bo/?nguoi=none", viewport=PHONE)
    page.click("text=Lọc và xếp thứ tự")
    page.fill("[name=ten]", "Chưa ai nhận")
    page.click("button:has-text('Lưu')")
    look(page, "queue-phone")
    page.goto(page.url.split("/can-bo/")[0] + f"/can-bo/ho-so/{row.code}/")
    page.click("text=Nhận hoặc giao việc")
    page.click("text=Nhận việc này")
    page.click("text=Nhận hoặc giao việc")
    look(page, "queue-hands")
    page.goto(page.url.split("/can-bo/")[0] + "/can-bo/vang-mat/")
    look(page, "absence")
