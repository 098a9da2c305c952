"""Everybody gets through: by keys alone, by listening, enlarged four times, with time, without seeing colours."""

import re
from itertools import pairwise

import pytest
from django.test import Client
from playwright.sync_api import expect

from motcua.dossiers.models import Dossier
from tests.browser.conftest import PHONE
from tests.browser.heard import LEFT_OUT, NAMELESS, headings, landmarks
from tests.browser.house import soon
from tests.browser.keys import Keys
from tests.browser.photographs import pdf
from tests.signing_in import as_citizen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENLARGED = {"width": 320, "height": 256}
"""A window of 1280 × 1024 at 400 % (WCAG 1.4.10)."""
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)
"""What WCAG 1.4.12 lets a reader set."""
CUT = """() => [...document.querySelectorAll("main *")].filter((e) => {
  const s = getComputedStyle(e);
  return e.clientWidth > 1 && s.overflow !== "visible" && s.overflowX !== "auto" && e.scrollWidth > e.clientWidth + 1
    && !e.matches("input, select, textarea, progress, .unseen");
}).map((e) => e.outerHTML.slice(0, 100))"""
MOVING = """() => [...document.querySelectorAll("*")].filter((e) =>
  getComputedStyle(e).transitionDuration.split(",").some((t) => parseFloat(t) > 0) || e.getAnimations().length).length"""
VOICE = """
  const said = window.said = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "vi-VN", name: "Linh" }], addEventListener() {},
    speak: (u) => { said.push([u.text, u.lang]); if (said.length % 3) setTimeout(() => u.onend(), 5); },
    cancel: () => { said.push("hush"); },
  } });
"""
MAIN = "main :is(button, a).button:not(.button-quiet, .button-secondary)"


def test_a_dossier_is_filed_by_keys_alone_and_the_place_is_always_seen(
    someone, live_server, commune, world
):
    page = someone(viewport=PHONE)
    keys = Keys(page)
    page.goto(f"{live_server.url}/nop/thu/")
    keys.chooses("[name=place__province]", "31")
    page.wait_for_selector("[name=place__commune] option[value='11284']", state="attached")
    keys.chooses("[name=place__commune]", "11284")
    keys.follows(MAIN)
    keys.follows(MAIN)
    filled_in = page.locator("main form [autocomplete]").evaluate_all("all => all.map(e => e.autocomplete)")  # fmt: skip
    assert filled_in == ["name", "tel", "email"]
    keys.types('[name="applicant.full_name"]', "Nguyễn Thị Mai")
    keys.types('[name="applicant.phone"]', "0912345001")
    keys.follows(MAIN)
    keys.follows(MAIN)  # too early: what is missing is said first
    assert page.evaluate("document.activeElement.matches('.error-summary')")
    keys.to('.error-summary a[href="#child-full_name"]')
    keys.press("Enter")
    assert page.evaluate("document.activeElement.name") == "child.full_name"
    page.keyboard.type("Trần Bảo An")
    for part, typed in (("day", "5"), ("month", "11"), ("year", "2026")):
        keys.types(f'[name="child.birth_date__{part}"]', typed)
    keys.follows(MAIN)
    keys.follows("main .task a")
    with page.expect_file_chooser() as chooser:
        keys.to("[id$=__library]")
        keys.press("Enter")
    chooser.value.set_files(pdf("GIẤY CHỨNG SINH"))
    page.wait_for_selector(".pages .page")
    for _ in range(3):
        keys.follows(MAIN)
    keys.to("[name=pledge]")
    keys.press("Space")
    keys.follows(MAIN)
    assert "/bien-nhan/" in page.url
    assert Dossier.objects.count() == 1
    assert keys.lost == []


def test_what_is_heard_comes_in_order_and_has_a_name(someone, live_server, commune):
    page = someone(viewport=PHONE)
    for path in ("/", "/tim/?q=thu", "/dich-vu/thu/", "/nop/thu/", "/theo-doi/", "/dang-nhap/", "/hien-thi/"):  # fmt: skip
        page.goto(live_server.url + path)
        assert page.evaluate(NAMELESS) == [], path
        assert page.evaluate(LEFT_OUT) == [], path
        levels = headings(page)
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        assert landmarks(page) == ["banner", "main", "contentinfo"], path
        assert re.fullmatch(r".+ – Một Cửa", page.title()), path


