"""Every page of the citizens' side at four widths, light and dark: nothing cut, nothing beside the screen.

PICTURES=1 keeps a picture of each, to be looked at: output/pictures/every-page.
"""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from tests.browser import every_page, rare_pages
from tests.browser.heard import LEFT_OUT, NAMELESS
from tests.browser.house import PICTURED, keep_picture
from tests.browser.rare_pages import NAME
from tests.browser.test_help_pages import always_open
from tests.journeys.relatives import family
from tests.photo_set import photograph

__all__ = ["always_open", "family"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]
WIDTHS = (320, 360, 768, 1280)
ADDRESS = "http://mot-cua.test"
FAULTS = (Path(__file__).parent / "faults_of_a_page.js").read_text(encoding="utf-8")
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
KEPT = ("Content-Type", "Content-Security-Policy")


def made(make, *things):
    """Make pages in a thread of its own: signing runs a loop, and so does Playwright here."""

    def work():
        try:
            return make(*things)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


class Wall:
    """One browser window in which the pages of an album hang, one after the other."""

    def __init__(self, page, album):
        self.page, self.album, self.complaints = page, album, {}
        self.at, self.answers = "/", lambda route: route.fulfill(status=204)
        page.emulate_media(reduced_motion="reduce")
        page.route("**/*", self._answer)
        page.on("pageerror", lambda error: self._note("script", str(error)))

    def _answer(self, route):
        """Answer for the house: the page that hangs, the scripts and styles it asks for, its pictures."""
        path, asked = urlsplit(route.request.url).path, route.request
        if path == self.at and asked.method == "GET":
            headers = {name: self.shown.answer.headers.get(name, "") for name in KEPT}
            route.fulfill(body=self.shown.body, headers=headers)
        elif path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
        elif asked.resource_type == "image":
            picture = self.shown.client.get(asked.url.removeprefix(ADDRESS))
            headers = {"Content-Type": picture.headers["Content-Type"]}
            route.fulfill(body=picture.getvalue(), headers=headers)
        else:
            self.answers(route)

    def _note(self, where, what):
        self.complaints.setdefault(self.name, {}).setdefault(what, []).append(where)

    def hang(self, name, at="/"):
        self.name, self.shown, self.at = name, self.album.pages[name], at
        self.page.goto(f"{ADDRESS}{at}", wait_until="load")

    def look_at_all(self):
        """Look at every page in every width and scheme; return what is wrong, by page."""
        for name in self.album.pages:
            self.hang(name)
            self.look_at(name)
        return self.complaints

    def look_at(self, name):
        """Look at what hangs now, under a name of its own, in every width and scheme."""
        self.name = name
        for width in WIDTHS:
            self._look("light", width)
        for width in WIDTHS if PICTURED else [360]:  # a scheme changes nothing but colours
            self._look("dark", width)

    def _look(self, scheme, width):
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": 800})
        if scheme == "light":
            for fault in self.page.evaluate(FAULTS):
                self._note(width, fault)
        if width == 360:
            self._ask_axe(scheme)
        if (width, scheme) == (360, "light"):
            self._listen()
        keep_picture(self.page, Path("every-page", f"{self.name}-{width}-{scheme}.png"))

    def _ask_axe(self, scheme):
        found = Axe().run(self.page, options=None if scheme == "light" else COLOURS)
        for violation in found.response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            self._note(f"axe {scheme}", f"{violation['id']}: {targets}")

    def _listen(self):
        for what, look in (("nameless", NAMELESS), ("belongs to no question", LEFT_OUT)):
            for found in self.page.evaluate(look):
                self._note(what, found)

    def printed(self, name):
        """Return the words of a page as it comes out of a printer."""
        self.hang(name)
        pdf = PdfReader(io.BytesIO(self.page.pdf(prefer_css_page_size=True)))
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


@pytest.fixture
def wall(someone):
    """Hang an album in a browser of its own."""
    return lambda album: Wall(someone(), album)


def test_open_pages_fit_every_screen(wall, commune, world, tmp_path):
    pages = wall(made(every_page.open_pages, tmp_path))
    assert pages.look_at_all() == {}
    assert "Đăng nhập" not in pages.printed("guide")


