"""An official at a real browser: a passkey is made and opens the desk alone; a desk that locks loses nothing typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.house import House

pytestmark = pytest.mark.browser
WHO = "kinh-te.nam-thanh-mien"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_key(page: Page) -> None:
    """Put an authenticator into the browser, as a laptop has one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def signs_in(page: Page, house: House) -> str:
    password, code = house.official(WHO)
    page.goto("/can-bo/")
    page.locator("[name=username]").fill(WHO)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/can-bo/")
    return password


def locks_elsewhere(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/can-bo/tai-khoan/")
    other.get_by_role("button", name="Khóa ngay").click()
    other.get_by_role("heading", name="Màn hình đã khóa").wait_for()
    other.close()


def test_a_passkey_opens_the_desk_and_the_lock_keeps_what_was_typed(
    someone: Callable[..., Page], house: House
) -> None:
    by_name = house.url.replace("127.0.0.1", "localhost")
    page = someone(base_url=by_name, viewport={"width": 1280, "height": 900})
    with_a_key(page)
    password = signs_in(page, house)

    page.goto("/can-bo/tai-khoan/")
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    page.get_by_text("Đã thêm khóa truy cập.").wait_for()

    page.goto("/can-bo/vang-mat/")
    page.locator("#reason").fill("Đi họp ở tỉnh")
    locks_elsewhere(page)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("heading", name="Màn hình đã khóa").wait_for()
    assert not page.locator("#reason").is_visible()
    page.locator("[name=_password]").fill(password)
    page.get_by_role("button", name="Mở khóa").click()
    page.locator("#reason").wait_for()
    assert page.locator("#reason").input_value() == "Đi họp ở tỉnh"

    locks_elsewhere(page)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.locator("#reason").wait_for()

    page.locator("header").get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url("**/can-bo/")
    assert page.get_by_role("heading", level=1).is_visible()
