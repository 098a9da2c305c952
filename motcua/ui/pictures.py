"""The icons and drawings of the house, as SVG that stands in the page itself: no request, any colour, any size.

Icons stand beside words, never instead of them. A drawing tells the state of a page: what came about, or why
there is nothing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_CONTENT = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)

ICONS = {
    "aloud": "volume-2", "booked": "calendar-check", "camera": "camera", "clock": "clock", "copy": "copy",
    "day": "calendar", "display": "a-large-small", "done": "circle-check", "download": "download",
    "edit": "pencil", "genuine": "shield-check", "help": "circle-help", "language": "globe",
    "law": "scroll-text", "letter": "mail", "list": "list-checks", "locked": "lock", "money": "banknote",
    "offline": "wifi-off", "paper": "file-text", "people": "users", "person": "user", "phone": "phone",
    "place": "map-pin", "post": "package", "print": "printer", "remove": "trash-2", "search": "search",
    "send": "send", "turn": "rotate-cw", "warning": "triangle-alert",
    # the occasions of life, by their slug in the catalogue
    "co-con": "baby", "ket-hon": "heart", "gia-dinh": "users", "nguoi-than-mat": "flower",
    "chuyen-nha": "house", "can-cuoc": "id-card", "chung-thuc": "stamp", "mo-cua-hang": "store",
    "khi-kho-khan": "hand-heart", "suc-khoe": "heart-pulse", "nha-dat": "map", "viec-lam": "briefcase",
    "xe-co": "bike", "viec-khac": "folder",
}  # fmt: skip
"""What an icon is called here → its file of Lucide."""
UNDRAWN = "viec-khac"
"""An occasion that a catalogue brings along has no icon of its own; it gets this one."""

DRAWINGS = ("open", "ajar", "shut", "lost", "mending", "offline")
"""The door, by what it tells: done · nothing here yet · not for this person · no such page · fault · no network."""


@cache
def icon(name: str) -> str:
    """Return an icon as SVG; an unknown name is that of an occasion nobody drew."""
    file = _HERE / "vendor" / "lucide" / f"{ICONS.get(name, ICONS[UNDRAWN])}.svg"
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{_content(file)}</svg>'


@cache
def drawing(name: str) -> str:
    """Return a drawing as SVG. Raises KeyError when there is none of that name."""
    if name not in DRAWINGS:
        raise KeyError(name)
    content = _content(_HERE / "drawings" / f"{name}.svg")
    return f'<svg class="drawing" viewBox="-12 -14 120 110" aria-hidden="true">{content}</svg>'


def _content(file: Path) -> str:
    found = _CONTENT.search(file.read_text(encoding="utf-8"))
    assert found, file  # noqa: S101 - our own files
    return re.sub(r"\s*\n\s*", "", found[1]).replace(" />", "/>")