def test_an_open_list_lies_within_the_page(wall):
    pages = wall(every_page.Album())
    pages.album.get(Client(), gallery="/ui")
    pages.hang("gallery")
    pages.page.get_by_role("combobox", name="Xã, phường, đặc khu").fill("ph")
    pages.page.get_by_role("option", name="Phường Ngô Quyền").wait_for()
    pages.look_at("open-list")
    assert pages.complaints == {}


def test_the_pages_of_a_filing_fit_every_screen(wall, commune, world):
    pages = wall(made(every_page.pages_of_a_filing))
    assert pages.look_at_all() == {}
    check = pages.printed("check")
    assert "Kiểm tra lại trước khi nộp" in check
    assert "Đăng xuất" not in check


def test_the_pages_of_a_dossier_fit_every_screen(wall, commune, family, world):
    pages = wall(made(every_page.pages_of_dossiers, commune, family, world))
    assert pages.look_at_all() == {}
    for name in ("receipt", "tracking-received"):
        words = pages.printed(name)
        assert re.search(r"H24\.284-\d{6}-\d{4}", words), name
        assert f"{settings.BASE_URL}/" in words, name
        assert "Đăng nhập" not in words, name


def test_pages_met_now_and_then_fit_every_screen(wall, commune, world, always_open):
    assert wall(made(rare_pages.pages_now_and_then, commune, world)).look_at_all() == {}


def test_what_scripts_show_fits_every_screen(wall, commune, world):
    pages = wall(made(rare_pages.pages_with_scripts))
    for show in (two_answers, files_on_their_way, photo_desk, filing_without_network):
        show(pages)
    assert pages.complaints == {}


def two_answers(pages):
    """Another telephone has answered the same question."""
    told = {"name": NAME, "label": "Họ, chữ đệm, tên của cháu", "mine": "Trần Bảo An",
            "theirs": "Trần Gia An", "values": {}}  # fmt: skip
    pages.answers = lambda route: route.fulfill(
        status=409, json={"revision": 9, "conflicts": [told]}
    )
    pages.hang("page")
    pages.page.locator(f'[name="{NAME}"]').fill("Trần Bảo An")
    pages.page.locator(".choose").wait_for()
    pages.look_at("answered-elsewhere")


def files_on_their_way(pages):
    """One file goes, one is refused, one meets a server that is down, one waits for its turn."""
    states = iter((None, (415, "Tệp này không phải ảnh hay PDF.")))

    def answers(route):
        state = next(states, (503, "")) if route.request.method == "POST" else None
        if state:  # the first one is never answered
            route.fulfill(status=state[0], json={"text": state[1]})

    pages.answers = answers
    pages.hang("paper")
    files = [{"name": name, "mimeType": "application/pdf", "buffer": b"%PDF" * 50_000}
             for name in ("mat-truoc.pdf", "bang-luong.pdf", "mat-sau.pdf", "ban-quet-nha-o.pdf")]  # fmt: skip
    pages.page.locator("[id$=__library]").set_input_files(files)
    pages.page.locator(".upload .field-error").wait_for()
    pages.page.locator(".upload [data-again]:not([hidden])").wait_for()
    pages.look_at("files-on-their-way")


def photo_desk(pages):
    """A blurred photograph lies on the desk; then its corners are set by hand."""
    pages.hang("paper")
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph("mo").content}
    pages.page.locator("[id$=__library]").set_input_files(photo)
    desk = pages.page.locator("dialog.photo-desk:not([aria-busy])")
    desk.get_by_role("button", name="Vẫn dùng ảnh này").wait_for()
    pages.look_at("photo-desk")
    desk.get_by_role("button", name="Chỉnh bốn góc").click()
    pages.page.locator("[data-corner]:focus").wait_for()
    pages.look_at("photo-desk-corners")


def filing_without_network(pages):
    """Whoever would file without network may wish it to happen as soon as there is one."""
    pages.hang("no-network", at=f"/khai/{'0' * 8}-{'0' * 4}-4000-8000-{'0' * 12}/kiem-tra/")
    pages.page.locator("[data-wish]").wait_for()
    pages.look_at("no-network-filing")


def test_the_pages_of_a_visit_fit_every_screen(wall, commune, world):
    assert wall(made(every_page.pages_of_visits)).look_at_all() == {}


def test_where_an_official_says_how_they_are_told_fits_every_screen(wall, commune):
    assert wall(made(every_page.pages_of_an_official)).look_at_all() == {}
