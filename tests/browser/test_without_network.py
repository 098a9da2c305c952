"""Never a lost word: the tab is killed, the network goes, two tabs write, the person leaves, the product changes."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, expect

from motcua.portal import worker
from tests.bad_line import BadLine
from tests.browser import photographs
from tests.browser.families import BEGINNING, BINH_FILES, MAI_FILES, STATUS_BEGINNING
from tests.browser.filling import Form
from tests.browser.house import soon
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATUS = "xac-nhan-tinh-trang-hon-nhan"
NAME = '[name="child.full_name"]'
PAPER = "giay_chung_sinh"
TAKEN_ALONG = "async path => !!await caches.match(path)"
NAMES_OF_CACHES = "caches.keys()"
ALL_KEPT = """async () => ({
  caches: (await caches.keys()).filter((name) => name.startsWith("motcua-draft-")),
  databases: (await indexedDB.databases()).map((one) => one.name),
})"""


def begins(person, slug, facts):
    """Begin a declaration and wait until its phone has taken it along; return the overview's address."""
    person.begins(slug, facts)
    person.page.wait_for_selector("[data-ready-sign]:visible")
    return urlsplit(person.page.url).path


@pytest.fixture
def line(house):
    """The line of a phone, which can be gone: what the browser believes of it comes late to pages that begin."""
    with BadLine(house.installation.port) as line:
        yield line


def is_gone(mai, line):
    line.goes_down()
    mai.context.set_offline(True)


def is_back(mai, line):
    mai.context.set_offline(True)  # a page that has begun since may not have heard it
    line.comes_back()
    mai.context.set_offline(False)


def is_kept_here(page: Page) -> None:
    """Wait until the phone itself has kept what was typed last."""
    page.wait_for_timeout(400)


def sent_saves(page: Page) -> list[str]:
    """Return a list that fills with the addresses that are saved to."""
    saves: list[str] = []
    page.context.on(
        "response",
        lambda r: saves.append(urlsplit(r.url).path) if r.request.method == "POST" else None,
    )
    return saves


def test_a_killed_tab_loses_nothing_that_was_typed(at_home):
    mai = at_home()
    here = begins(mai, BIRTH, BEGINNING) + "trang/chau/"
    mai.goes_to(here)
    mai.page.locator(NAME).fill("Trần")
    expect(mai.page.locator("[data-save-status]")).to_contain_text("Đã lưu lúc", timeout=10_000)
    mai.page.route("**/trang/**", lambda route: route.abort())
    mai.page.locator(NAME).fill("Trần Minh An")
    is_kept_here(mai.page)
    with pytest.raises(Error):
        mai.page.goto("chrome://crash")
    again = mai.opens_another_tab(mai.house.url + here)
    expect(again.locator(NAME)).to_have_value("Trần Minh An")
    expect(again.locator("[data-line]")).to_contain_text("Đã khôi phục những gì quý vị gõ lúc")
    expect(again.locator("[data-save-status]")).to_contain_text("Đã lưu lúc")


def test_a_whole_form_is_filled_without_network_and_sent_once(at_home, line):
    mai = at_home(journey="without-network", url=line.url)
    there = begins(mai, STATUS, STATUS_BEGINNING)
    mai.presses("Khai tiếp")
    is_gone(mai, line)
    expect(mai.page.locator("[data-line]")).to_contain_text("Không có mạng")
    mai.look("page-without-network")
    filled = []
    while "/trang/" in mai.page.url:
        filled.append(urlsplit(mai.page.url).path)
        Form(mai.page).answer_at_once(BINH_FILES)
        Form(mai.page).go_on()
    assert len(filled) == len(set(filled)) > 3
    mai.goes_to(there + "kiem-tra/", "file-when-online")
    mai.presses("Nộp ngay khi có mạng")
    expect(mai.page.locator("[data-wished]")).to_be_visible()
    saves = sent_saves(mai.page)
    is_back(mai, line)
    expect(mai.page.locator("h1")).not_to_have_text("Không có mạng", timeout=60_000)
    expect(mai.page.locator("main")).not_to_contain_text(re.compile("chưa khai", re.IGNORECASE))
    mai.look("sent-when-online")
    assert sorted(saves) == sorted(set(saves))
    mai.goes_to(there)
    assert mai.page.locator(".tasks").get_by_text("Đang khai").count() == 0


def test_answers_and_a_photograph_made_without_network_arrive_once(at_home, line):
    mai = at_home(journey="photograph-without-network", url=line.url)
    there = begins(mai, BIRTH, BEGINNING)
    mai.goes_to(f"{there}trang/{PAPER}/")
    mai.answers(MAI_FILES)
    mai.goes_to(f"{there}giay-to/")
    paper = f"{there}giay-to/{PAPER}/"
    soon(lambda: mai.page.evaluate(TAKEN_ALONG, paper), within=10, what="the paper taken along")
    is_gone(mai, line)
    mai.goes_to(f"{there}trang/chau/")
    Form(mai.page).answer_at_once(MAI_FILES)
    Form(mai.page).go_on()
    mai.goes_to(paper)
    mai.sends(PAPER, photographs.jpeg("GIẤY CHỨNG SINH"))
    expect(mai.page.locator(".upload")).to_contain_text("IMG_0001.jpg")
    mai.look("paper-without-network")
    mai.presses("Xong")
    saves = sent_saves(mai.page)
    is_back(mai, line)
    mai.page.locator("[data-line] a").click()
    expect(mai.page.locator("#check-papers")).to_contain_text("IMG_0001.jpg")
    expect(mai.page.locator("main")).to_contain_text("Trần Minh An")
    assert saves.count(f"{there}trang/chau/") == 1
    mai.goes_to(paper)
    expect(mai.page.locator(".pages .page")).to_have_count(1)


