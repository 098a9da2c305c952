"""Consultation and extension in Chromium: asked, answered and signed on a phone, for axe."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_desk_pages import aside
from tests.browser.test_desk_pages import at_the_desk as at_the_desk  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import look as look  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import office as office  # noqa: PLC0414 - a fixture
from tests.journeys.office import POLICE
from tests.journeys.test_extending import as_owner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_asked_answer_on_a_phone_and_the_citizen_reads_the_apology(
    office, at_the_desk, look, live_server
):
    row = aside(lambda: office.received(published=office.counter, way="counter"))
    page = at_the_desk(
        "registrar", f"/can-bo/ho-so/{row.code}/viec/lay-y-kien/marriage/", viewport=PHONE
    )
    page.select_option("[name=whom]", f"{POLICE}:police_officer")
    page.fill("[name=question]", "Người mẹ có đang cư trú tại xã không?")
    page.select_option("[name=until]", "1")
    page.click("summary:has-text('Mục của tờ khai')")
    page.check("[name=fields] >> nth=0", force=True)
    look(page, "consult")
    page.click("button:has-text('Gửi câu hỏi')")
    police = at_the_desk("police", f"/can-bo/ho-so/{row.code}/", viewport=PHONE)
    look(police, "consulted")
    police.click("text=Trả lời ý kiến")
    police.fill("[name=answer]", "Có, tạm trú từ tháng 1.")
    look(police, "opinion")
    police.click("button:has-text('Gửi ý kiến')")
    leader = at_the_desk("leader", f"/can-bo/ho-so/{row.code}/viec/gia-han/", viewport=PHONE)
    leader.select_option("[name=days]", "2")
    leader.select_option("[name=reason]", "verification")
    leader.click("button:has-text('Ký xin lỗi và gia hạn')")
    page.context.add_cookies(
        [{"name": name, "value": one.value, "url": live_server.url}
         for name, one in as_owner(row).cookies.items()]
    )  # fmt: skip
    page.goto(f"{live_server.url}/theo-doi/{row.code}/")
    page.click("text=Vì sao ngày này?")
    look(page, "tracking-extended")
