"""How heavy a page is the first time: everything it makes a browser fetch, compressed."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from bench.wire import Browser

_LINKED = re.compile(r'<(?:link|script|img|source|use)\b[^>]*?(?:href|src)="([^"#]+)[^"]*"[^>]*>')
_FETCHED = re.compile(
    r'rel="(?:stylesheet|icon|manifest|preload|modulepreload)"|<script|<img|<source|<use'
)
_INSIDE_CSS = re.compile(r"url\([\"']?(/[^\"')]+)")


@dataclass(frozen=True)
class Weight:
    """Bytes over the wire with an empty cache, and how many answers they came in."""

    name: str
    status: int
    html: int
    everything: int
    scripts: int
    requests: int


def weigh(browser: Browser, name: str, path: str) -> Weight:
    """Fetch a page and what it links to: style, scripts, icons, fonts that the style names."""
    page = browser.get(path)
    html = len(page.head) + len(page.body)
    todo, seen = _linked(page.text(), path), set[str]()
    whole, scripts = html, 0
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        part = browser.get(address)
        size = len(part.head) + len(part.body)
        whole += size
        if part.header("Content-Type").startswith("text/css"):
            todo += _INSIDE_CSS.findall(part.text())
        if "javascript" in part.header("Content-Type"):
            scripts += size
    return Weight(name, page.status, html, whole, scripts, len(seen) + 1)


def _linked(html: str, base: str) -> list[str]:
    return [
        urljoin(base, match[1])
        for match in _LINKED.finditer(html)
        if _FETCHED.search(match[0]) and not match[1].startswith(("data:", "http"))
    ]
