"""A robot that files any procedure through the real portal, scripts off, from an example of the catalogue.

It knows pages and types of questions and nothing of any procedure. What it meets must never be an error, the
check page must show what it typed, and a dossier code must come out.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from playwright.sync_api import Page, Response

from motcua.procedures.rules.posting import Post
from tests.browser import photographs
from tests.browser.house import House
from tests.browser.people import CODE
from tests.browser.story import Story

_MOST_PAGES = 80
_MOST_ROUNDS = 240

FILL = """told => {
  const form = document.querySelector("main form[method=post]");
  const seen = e => e.offsetParent || (e.labels && e.labels[0] && e.labels[0].offsetParent);
  const filled = [], waiting = [];
  for (const [name, values] of Object.entries(told)) {
    const boxes = [...form.querySelectorAll(`[name="${name}"]`)].filter(seen);
    const [box] = boxes;
    if (!box) continue;
    if (box.type === "radio") boxes.forEach(b => b.checked = values.includes(b.value));
    else if (box.type === "checkbox" && boxes.length > 1)
      boxes.forEach(b => b.checked = values.includes(b.value));
    else if (box.type === "checkbox") box.checked = !values.includes("no");
    else if (box.tagName === "SELECT" && ![...box.options].some(o => o.value === values[0])) {
      waiting.push(name);
      continue;
    } else box.value = values[0];
    filled.push(name);
  }
  return [filled, waiting];
}"""
"""Fill what can be seen; tell the boxes filled, and the lists that do not offer the answer (yet)."""

PRESS = """button => {
  const there = [...document.querySelectorAll(button)].filter(e => e.offsetParent);
  if (there.length) there.at(-1).click();
  return there.length;
}"""
"""Press what can be seen, without the half second of a mouse that a hundred pages would pay for."""

ROWS = """() => Object.fromEntries([...document.querySelectorAll("main form [name$=__rows]")]
  .map(e => [e.name.slice(0, -6), Number(e.value)]))"""


@cache
def _photograph() -> dict[str, Any]:
    return photographs.small_jpeg("GIẤY TỜ")


class Robot:
    """Somebody who answers whatever is asked."""

    def __init__(
        self, page: Page, house: House, story: Story, looks: Callable[[str], None]
    ) -> None:
        """Be ready; `looks` is called on each page when it is filled in.

        It is told the kind: service, form:<page>, papers, ways, check, receipt.
        """
        self.page, self.house, self.story, self.looks = page, house, story, looks
        self.answered: set[str] = set()
        self.errors: list[str] = []
        page.on("response", self._hear)

    def _hear(self, response: Response) -> None:
        if response.status >= 400:
            self.errors.append(f"{response.status} {response.url}")

    def files(self) -> str:
        """File the story from the page of the service on; return the code of the dossier."""
        self.page.goto(f"/dich-vu/{self.story.law.slug}/", wait_until="domcontentloaded")
        self.looks("service")
        self.page.goto(f"/nop/{self.story.law.slug}/", wait_until="domcontentloaded")
        self._fills(self.story.beginning)
        self._goes_on()
        self._opens_the_first_page()
        for _ in range(_MOST_PAGES):
            if "/khai/" not in self.page.url:
                break
            self._passes()
        self.looks("receipt")
        found = CODE.search(self.page.locator("main").inner_text())
        assert found, self.page.url
        return found[0]

    def _opens_the_first_page(self) -> None:
        """Begin at the beginning, also where the account has filled it in and “Khai tiếp” would pass it."""
        first = self.page.eval_on_selector(".tasks a", "a => a.href")
        self.page.goto(first, wait_until="domcontentloaded")

    def _passes(self) -> None:
        """Do what the page asks for, whichever it is."""
        part = self.page.url.split("/khai/")[1].split("/")[1:]
        if part[0] == "trang":
            self._answers(part[1])
        else:
            {
                "giay-to": self._brings_papers,
                "nhan-ket-qua": self._chooses_ways,
                "kiem-tra": self._checks,
                "xac-nhan": self._confirms,
            }[part[0]]()

    # ── one page each ───────────────────────────────────────────────────────────────────────────

    def _answers(self, page_id: str) -> None:
        here = next(page for page in self.story.law.form.pages if page.id == page_id)
        wanted = {f.id: self.story.typed[f.id] for f in here.fields if f.id in self.story.typed}
        boxes = {name: values for post in wanted.values() for name, values in post.items()}
        self._adds_rows({f.id for f in here.fields if f.type == "group"}, boxes)
        filled = self._fills(boxes)
        while hidden := [name for name, post in wanted.items() if not filled & post.keys()]:
            if not self._asks():
                break
            filled = self._fills(boxes)
            if hidden == [name for name, post in wanted.items() if not filled & post.keys()]:
                break
        self.answered |= {name for name, post in wanted.items() if filled & post.keys()}
        self.looks(f"form:{page_id}")
        self._goes_on()

    def _brings_papers(self) -> None:
        there = self.page.url
        links = self.page.eval_on_selector_all(".tasks a", "all => all.map(a => a.href)")
        for link in links:
            paper = link.rstrip("/").split("/")[-1]
            if paper in (self.story.example.papers or ()):
                self.page.goto(link, wait_until="domcontentloaded")
                self.page.locator(f'[id="{paper}__library"]').set_input_files([_photograph()])
                self._presses('main form button[name="_done"]')
        assert self.page.url == there
        self.looks("papers")
        self._presses("main a.button-primary")

    def _chooses_ways(self) -> None:
        self._fills(self.story.ways)
        self.looks("ways")
        self._goes_on()

    def _checks(self) -> None:
        self.looks("check")
        shown = _plain(self.page.locator("main").inner_text())
        typed = [(name, words) for name in self.answered for words in self.story.words(name)]
        lost = [(name, words) for name, words in typed if _plain(words) not in shown]
        assert not lost, lost
        self._codes = len(self.house.messages(self.story.phone, "sms"))
        self._fills({"doubts": ["1"], "pledge": ["1"]})
        self._goes_on()

    def _confirms(self) -> None:
        code = self.house.code_after(self.story.phone, self._codes)
        self._fills({"code": [code]})
        self._goes_on()

    # ── hands ───────────────────────────────────────────────────────────────────────────────────

    def _fills(self, boxes: Post) -> set[str]:
        """Fill what can be seen; a list that waits for another choice gets it by its own button."""
        for _ in range(_MOST_ROUNDS):
            filled, waiting = self.page.evaluate(FILL, boxes)
            if not waiting:
                return set(filled)
            before, name = self.page.url, waiting[0].rpartition("__")[0].replace(".", "-")
            self._presses(f'main form .place button[name=_ask][value="{name}"]')
            assert self.page.evaluate(FILL, boxes)[1] != waiting, (before, waiting)
        raise AssertionError("the form never ends")

    def _adds_rows(self, groups: set[str], boxes: Post) -> None:
        """Press “add” until every group has a row for each of its answers."""
        for group in groups:
            rows = len({name.split("__")[1] for name in boxes if name.startswith(f"{group}__")})
            while self.page.evaluate(ROWS).get(group, rows) < rows:
                self._fills(boxes)
                self._presses(f'main form button[name=_add][value="{group}"]')

    def _asks(self) -> bool:
        """Let the page bring out what follows from the answers; tell whether it offers to."""
        asking = "main form .field > button[name=_ask]"
        there = self.page.locator(asking).count() > 0
        if there:
            self._presses(asking)
        return there

    def _goes_on(self) -> None:
        here = self.page.url
        self._presses("main form[method=post] button.button-primary")
        wrong = self.page.locator(".error-summary, .field-error").all_inner_texts()
        assert not wrong, (here, wrong)
        assert not self.errors, self.errors

    def _presses(self, button: str) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            assert self.page.evaluate(PRESS, button), (button, self.page.url)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
