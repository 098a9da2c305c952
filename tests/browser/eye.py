"""What is looked at on every page: it is whole, fits the telephone, and everybody can use it."""

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.browser.house import README, keep_picture

GRAVE = frozenset({"serious", "critical"})
_EXPECTED = re.compile(
    r"Failed to load resource: (the server responded with a status of 4|net::ERR_INTERNET_DISCONNECTED)"
)
_LOOKED_AT: set[str] = set()


def arrived(page: Page) -> None:
    """Wait until what was pressed has led somewhere: a page that was asked for late is waited for, too."""
    page.wait_for_load_state("networkidle")


def violations(page: Page, impacts: frozenset[str] = frozenset()) -> list[tuple[str, Any]]:
    """Return what axe finds on a page: its rule and where; only of these `impacts`, if any are given."""
    return [
        (found["id"], [node["target"] for node in found["nodes"]])
        for found in Axe().run(page).response["violations"]
        if not impacts or found["impact"] in impacts
    ]


def look_at(page: Page, place: Path) -> None:
    """Keep a page's picture; check that nothing stands beside the screen and, where scripts run, that axe is content."""
    arrived(page)
    keep_picture(page, place)
    name, width = place.stem, page.viewport_size["width"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    if page.evaluate("document.documentElement.classList.contains('js')"):
        assert violations(page) == [], name


class Eye:
    """Watches one person's pages: `look` keeps a picture and fails on what nobody should meet."""

    def __init__(
        self, page: Page, journey: str, *, pictures: bool = True, once: bool = False
    ) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._folder: Path | None = Path(journey) if pictures else None
        self._number = 0
        self._once, self._seen = once, set[str]()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._answered)

    @property
    def keeps_pictures(self) -> bool:
        """Tell whether this person's pages are the story."""
        return self._folder is not None

    def starts(self, journey: str) -> None:
        """Keep pictures from here on."""
        self._folder = Path(journey) if journey else None

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.match(message.text):
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def look(self, name: str) -> None:
        """Look at the page that is shown now, known as `name` in every journey."""
        assert self.complaints == []
        if self._folder is None or (self._once and name in self._seen):
            return
        self._seen.add(name)
        self._number += 1
        arrived(self.page)
        keep_picture(self.page, self._folder / f"{self._number:02}-{name}.png")
        width = self.page.viewport_size["width"]  # type: ignore[index]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, name
        self._ask_axe(name)

    def shows(self, name: str, top: str = "") -> None:
        """Keep what the screen shows, from the heading `top` on, as a picture of the README.

        Only when asked: README_PICTURES=1 pytest tests/browser/test_journey_whole_way.py
        """
        if "README_PICTURES" not in os.environ:
            return
        if top:
            heading = self.page.get_by_role("heading", name=top)
            heading.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 16)")
        else:
            self.page.evaluate("scrollTo(0, 0)")
        self.page.evaluate("document.activeElement.blur()")
        self.page.screenshot(path=README / f"{name}.png")

    def _ask_axe(self, name: str) -> None:
        scripts = self.page.evaluate("document.documentElement.classList.contains('js')")
        if not scripts or name in _LOOKED_AT:
            return
        _LOOKED_AT.add(name)
        assert violations(self.page, GRAVE) == [], name
