"""A page as it is heard: its landmarks, its headings, and the name of everything one may act on."""

from playwright.sync_api import Page

_HIDDEN = """const hidden = (e) => e.closest("[hidden], [aria-hidden=true]") || !e.getClientRects().length;"""
NAMELESS = f"""() => {{
  {_HIDDEN}
  const named = (e) => e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim()
    || (e.labels && [...e.labels].some((l) => l.textContent.trim()));
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, nav, section, dialog")]
    .filter((e) => !hidden(e) && !named(e)).map((e) => e.outerHTML.slice(0, 120));
}}"""
"""Everything one may act on, and every part one may jump to, that is heard without a name."""
LEFT_OUT = f"""() => {{
  {_HIDDEN}
  const told = (e) => (e.getAttribute("aria-describedby") || "").split(" ");
  return [...document.querySelectorAll("main [id$='-hint'], main [id$='-error'], main [id$='-warning']")]
    .filter((e) => !hidden(e) && ![...document.querySelectorAll("[aria-describedby]")].some((c) => told(c).includes(e.id)))
    .map((e) => e.id);
}}"""
"""Hints and faults that no question is described by."""


def headings(page: Page) -> list[int]:
    """Return the levels of the headings in the order in which they are heard."""
    found: list[int] = page.eval_on_selector_all(
        "main :is(h1, h2, h3, h4)",
        "all => all.filter(e => e.getClientRects().length).map(e => +e.tagName[1])",
    )
    return found


def landmarks(page: Page) -> list[str]:
    """Return the great parts of the page in their order."""
    roles = {"HEADER": "banner", "MAIN": "main", "FOOTER": "contentinfo"}
    names: list[str] = page.eval_on_selector_all(
        "body > header, main, body > footer", "all => all.map(e => e.tagName)"
    )
    return [roles[name] for name in names]
