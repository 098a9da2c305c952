"""Form fields as the pages see them, and the names their answers are posted under.

The form engine makes one `FieldView` per field and `{% load ui %}{% field view %}` shows it.
`name` below is `FieldView.name`; every control may post an empty string. Reading back is the
engine's work; these are the names it will find:

| widget          | `value` given                   | posted                                              |
|-----------------|---------------------------------|-----------------------------------------------------|
| text, long_text | str                             | `name`                                              |
| name            | str (person name)               | `name`                                              |
| personal_number | str                             | `name` (people type spaces: strip them)             |
| date            | DateValue                       | `name__day`, `name__month`, `name__year`            |
| time            | "HH:MM"                         | `name` "HH:MM"                                      |
| phone, email    | str                             | `name` (a phone may carry spaces and dots)          |
| number, money   | str or int                      | `name` (money may carry dots: "10.000")             |
| radio, select   | – (`Option.selected`)           | `name` = option value                               |
| checkbox        | bool                            | `name` = "1" or absent                              |
| pledge          | bool                            | `name` = "1" or absent                              |
| checkboxes      | – (`Option.selected`)           | `name`, once per ticked option                      |
| place           | PlaceValue                      | `name__search`, `name__match` (code of a found      |
|                 |                                 | commune), `name__province`, `name__commune`,        |
|                 |                                 | `name__detail`                                      |
| facility        | FacilityValue                   | `name` = option value or "other"; `name__other`,    |
|                 |                                 | `name__other_address`                               |
| group           | – (`rows` of FieldViews)        | the rows' own fields (name them `name__0__street`); |
|                 |                                 | `name__rows` = how many rows the page showed        |
| file            | – (`pages` of FilePages)        | `name`, once per file chosen (two inputs share it)  |
| code            | str                             | `name`                                              |
| hidden          | str                             | `name`                                              |

Buttons that work without scripts, all `formnovalidate`; the page answers with itself again:

| pressed                          | posted                                                           |
|----------------------------------|------------------------------------------------------------------|
| choose a province, any `asks`    | `_ask` = field id (the answer changes what is shown)             |
| search a place                   | `_search` = field id, with `name__search`                        |
| add a row                        | `_add` = field name                                              |
| remove a row                     | `_remove` = `name__<row>`                                        |
| open a closed row                | `_edit` = `name__<row>`                                          |
| send the chosen files            | `_upload` = field name                                           |
| a page: remove, turn, replace    | `_page` = `remove:<page id>`, `turn:<page id>`, `replace:<page id>` |

With scripts the same requests are sent by fetch with header `X-Part: <id of the element>`; a
whole page is a good answer (the part with that id is taken from it), so is the part alone.
Autosave posts the form with `_autosave=1` and `X-Part: autosave`, and takes any 2xx as saved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDGETS = frozenset(
    {
        "text",
        "long_text",
        "name",
        "personal_number",
        "date",
        "time",
        "phone",
        "email",
        "number",
        "money",
        "radio",
        "checkbox",
        "checkboxes",
        "select",
        "place",
        "facility",
        "group",
        "file",
        "pledge",
        "code",
        "hidden",
    }
)

# Widgets made of several controls: their words are a legend, not a label.
_GROUPED = frozenset({"date", "radio", "checkboxes", "place", "group", "file"})

# The control that an error link leads to, where it is not the field's own id.
_FIRST_CONTROL = {
    "date": "__day",
    "place": "__province",
    "radio": "__0",
    "checkboxes": "__0",
    "file": "__camera",
}


@dataclass(frozen=True)
class Option:
    """One answer to choose; options with the same `group` stand under one heading."""

    value: str
    label: str
    hint: str = ""
    selected: bool = False
    group: str = ""


@dataclass(frozen=True)
class Why:
    """Why a field is asked: in plain words, by which article, and who gets to see the answer."""

    text: str = ""
    article: str = ""
    seen_by: str = ""


@dataclass(frozen=True)
class DateValue:
    """A date as typed, box by box; also wrong ones, so that they can be shown back."""

    day: str = ""
    month: str = ""
    year: str = ""


@dataclass(frozen=True)
class PlaceValue:
    """A place as chosen so far. `matches` answers a search, for the person to pick from.

    `options` of the field are the provinces; `communes` those of the chosen province.
    """

    province: str = ""
    commune: str = ""
    detail: str = ""
    search: str = ""
    searched: bool = False
    communes: Sequence[Option] = ()
    matches: Sequence[Option] = ()


@dataclass(frozen=True)
class FacilityValue:
    """A health facility not in the list: its full name and its full address."""

    other: str = ""
    other_address: str = ""
    is_other: bool = False


@dataclass(frozen=True)
class FilePage:
    """One page already received: `size` in bytes, `state` one of ready, checking, wrong.

    `warnings` say what makes a photograph hard to read; `looks` are the (look, words) it can be given.
    """

    id: str
    name: str
    size: int
    number: int = 1
    kind: str = "image"
    thumbnail: str = ""
    href: str = ""
    state: str = "ready"
    problem: str = ""
    warnings: Sequence[str] = ()
    looks: Sequence[tuple[str, str]] = ()
    digest: str = ""
    """SHA-256 of what the person sent."""


@dataclass(frozen=True)
class Uploads:
    """Where files of a box are sent piece by piece: `of` names the draft or request, `paper` the paper."""

    href: str
    of: str
    paper: str


@dataclass(frozen=True)
class Row:
    """One row of a repeated group, with its own fields; a closed one tells them in a line.

    `hidden` are the (name, value) pairs that a closed row posts.
    """

    number: int
    fields: Sequence[FieldView] = ()
    title: str = ""
    removable: bool = True
    closed: bool = False
    summary: str = ""
    hidden: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class FieldView:
    """One field, ready to be shown.

    `id` is unique on the page, `name` what it is posted under. `attributes` become HTML
    attributes of the control (autocomplete, maxlength, rows…; handlers and styles are refused).
    `asks`: the answer changes which other fields apply, so the page asks the server anew;
    `decided`: where there are scripts, the page's own rules decide that without asking.
    `hidden`: does not apply now; the page's rules may show it.
    `replaceable`: a page can be given a better picture; `replacing` is the one being replaced now.
    `legend_as_heading`: the label is the page's only question and so its h1.
    Urls, all optional, serve the scripts only: `communes_url` answers `?province=31` with
    `[[code, name], …]`; `search_url` answers `?q=` with `[{code, province, label, note}]`.
    """

    id: str
    name: str
    widget: str
    label: str
    hint: str = ""
    why: Why | str | None = None
    example: str = ""
    value: Any = ""
    errors: Sequence[str] = ()
    warnings: Sequence[str] = ()
    required: bool = True
    options: Sequence[Option] = ()
    attributes: dict[str, Any] = field(default_factory=dict)
    legend_as_heading: bool = False
    asks: bool = False
    decided: bool = False
    hidden: bool = False
    partial: bool = False
    unit: str = ""
    counted: int = 0
    width: int = 0
    inline: bool = False
    searchable: bool = False
    with_detail: bool = True
    detail_label: str = ""
    rows: Sequence[Row] = ()
    add_label: str = ""
    can_add: bool = True
    pages: Sequence[FilePage] = ()
    several: bool = True
    replaceable: bool = False
    replacing: FilePage | None = None
    uploads: Uploads | None = None
    max_megabytes: int = 20
    statement: str = ""
    communes_url: str = ""
    search_url: str = ""

    def __post_init__(self) -> None:
        """Refuse a widget that the house does not have: a fault of the program."""
        if self.widget not in WIDGETS:
            raise ValueError(f"no such widget: {self.widget}")

    @property
    def grouped(self) -> bool:
        """Whether the field is a fieldset with a legend."""
        return self.widget in _GROUPED

    @property
    def target(self) -> str:
        """Return the id of the control an error link leads to."""
        return self.id + _FIRST_CONTROL.get(self.widget, "")

    @property
    def reason(self) -> Why | None:
        """Return why it is asked, if anything is said about it."""
        if isinstance(self.why, str):
            return Why(text=self.why) if self.why else None
        return self.why

    @property
    def described_by(self) -> str:
        """Return the ids of hint, warnings and errors, in reading order."""
        parts = {
            f"{self.id}-hint": bool(self.hint or self.example),
            f"{self.id}-warning": bool(self.warnings),
            f"{self.id}-error": bool(self.errors),
        }
        return " ".join(name for name, present in parts.items() if present)


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary and the control it leads to (`#id`), if any."""

    text: str
    href: str = ""


def error_links(fields: Iterable[FieldView]) -> list[ErrorLink]:
    """List the errors of the fields, in the order of the page; what is said of several fields names each."""
    found = list(_errors(fields))
    told = Counter(text for _, text in found)
    return [
        ErrorLink(f"{view.label} – {text}" if told[text] > 1 else text, f"#{view.target}")
        for view, text in found
    ]


def _errors(fields: Iterable[FieldView]) -> Iterator[tuple[FieldView, str]]:
    """Yield every error with its field, rows of groups included."""
    for view in fields:
        yield from ((view, text) for text in view.errors)
        for row in view.rows:
            yield from _errors(row.fields)
