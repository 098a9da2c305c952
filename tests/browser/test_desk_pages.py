"""The desk in Chromium: on a phone and on a screen, with keyboard, without scripts, for axe."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.eye import look_at
from tests.journeys import ground
from tests.journeys.desk_pages import act_page, dossier_page
from tests.journeys.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(transactional_db):
    yield Office()
    ground.forget()


@pytest.fixture
def at_the_desk(office, someone, live_server):
    """Open a page of the desk as an official who is signed in."""

    def open_it(name, path, **how):
        page = someone(**how)
        cookie = office.browser(name).cookies["motcua-can-bo"]
        page.context.add_cookies(
            [
                {
                    "name": "motcua-can-bo",
                    "value": cookie.value,
                    "url": f"{live_server.url}/can-bo/",
                }
            ]
        )
        page.goto(f"{live_server.url}{path}")
        return page

    return open_it


@pytest.fixture
def look():
    """Check a page with axe and for sideways scrolling, and keep its picture."""

    return lambda page, name: look_at(page, Path("desk", f"desk-{name}.png"))


def aside(do):
    """Do something beside the browser's own loop: signing a PDF brings one of its own."""

    def done():
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


def pages(office):
    """Return every kind of page with who opens it."""
    filed, received, signing = office.filed(), office.received(), office.to_sign()
    born = office.born(way="counter")
    return {
        "queue": ("front_desk", "/can-bo/"),
        "search": ("front_desk", "/can-bo/?q=tran"),
        "nothing-found": ("front_desk", "/can-bo/?q=zzz"),
        "filed": ("front_desk", dossier_page(filed)),
        "received": ("registrar", dossier_page(received)),
        "born": ("front_desk", dossier_page(born)),
        "police": ("police", dossier_page(born)),
        "receive": ("front_desk", act_page(filed, "tiep-nhan")),
        "decline": ("front_desk", act_page(filed, "khong-tiep-nhan")),
        "supplement": ("registrar", act_page(received, "yeu-cau-bo-sung", "birth")),
        "draft": ("registrar", act_page(received, "thuc-hien", "birth")),
        "sign": ("leader", act_page(signing, "thuc-hien", "birth")),
        "hand-over": ("front_desk", act_page(born, "tra-ket-qua", "birth_paper")),
        "cash": ("front_desk", act_page(born, "thu-tien", "fee")),
        "not-now": ("front_desk", act_page(born, "tiep-nhan")),
    }


def test_every_page_of_the_desk_is_sound_on_a_screen_and_on_a_phone(office, at_the_desk, look):
    for name, (who, path) in aside(lambda: pages(office)).items():
        page = at_the_desk(who, path, viewport=DESKTOP)
        look(page, f"{name}-{DESKTOP['width']}")
        page.set_viewport_size(PHONE)
        look(page, f"{name}-{PHONE['width']}")
        page.context.close()


def test_a_supplement_is_asked_without_scripts(office, at_the_desk):
    row = office.received()
    page = at_the_desk("registrar", dossier_page(row), java_script_enabled=False)
    page.get_by_role("link", name="Yêu cầu bổ sung").click()
    page.get_by_label("Họ, chữ đệm, tên của cháu", exact=True).check(force=True)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    assert page.get_by_text("Hãy chọn lý do cho từng mục đã đánh dấu").first.is_visible()
    page.get_by_label("Lý do – Họ, chữ đệm, tên của cháu").select_option("name_differs")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    assert page.get_by_text("Người dân sẽ đọc như sau").is_visible()
    page.get_by_label("Tôi xác nhận gửi mà không kiểm tra các mục này").check(force=True)
    page.get_by_role("button", name="Yêu cầu bổ sung").click()
    assert page.get_by_text("Đã gửi yêu cầu bổ sung").is_visible()
    assert office.now(row).requests["birth"].fields == {"child.full_name"}


def test_a_dossier_is_received_by_keyboard_alone(office, at_the_desk):
    row = office.filed()
    page = at_the_desk("front_desk", dossier_page(row), viewport=DESKTOP)
    page.get_by_role("link", name="Tiếp nhận hồ sơ", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tiếp nhận hồ sơ").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**xong=tiep-nhan")
    assert "Received" in office.kinds(row)
