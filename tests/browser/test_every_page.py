"""Every page of the citizens' side at four widths, light and dark: nothing cut, nothing beside the screen.

EVERY_PAGE_PICTURES=1 keeps a picture of each, to be looked at: output/pictures/every-page.
"""

import io
import os
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

from tests.browser import every_page
from tests.browser.heard import LEFT_OUT, NAMELESS
from tests.browser.house import PICTURES
from tests.journeys.relatives import family

__all__ = ["family"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 360, 768, 1280)
PICTURED = "EVERY_PAGE_PICTURES" in os.environ
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
        page.emulate_media(reduced_motion="reduce")
        page.route("**/*", self._answer)
        page.on("pageerror", lambda error: self._note("script", str(error)))

    def _answer(self, route):
        """Answer for the house: the page that hangs, the scripts and styles it asks for, its pictures."""
        path = urlsplit(route.request.url).path
        if path == "/":
            headers = {name: self.shown.answer.headers.get(name, "") for name in KEPT}
            route.fulfill(body=self.shown.body, headers=headers)
        elif path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
        elif route.request.resource_type == "image":
            picture = self.shown.client.get(route.request.url.removeprefix(ADDRESS))
            headers = {"Content-Type": picture.headers["Content-Type"]}
            route.fulfill(body=picture.getvalue(), headers=headers)
        else:
            route.fulfill(status=204)

    def _note(self, where, what):
        self.complaints.setdefault(self.name, {}).setdefault(what, []).append(where)

    def hang(self, name):
        self.name, self.shown = name, self.album.pages[name]
        self.page.goto(f"{ADDRESS}/", wait_until="load")

    def look_at_all(self):
        """Look at every page in every width and scheme; return what is wrong, by page."""
        for name in self.album.pages:
            self.hang(name)
            for width in WIDTHS:
                self._look("light", width)
            for width in WIDTHS if PICTURED else [360]:  # a scheme changes nothing but colours
                self._look("dark", width)
        return self.complaints

    def _look(self, scheme, width):
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": 800})
        if scheme == "light":
            for fault in self.page.evaluate(FAULTS):
                self._note(width, fault)
        if width == 360:
            self._ask_axe(scheme)
            self._listen()
        if PICTURED:
            place = PICTURES / "every-page" / f"{self.name}-{width}-{scheme}.png"
            self.page.screenshot(path=place, full_page=True)

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
    pages._look("light", 360)
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


def test_the_pages_of_a_visit_fit_every_screen(wall, commune, world):
    assert wall(made(every_page.pages_of_visits)).look_at_all() == {}
