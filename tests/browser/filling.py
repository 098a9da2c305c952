"""A person in front of a form: answers whatever is asked, in whatever order, from what they know."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

Facts = Mapping[str, Any]
"""Field id → what the person knows: text, a date as dd/mm/yyyy, an option's value, True or False,
a place as (commune code, "số nhà…"), a list of rows."""

_ROUNDS = 60
_SCRIPTS = "document.documentElement.classList.contains('js')"

_AUTOFILL = """facts => {
  const form = document.querySelector("main form[method=post]");
  const put = (name, value) => {
    const box = form.elements[name];
    if (!box) return;
    if (box.tagName === "SELECT" && ![...box.options].some(o => o.value === value))
      box.add(new Option(value, value));
    box.value = value;
  };
  for (const [name, told] of Object.entries(facts)) {
    if (form.elements[name + "__province"]) {
      const [province, commune] = told[0].split("/");
      put(name + "__province", province);
      put(name + "__commune", commune);
      put(name + "__detail", told[1] || "");
    } else if (form.elements[name + "__year"]) {
      const parts = ["", "", ...told.split("/")].slice(-3);
      ["day", "month", "year"].forEach((part, n) => put(`${name}__${part}`, parts[n]));
    } else for (const box of form.querySelectorAll(`[name="${name}"]`)) {
      if (box.type === "radio")
        box.checked = box.value === ({true: "yes", false: "no"}[String(told)] || told);
      else if (box.type === "checkbox") box.checked = told === true || told.includes(box.value);
      else put(name, told);
    }
  }
}"""


class Form:
    """The form on the page that is open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.scripts = bool(page.evaluate(_SCRIPTS))
        self.done: set[str] = set()

    def answer(self, facts: Facts) -> None:
        """Answer everything asked here; an answer may bring out further questions."""
        for _ in range(_ROUNDS):
            name = self._next(facts)
            if not name:
                return
            self.done.add(name)
            self._fill(name, facts[name])
        raise AssertionError("the form never ends")

    def answer_at_once(self, facts: Facts) -> None:
        """Put everything known into the form as a browser's own autofill does: no key is pressed."""
        self.page.evaluate(_AUTOFILL, dict(facts))

    def _next(self, facts: Facts) -> str:
        return next((n for n in self.names() if n in facts and n not in self.done), "")

    def names(self) -> list[str]:
        """Return the names of the questions that can be seen, top to bottom."""
        found: list[str] = self.page.eval_on_selector_all(
            "main form[method=post] [name]",
            """all => all.filter(e => e.type !== "hidden" && e.type !== "submit"
                 && (e.offsetParent || e.closest(".field")?.offsetParent))
               .map(e => e.name.replace(/__(search|match|province|commune|detail|day|month|year|other|other_address)$/, ""))""",
        )
        return list(dict.fromkeys(found))

    def _field(self, name: str) -> Locator:
        return self.page.locator(f'[id="{name.replace(".", "-")}-field"]')

    def _fill(self, name: str, value: Any) -> None:
        named = self.page.locator(f'main form [name="{name}"]')
        if self.page.locator(f'[name="{name}__province"]').count():
            self._place(name, *value)
        elif self.page.locator(f'[name="{name}__year"]').count():
            self._date(name, value)
        elif named.first.evaluate("e => e.tagName") == "SELECT":
            self._choose(named, value)
        elif named.first.get_attribute("type") in {"radio", "checkbox"}:
            self._tick(named, value)
        else:
            named.fill(str(value))
        self._settle(name)

    def _settle(self, name: str) -> None:
        """Wait for what the answer changes; without scripts, press the button that asks for it."""
        if self.scripts:
            self.page.wait_for_selector("[data-fields][aria-busy]", state="detached")
            return
        asking = self._field(name).locator(":scope > button[name=_ask]")
        if asking.count():
            asking.click()

    def _tick(self, named: Locator, value: Any) -> None:
        if isinstance(value, bool) and named.count() > 1:
            value = "yes" if value else "no"
        wanted = [value] if not isinstance(value, list | tuple) else value
        if value is True:
            return self._press(named.first)
        for one in wanted:
            self._press(
                self.page.locator(
                    f'main [name="{named.first.get_attribute("name")}"][value="{one}"]'
                )
            )
        return None

    def _press(self, box: Locator) -> None:
        if not box.is_checked():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()

    def _choose(self, select: Locator, value: str) -> None:
        if select.is_visible():
            select.select_option(value)
            return
        label = select.locator(f'option[value="{value}"]').text_content() or ""
        box = self.page.locator(
            f'[id="{(select.get_attribute("id") or "").removesuffix("-select")}"]'
        )
        box.fill(label)
        options = self.page.locator(f'[id="{box.get_attribute("id")}-list"] [role=option]')
        options.get_by_text(label, exact=True).first.click()

    def _date(self, name: str, value: str) -> None:
        parts = ["", "", *value.split("/")][-3:]
        for part, typed in zip(("day", "month", "year"), parts, strict=True):
            self.page.locator(f'[name="{name}__{part}"]').fill(typed)

    def _place(self, name: str, commune: str, detail: str = "") -> None:
        """Choose a province and a commune as one does who knows them: `31/11284`."""
        province, code = commune.split("/")
        self._choose(self.page.locator(f'[name="{name}__province"]'), province)
        if self.scripts:
            self.page.wait_for_selector(
                f'[name="{name}__commune"] option[value="{code}"]', state="attached"
            )
            self.page.wait_for_selector("[data-fields][aria-busy]", state="detached")
        else:
            self.page.locator(f'[id="{name.replace(".", "-")}-field"] .place [name=_ask]').click()
        self._choose(self.page.locator(f'[name="{name}__commune"]'), code)
        if self.scripts:
            self.page.wait_for_selector("[data-fields][aria-busy]", state="detached")
        box = self.page.locator(f'[name="{name}__detail"]')
        if box.count():
            box.fill(detail)

    def go_on(self) -> None:
        """Press the button at the end of the page."""
        with self.page.expect_navigation():  # what is still being saved goes first
            self.page.locator("main form[method=post] button.button-primary").last.click()


def heading(page: Page) -> str:
    """Return the page's one heading."""
    return re.sub(r"\s+", " ", page.locator("h1").first.inner_text())
