"""Pages on which an issued result changes, and the register, in Chromium: a phone, a screen, for axe."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_desk_pages import aside
from tests.browser.test_desk_pages import at_the_desk as at_the_desk  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import look as look  # noqa: PLC0414 - a fixture
from tests.browser.test_desk_pages import office as office  # noqa: PLC0414 - a fixture
from tests.journeys.desk_pages import act_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_name_is_corrected_on_sound_pages(office, at_the_desk, look):
    row = aside(office.born)

    def seen(page, name):
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            look(page, f"{name}-{viewport['width']}")

    page = at_the_desk("registrar", act_page(row, "dinh-chinh", "birth_paper"))
    seen(page, "correct")
    page.get_by_label("Họ, chữ đệm, tên của cháu").fill("Trần Minh Bảo An")
    page.get_by_label("Sai sót khi ghi chép của cơ quan").check(force=True)
    page.get_by_label("Nói rõ lý do").fill("Ghi thiếu chữ đệm của trẻ.")
    page.get_by_role("button", name="Gửi lãnh đạo ký").click()
    assert page.get_by_text("Đã gửi đề nghị đính chính").is_visible()
    leader = at_the_desk("leader", act_page(row, "ky-thay-doi", "birth_paper"))
    seen(leader, "change")
    leader.get_by_role("button", name="Ký thay đổi này").click()
    assert leader.get_by_text("Kết quả thay đổi ngay").is_visible()
    seen(at_the_desk("leader", "/can-bo/so-lieu/so-theo-doi/"), "register")
