"""Signing in on a phone in Chromium, with and without scripts."""

import re
from pathlib import Path

import pytest

from motcua.adapters.vneid.provider import Vneid
from motcua.identity.models import Person
from motcua.notices.models import Notice
from motcua.toolkit import wiring
from tests.browser.eye import look_at
from tests.sandbox_box import PEOPLE, SECRETS, RunningBox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def sent_code():
    found = re.search(r"\b[0-9]{6}\b", Notice.objects.latest("pk").body)
    assert found
    return found[0]


@pytest.fixture
def look():
    """Check a page where scripts run, and keep its picture."""

    return lambda page, name: look_at(page, Path("sign-in", f"sign-in-{name}.png"))


@SCRIPTS
def test_registering_on_a_phone_from_the_first_door_to_the_account(
    someone, live_server, look, scripts
):
    page = someone(java_script_enabled=scripts)
    page.goto(f"{live_server.url}/dang-nhap/?next=/tai-khoan/")
    look(page, "choose")
    page.get_by_role("link", name="Chưa có tài khoản? Đăng ký").click()
    look(page, "register")
    page.get_by_role("link", name="Công dân").click()
    look(page, "register-citizen")
    page.get_by_role("link", name="Thuê bao di động").click()
    page.get_by_label("Số điện thoại di động").fill("0987 654 321")
    look(page, "number")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Tiếp tục").click()
    look(page, "details-wrong")
    page.get_by_label("Họ, chữ đệm và tên").fill("Lê Văn Bình")
    page.get_by_label("Năm").fill("1990")
    page.get_by_text("Nam", exact=True).click()
    page.get_by_role("button", name="Tiếp tục").click()
    look(page, "code")
    page.get_by_label("Mã 6 số trong tin nhắn").fill("12")
    page.get_by_role("button", name="Xác nhận").click()
    look(page, "code-wrong")
    page.get_by_label("Mã 6 số trong tin nhắn").fill(sent_code())
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url("**/tai-khoan/")
    look(page, "account")
    assert page.get_by_text("1990", exact=True).is_visible()


def test_the_resend_button_wakes_by_itself(someone, live_server):
    page = someone()
    page.goto(f"{live_server.url}/dang-nhap/dien-thoai/")
    page.get_by_label("Số điện thoại di động").fill("0987 654 321")
    page.get_by_role("button", name="Gửi mã").click()
    waiting = page.get_by_role("button", name=re.compile("Gửi lại mã sau"))
    assert waiting.is_disabled()


@pytest.fixture
def box(live_server, tmp_path, monkeypatch):
    running = RunningBox(tmp_path, live_server.url)
    secret = SECRETS["SANDBOX_VNEID_CLIENT_SECRET"]
    provider = Vneid(issuer=f"{running.url}/vneid", client_id="motcua", client_secret=secret)
    monkeypatch.setattr(wiring, "made", lambda _path: provider)
    yield running
    running.stop()


@SCRIPTS
def test_a_mother_goes_to_vneid_and_comes_back(someone, live_server, look, scripts, box):
    # The policy of the pages names the installation's provider, not the one of this test.
    page, mother = someone(java_script_enabled=scripts, bypass_csp=True), PEOPLE["mother"]
    page.goto(f"{live_server.url}/dang-nhap/?next=/tai-khoan/")
    page.get_by_role("button", name="Đăng nhập bằng VNeID").click()
    page.locator("[name=so_dinh_danh]").fill(mother["personal_number"])
    page.locator("[name=mat_khau]").fill(mother["password"])
    page.locator("[name=mat_khau]").press("Enter")
    page.locator("[name=otp]").fill(box.otp_of("mother"))
    page.locator("[name=otp]").press("Enter")
    page.locator("[name=decision][value=agree]").click()
    page.wait_for_url("**/da-nhan/**")
    look(page, "shared")
    page.get_by_role("link", name="Tiếp tục").click()
    page.wait_for_url("**/tai-khoan/")
    assert Person.objects.get().personal_number == mother["personal_number"]
