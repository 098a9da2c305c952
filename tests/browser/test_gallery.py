import gzip
from pathlib import Path

import pytest

import motcua.ui
from motcua.toolkit.static import small
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.eye import arrived, violations

STATIC = Path(motcua.ui.__file__).parent / "static" / "ui"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(someone, live_server):
    """Open the gallery as somebody, and fail on anything the browser complains of."""

    def open_it(**how):
        page = someone(**how)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.goto(f"{live_server.url}/ui")
        arrived(page)
        assert complaints == []
        return page

    return open_it


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_to_say(gallery, viewport, scheme):
    assert violations(gallery(viewport=viewport, color_scheme=scheme)) == []


def test_without_scripts_the_buttons_that_replace_them_are_there(gallery):
    page = gallery(java_script_enabled=False)
    assert page.locator("html.js").count() == 0
    assert page.get_by_role("button", name="Chọn tỉnh").is_visible()


WIDEST = """() => Math.max(...[...document.querySelectorAll("main .frame > *, .input, .button")]
  .map(e => e.getBoundingClientRect().right))"""
SMALL = """() => [...document.querySelectorAll(".button, .input, .choice, header a, summary")]
  .filter(e => e.checkVisibility()).map(e => [e.innerText, e.getBoundingClientRect().height])
  .filter(([, height]) => height && height < 44)"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_no_page_scrolls_sideways(gallery, scripts):
    page = gallery(viewport=PHONE, java_script_enabled=scripts)
    for width in (320, 360, 412, 768):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(WIDEST) <= width + 0.5


def test_everything_to_press_is_large_enough_for_a_thumb(gallery):
    assert gallery().evaluate(SMALL) == []


def test_a_long_list_is_searched_without_diacritics(gallery):
    page = gallery()
    box = page.get_by_role("combobox", name="Xã, phường, đặc khu")
    box.fill("ngo quyen")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert box.input_value() == "Phường Ngô Quyền"
    assert page.locator("[name=que__commune]").input_value() == "11329"


def test_a_long_list_can_be_chosen_from_with_the_mouse_and_left_by_escape(gallery):
    page = gallery()
    box = page.get_by_role("combobox", name="Xã, phường, đặc khu")
    box.fill("le chan")
    page.get_by_role("option", name="Phường Lê Chân").click()
    assert page.locator("[name=que__commune]").input_value() == "11383"
    box.fill("xyz")
    page.keyboard.press("Escape")
    assert box.input_value() == "Phường Lê Chân"


def test_a_number_is_read_back_in_groups(gallery):
    page = gallery()
    page.get_by_label("Số định danh cá nhân của mẹ").fill("030185001289")
    assert page.locator("output[for=so]").inner_text() == "030 185 001 289"


def test_the_other_facility_is_asked_only_when_chosen(gallery):
    page = gallery()
    other = page.get_by_label("Tên đầy đủ của cơ sở y tế")
    assert other.is_visible()
    page.get_by_label("Nơi sinh", exact=True).select_option("t1")
    assert not other.is_visible()


def test_an_answer_that_changes_the_page_asks_the_server_and_keeps_the_place(gallery):
    page = gallery()
    choice = page.get_by_role("radio", name="Nhận qua bưu chính")
    with page.expect_request(lambda r: r.method == "POST") as asked:
        choice.check(force=True)
    assert asked.value.headers["x-part"] == "fields-2"
    assert "tra" in asked.value.post_data
    page.wait_for_selector("#fields-2:not([aria-busy])")
    assert page.evaluate("document.activeElement.id") == "tra__2"


def test_an_error_link_brings_the_person_to_the_field(gallery):
    page = gallery()
    page.get_by_role("link", name="Tháng 2 năm 2026 không có ngày 31.").click()
    assert page.evaluate("document.activeElement.id") == "x_sinh__day"


def test_a_second_press_sends_nothing(gallery):
    page = gallery()
    sent = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    press_twice = "() => { const b = document.querySelector('[name=go]'); b.click(); b.click(); }"
    with page.expect_navigation():
        page.evaluate(press_twice)
    arrived(page)
    assert len(sent) == 1


def test_the_first_load_leaves_room_for_the_pages(gallery):
    def packed(name):
        sent = small(Path(name).suffix, (STATIC / name).read_text("utf-8"))
        return len(gzip.compress(sent.encode(), 9))

    assert packed("motcua.css") <= 8 * 1024
    assert packed("motcua.js") <= 2 * 1024
    others = ("form", "store", "drafts", "offline", "sw", "papers", "rules")
    assert {name: packed(f"{name}.js") for name in others if packed(f"{name}.js") > 4 * 1024} == {}
    assert packed("door.svg") <= 1024