def test_a_sign_in_that_ended_without_network_loses_nothing(at_home):
    mai = at_home(journey="signed-out-without-network")
    there = begins(mai, BIRTH, BEGINNING)
    mai.goes_to(f"{there}trang/chau/")
    mai.page.wait_for_function("motcuaDraft.ready")
    mai.context.set_offline(True)
    mai.page.locator(NAME).fill("Trần Minh An")
    Form(mai.page).go_on()
    mai.context.clear_cookies(name=re.compile("^(motcua$|nhap-)"))
    mai.context.set_offline(False)
    expect(mai.page.locator("[data-line]")).to_contain_text("lần đăng nhập đã hết giờ")
    mai.look("signed-out-meanwhile")
    mai.presses("Đăng nhập lại")
    mai.signs_in_by_vneid()
    expect(mai.page.locator("[data-line]")).to_contain_text("Đã gửi hết")
    mai.goes_to(f"{there}trang/chau/")
    expect(mai.page.locator(NAME)).to_have_value("Trần Minh An")


def test_two_tabs_merge_and_the_same_field_is_asked_about(at_home):
    mai = at_home(journey="second-tab")
    here = begins(mai, BIRTH, BEGINNING) + "trang/chau/"
    mai.goes_to(here)
    second = mai.opens_another_tab(mai.house.url + here)
    second.locator(NAME).fill("Trần Bảo An")
    expect(second.locator("[data-save-status]")).to_contain_text("Đã lưu lúc")
    mai.page.locator('[name="child.birth_date__day"]').fill("5")
    expect(mai.page.locator(NAME)).to_have_value("Trần Bảo An")
    second.locator(NAME).fill("Trần Gia An")
    expect(second.locator("[data-save-status]")).to_contain_text("Đã lưu lúc")
    second.wait_for_timeout(1500)
    mai.page.locator(NAME).fill("Trần Minh An")
    choice = mai.page.get_by_role("group", name=re.compile("khai khác trên máy khác"))
    expect(choice).to_contain_text("Trần Gia An")
    mai.look("answered-elsewhere")
    choice.get_by_role("button", name="Giữ câu khai ở đây").press("Enter")
    expect(choice).to_have_count(0)
    mai.page.wait_for_timeout(1500)
    second.reload()
    expect(second.locator(NAME)).to_have_value("Trần Minh An")


def test_signing_out_leaves_nothing_on_the_phone(citizen):
    mai = citizen()
    here = begins(mai, BIRTH, BEGINNING) + "trang/chau/"
    mai.goes_to(here)
    mai.page.locator(NAME).fill("Trần Minh An")
    is_kept_here(mai.page)
    kept = mai.page.evaluate(ALL_KEPT)
    assert (len(kept["caches"]), kept["databases"]) == (1, ["motcua"])
    mai.presses("Đăng xuất")
    expect(mai.page.locator("h1")).to_contain_text("đã đăng xuất")
    assert mai.page.evaluate(ALL_KEPT) == {"caches": [], "databases": []}
    mai.page.go_back()
    expect(mai.page.locator("body")).not_to_contain_text("Trần Minh An")
    mai.context.set_offline(True)
    with pytest.raises(Error):
        mai.page.goto(here)


WORKING = """async () => {
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  await caches.open("motcua-draft-of-somebody");
}"""
IN_CHARGE = """async () => {
  const { installing, waiting, active } = await navigator.serviceWorker.ready;
  return !installing && !waiting && active.state === "activated" && !!navigator.serviceWorker.controller;
}"""
UPDATED = "async () => { await (await navigator.serviceWorker.ready).update(); }"


def test_a_new_worker_takes_over_and_drafts_stay(someone, live_server, monkeypatch):
    page = someone()
    page.goto(f"{live_server.url}/khong-co-mang/")
    page.evaluate(WORKING)
    before = page.evaluate(NAMES_OF_CACHES)
    monkeypatch.setattr(worker, "version", lambda: "fedcba987654")
    worker.source.cache_clear()
    page.evaluate(UPDATED)
    page.wait_for_function(
        "async () => (await caches.keys()).includes('motcua-shell-fedcba987654')"
    )
    page.wait_for_function("async () => (await caches.keys()).length == 2")
    page.wait_for_function(IN_CHARGE)
    assert "motcua-draft-of-somebody" in page.evaluate(NAMES_OF_CACHES)
    assert "motcua-shell-fedcba987654" not in before
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/")
    expect(page.locator("h1")).to_have_text("Không có mạng")
    worker.source.cache_clear()


def test_a_step_back_to_what_a_form_brought_is_no_lack_of_network(citizen):
    page = citizen().page
    page.goto("/theo-doi/")
    page.evaluate(
        "navigator.serviceWorker.register('/sw.js', {scope: '/'}).then(() => navigator.serviceWorker.ready)"
    )
    page.goto("/theo-doi/")
    with page.expect_navigation():
        page.locator("main form[method=post] button.button-primary").last.click()
    page.goto("/hoi-dap/")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Theo dõi hồ sơ")
