"""The page that checks a QR code by itself, in Chromium: with its network cut, and changed under its hands."""

from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.eye import violations
from tests.browser.house import keep_picture
from tests.rooms.test_openness_offline import scanned, withdrawn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_once_opened_checks_papers_without_a_network(someone, live_server):
    valid, revoked = scanned(), scanned(withdrawn("7" * 20))
    page = someone(viewport=PHONE)
    page.goto(f"{live_server.url}/xac-thuc/khong-can-mang")
    page.context.set_offline(True)

    def checked(text, name=""):
        page.get_by_label("Nội dung mã QR").fill(text)
        page.get_by_label("Họ tên in trên giấy").fill(name)
        page.get_by_role("button", name="Kiểm tra").click()
        page.locator("#outcome .notice:visible").first.wait_for()
        return page.locator("#outcome").inner_text()

    told = checked(valid, "NGUYỄN minh An")
    assert "Con dấu trong mã QR là thật" in told
    assert "Họ tên đúng" in told
    assert "284/2026" in told
    keep_picture(page, Path("offline", "phone.png"))
    assert "không phải của người" in checked(valid, "Nguyễn Minh Ân")
    assert "đã bị thu hồi" in checked(revoked)
    wrong = str((int(valid[-20]) + 1) % 10)
    assert "đừng tin giấy này" in checked(valid[:-20] + wrong + valid[-19:])
    assert "Không đọc được" in checked("H31.284")
    page.context.set_offline(False)
    page.set_viewport_size(DESKTOP)
    assert "Con dấu trong mã QR là thật" in checked(valid)
    keep_picture(page, Path("offline", "desktop.png"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
