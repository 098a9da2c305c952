"""What an address of the queue asks for: tab, order, filters, place; and the address of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse

from motcua.dossiers import queues
from motcua.dossiers.queue_conditions import NOBODY, Filters, Tab
from motcua.dossiers.queues import Sort, Waiting

TAB_NAMES: dict[Tab, str] = {
    "all": "tat-ca", "mine": "cua-toi", "new": "moi", "today": "hom-nay", "soon": "sap-den-han",
    "late": "tre-han", "sign": "cho-ky", "return": "cho-tra", "asked": "xin-y-kien",
    "applicant": "cho-nguoi-nop", "elsewhere": "cho-co-quan-khac",
}  # fmt: skip
SORT_NAMES: dict[Sort, str] = {"due": "han", "since": "cho-lau", "newest": "moi-den"}
CHANNELS = ("online", "counter", "post")
_TEXTS = {"procedure": "thu-tuc", "stage": "khau", "office": "noi", "channel": "kenh", "holder": "nguoi"}  # fmt: skip
_DAYS = {
    "received_from": "nhan-tu", "received_to": "nhan-den", "due_from": "han-tu", "due_to": "han-den",
}  # fmt: skip
NAMES = {**_TEXTS, **_DAYS}
_LONGEST = 40
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True)
class Asked:
    """One look at the queue."""

    tab: Tab = "all"
    sort: Sort = "due"
    filters: Filters = field(default_factory=Filters)
    after: tuple[datetime, int] | None = None
    choosing: bool = False
    """Whether the page offers what it can be narrowed to; costs three queries, so only when asked for."""


def asked_of(given: QueryDict) -> Asked:
    """Read an address; what cannot be read is as if it were not there."""
    return Asked(
        tab=_named(given.get("muc", ""), TAB_NAMES, "all"),
        sort=_named(given.get("xep", ""), SORT_NAMES, "due"),
        filters=_filters(given),
        after=_after(given.get("sau", "")),
        choosing=given.get("loc", "") == "1",
    )


def read(parameters: str) -> Asked:
    """Read the parameters of a saved view."""
    return asked_of(QueryDict(urlencode(parse_qsl(parameters))))


def _named(told: str, names: Mapping[Name, str], usual: Name) -> Name:
    return next((name for name, shown in names.items() if shown == told), usual)


def _filters(given: QueryDict) -> Filters:
    texts = {key: given.get(name, "")[:_LONGEST] for key, name in _TEXTS.items()}
    days = {key: _day(given.get(name, "")) for key, name in _DAYS.items()}
    if texts["channel"] not in CHANNELS:
        texts["channel"] = ""
    if texts["holder"] != NOBODY and not _number(texts["holder"]):
        texts["holder"] = ""
    told: dict[str, Any] = {**texts, **days}
    return Filters(**told)


def _number(told: str) -> bool:
    return told.isascii() and told.isdigit() and len(told) < 19  # noqa: PLR2004 - fits the column


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None  # noqa: PLR2004 - a day before and after stays a date


def _after(told: str) -> tuple[datetime, int] | None:
    """Read where the page before ended; a mark that cannot be read leads to the first page."""
    moment, _, last = told.rpartition("_")
    try:
        when = datetime.fromisoformat(moment)
        return (when, int(last)) if when.tzinfo and _number(last) else None
    except ValueError:
        return None


def parameters(asked: Asked) -> dict[str, str]:
    """Return the parameters of an address, without its place in the list."""
    told = {
        "muc": TAB_NAMES[asked.tab] if asked.tab != "all" else "",
        "xep": SORT_NAMES[asked.sort] if asked.sort != "due" else "",
        **{name: getattr(asked.filters, key) for key, name in _TEXTS.items()},
        **{name: _written(getattr(asked.filters, key)) for key, name in _DAYS.items()},
    }
    return {name: value for name, value in told.items() if value}


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def address(asked: Asked, *, last: Waiting | None = None) -> str:
    """Return the address of a look, going on behind its last row."""
    told = parameters(asked)
    mark = queues.mark(last, asked.sort) if last else None
    if mark:
        moment, key = mark
        told["sau"] = f"{moment.isoformat()}_{key}"
    return _queue() + (f"?{urlencode(told)}" if told else "")


@cache
def _queue() -> str:
    """Return where the queue is: a page of it leads there a dozen times."""
    return reverse("desk:queue")


def choosing(asked: Asked) -> str:
    """Return the address of the same look, from its beginning, with what it can be narrowed to."""
    return f"{_queue()}?{urlencode({**parameters(asked), 'loc': '1'})}#loc"


def in_tab(asked: Asked, tab: Tab) -> Asked:
    """Return the same look at another tab, from its beginning."""
    return replace(asked, tab=tab, after=None, choosing=False)