def test_enlarged_four_times_and_spaced_wide_nothing_is_cut(someone, live_server, commune):
    page = someone(viewport=ENLARGED, bypass_csp=True)
    for path in ("/", "/dich-vu/thu/", "/nop/thu/", "/theo-doi/", "/hien-thi/"):
        page.goto(live_server.url + path)
        page.add_style_tag(content=SPACED)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(CUT) == [], path


def test_who_wants_it_calm_or_in_colours_of_their_own_gets_it(someone, live_server):
    page = someone(reduced_motion="reduce", forced_colors="active")
    page.goto(f"{live_server.url}/hien-thi/")
    assert page.evaluate(MOVING) == 0
    keys = Keys(page)
    keys.to("[name=text]")
    keys.to("main form button.button")
    assert keys.lost == []
    edge = page.locator("main form button.button").first.evaluate("e => getComputedStyle(e).borderTopStyle")  # fmt: skip
    assert edge == "solid"


def test_a_question_is_read_aloud_paused_and_silenced_by_keys(someone, live_server, commune):
    page = someone()
    page.add_init_script(VOICE)
    page.goto(f"{live_server.url}/nop/thu/")
    keys = Keys(page)
    keys.to("[data-listen]")
    keys.press("Enter")
    soon(lambda: page.evaluate("said.length") >= 3, what="three pieces")
    listen = page.locator("button[data-listen]").first
    heard = page.evaluate("said")
    assert heard[0][0].startswith(page.locator("main .label").first.inner_text()[:20])
    assert {lang for _, lang in heard} == {"vi"}
    expect(listen).to_contain_text("Tạm dừng")
    keys.press("Enter")
    expect(listen).to_contain_text("Nghe tiếp")
    keys.press("Escape")
    expect(listen).to_contain_text("Nghe")
    assert page.evaluate("said.at(-1)") == "hush"


def test_without_a_voice_nobody_is_offered_to_listen_and_one_page_says_why(someone, live_server):
    page = someone()
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    page.goto(f"{live_server.url}/hien-thi/")
    expect(page.locator("[data-voice-none]")).to_be_visible()
    assert page.locator("[data-listen]:visible").count() == 0


def test_the_end_of_a_sign_in_is_told_before_and_put_off_by_one_press(someone, live_server):
    client = Client()
    as_citizen(client)
    page = someone()
    page.clock.install()
    page.context.add_cookies([{"name": "motcua", "value": client.cookies["motcua"].value, "url": live_server.url}])  # fmt: skip
    page.goto(f"{live_server.url}/tai-khoan/")
    told = page.get_by_role("dialog")
    page.route("**/con-lai/", lambda route: route.fulfill(json={"left": 120 if route.request.method == "GET" else 1800}))  # fmt: skip
    page.clock.fast_forward(28 * 60 * 1000)
    expect(told).to_be_visible()
    expect(told.get_by_role("button", name="Làm tiếp")).to_be_focused()
    page.keyboard.press("Enter")
    expect(told).to_be_hidden()
    page.unroute("**/con-lai/")
    page.route("**/con-lai/", lambda route: route.fulfill(json={"left": 0}))
    page.clock.fast_forward(28 * 60 * 1000)
    expect(page.get_by_role("link", name="Đăng nhập lại")).to_be_focused()


def test_near_a_limit_the_phone_works_by_itself_and_the_form_goes_on(someone, live_server):
    for number in range(15):
        Client().post("/dang-nhap/dien-thoai/", {"phone": f"09876{number:05}"})
    page = someone()
    page.goto(f"{live_server.url}/dang-nhap/dien-thoai/")
    page.locator("[name=phone]").fill("0987654321")
    page.get_by_role("button", name="Gửi mã").click()
    page.wait_for_url("**/dang-nhap/ma/")
    without = someone(java_script_enabled=False)
    without.goto(f"{live_server.url}/dang-nhap/dien-thoai/")
    without.locator("[name=phone]").fill("0987654322")
    without.get_by_role("button", name="Gửi mã").click()
    expect(without.get_by_role("button", name="Gửi tiếp")).to_be_visible()
