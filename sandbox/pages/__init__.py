"""Small pages from templates; every value is escaped unless it is already markup."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from starlette.responses import HTMLResponse

FOLDER = Path(__file__).parent
_VIETNAM = timezone(timedelta(hours=7))
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:;"
    " base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


@cache
def _template(name: str) -> Template:
    return Template((FOLDER / f"{name}.html").read_text(encoding="utf-8"))


def fill(name: str, /, **values: object) -> Markup:
    """Fill the template `pages/<name>.html`."""
    safe = {key: value if isinstance(value, Markup) else escape(str(value)) for key, value in
            values.items()}  # fmt: skip
    return Markup(_template(name).substitute(safe))


def each(name: str, items: Iterable[Mapping[str, Any]], empty: str = "") -> Markup:
    """Fill the template once for each item; `empty` is said when there is none."""
    found = Markup("".join(fill(name, **item) for item in items))
    return found or Markup(f'<p class="quiet">{escape(empty)}</p>' if empty else "")


def page(title: str, english: str, body: Markup, *, status: int = 200) -> HTMLResponse:
    """Return a whole page: Vietnamese title, English beneath it."""
    html = fill("layout", title=title, english=english, body=body)
    return HTMLResponse(html, status, HEADERS)


def notice(title: str, english: str, text: str, *, status: int, back: str = "/") -> HTMLResponse:
    """Return a page that says what happened and where to go next."""
    return page(title, english, fill("notice", text=text, back=back), status=status)


def options(choices: Mapping[str, str], chosen: str) -> Markup:
    """Return the options of a select: value → words."""
    return Markup(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
            f"{escape(words)}</option>"
            for value, words in choices.items()
        )
    )


def problem(text: str) -> Markup:
    """Return an error said at the top of a form, empty when there is none."""
    return Markup(f'<p class="problem" role="alert">{escape(text)}</p>') if text else Markup("")


def when(moment: float | None) -> str:
    """Return a moment (epoch seconds) as a person in Viet Nam reads it."""
    if moment is None:
        return "–"
    return datetime.fromtimestamp(moment, _VIETNAM).strftime("%H:%M:%S %d/%m/%Y")


def money(dong: int) -> str:
    return f"{dong:,}".replace(",", ".") + " đ"
