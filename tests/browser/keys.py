"""Somebody who has only a keyboard: Tab, arrows, Enter, Space and letters; and who must always see where they are."""

from playwright.sync_api import Page

FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return { where: "", seen: true };
  const marked = (e) => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
  const picker = at.closest(".picker"), shown = picker ? picker.querySelector("label") : at;
  const box = shown.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + Math.min(box.height, innerHeight) / 2;
  const top = document.elementFromPoint(x, y);
  const label = at.id && document.querySelector(`label[for="${CSS.escape(at.id)}"]`);
  const open = !top || shown.contains(top) || (label && label.contains(top)) || top.contains(shown) || at.closest(".choice");
  const inView = box.bottom > 0 && box.top < innerHeight;
  const quiet = at.matches("main, [data-focus]");
  return { where: at.outerHTML.slice(0, 120), seen: quiet || Boolean((marked(shown)) && inView && open) };
}"""
_FAR = 90


class Keys:
    """Walks through pages by keys alone; `lost` are the places where nobody could see where the focus was."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lost: list[str] = []

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def to(self, what: str) -> None:
        """Press Tab until the focus is on this."""
        for _ in range(_FAR):
            self.press("Tab")
            found = self.page.evaluate(FOCUS)
            if not found["seen"]:
                self.lost.append(f"{self.page.url}: {found['where']}")
            if self.page.evaluate("what => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"{what} is not reached by Tab on {self.page.url}")

    def types(self, what: str, text: str) -> None:
        self.to(what)
        self.page.keyboard.type(text)

    def chooses(self, what: str, value: str) -> None:
        """Go down a list of choices until this one."""
        self.to(what)
        for _ in range(_FAR):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} is not among the choices of {what}")

    def follows(self, what: str, key: str = "Enter") -> None:
        """Press a button or follow a link, and be on the next page."""
        self.to(what)
        with self.page.expect_navigation():
            self.press(key)
