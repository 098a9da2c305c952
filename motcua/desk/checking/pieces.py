"""The parts of the checking page: units with their marks, the form of a fault, the pages to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies.queries import full_name, successors
from motcua.agencies.rules.codes import Code
from motcua.desk.pages import language
from motcua.documents.models import Document
from motcua.documents.rules.pages import Page
from motcua.dossiers.rules.checks import Standing
from motcua.dossiers.rules.facts import Fault
from motcua.journeys import reasons
from motcua.journeys.checking import Checking, Line, Part
from motcua.journeys.differences import PaperChange
from motcua.journeys.looking import Opened
from motcua.kernel.refusal import Refusal

SHAPES: dict[Standing, str] = {
    "unseen": "new",
    "again": "action",
    "accepted": "done",
    "faulted": "stopped",
}


@dataclass(frozen=True)
class Sheet:
    """One picture of a paper: a photograph, or one sheet of a PDF."""

    id: str
    paper: str
    number: int
    of: int
    href: str
    small: str
    save: str
    width: int
    height: int


@dataclass(frozen=True)
class LineView:
    """A question with its answer; `wrong` are the reasons told about it, `key` names it in a fault."""

    key: str
    label: str
    value: str
    today: str
    fault_href: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class FaultForm:
    """Where a fault is told: its place, the reasons that fit, and what was typed."""

    on: str
    label: str
    choices: tuple["Choice", ...]
    text: str = ""
    how: str = ""
    error: str = ""


@dataclass(frozen=True)
class Choice:
    """A reason with the words it usually comes with."""

    code: str
    label: str
    text: str
    how: str
    basis: str
    selected: bool


@dataclass(frozen=True)
class UnitView:
    """One part to look at."""

    id: str
    key: str
    title: str
    kind: str
    standing: Standing
    words: str
    shape: str
    by: str
    at: datetime | None
    revision: int
    lines: tuple[LineView, ...]
    faults: tuple[Fault, ...]
    """Faults of the part itself (a paper's); those of questions stand at their lines."""
    fault_href: str
    sheets: tuple[Sheet, ...]
    missing: bool
    form: FaultForm | None


def anchor(part: Part) -> str:
    """Return where a part stands on the page."""
    return f"muc-{part.unit.kind}-{part.unit.target}"


def standing_words(standing: Standing) -> str:
    """Return how a part stands, in words."""
    return {
        "unseen": gettext("chưa kiểm tra"),
        "again": gettext("đã đổi, cần kiểm tra lại"),
        "accepted": gettext("đạt"),
        "faulted": gettext("chưa đạt"),
    }[standing]


def units(now: Checking, form: FaultForm | None) -> list[UnitView]:
    """Return the parts in the order of the form, papers last; `form` opens where it belongs."""
    return [_unit(now, part, form) for part in now.parts]


def _unit(now: Checking, part: Part, form: FaultForm | None) -> UnitView:
    found = now.found[part.unit.key]
    lines = tuple(_line(now, part, line, found.faults) for line in part.lines)
    own = f"paper:{part.paper}" if part.paper else ""
    here = form if form and form.on in {own, *(line.key for line in lines)} else None
    mark = found.mark if found.standing != "unseen" else None
    return UnitView(
        id=anchor(part), key=part.unit.key, title=part.title, kind=part.unit.kind,
        standing=found.standing, words=standing_words(found.standing),
        shape=SHAPES[found.standing], by=mark.by if mark else "", at=mark.at if mark else None,
        revision=found.revision, lines=lines,
        faults=tuple(fault for fault in found.faults if fault.paper),
        fault_href=_fault_href(now, part, own) if own else "",
        sheets=tuple(sheets_of(now.opened, part.title, part.document)),
        missing=bool(part.paper) and part.document is None, form=here,
    )  # fmt: skip


def _line(now: Checking, part: Part, line: Line, faults: tuple[Fault, ...]) -> LineView:
    key = f"field:{line.field.id}"
    return LineView(
        key=key, label=line.field.label.to(language()), value=line.words,
        today=place_today(now.opened, line), faults=_of_field(line, faults),
        fault_href=_fault_href(now, part, key) if line.asked else "",
    )  # fmt: skip


def _of_field(line: Line, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(fault for fault in faults if fault.field == line.field.id)


def _fault_href(now: Checking, part: Part, on: str) -> str:
    if not now.may_mark:
        return ""
    return f"{reverse('desk:check', args=[now.opened.row.code])}?loi={on}#{anchor(part)}"


def place_today(opened: Opened, line: Line) -> str:
    """Return what a declared commune is called today, where it is another than when it was declared."""
    told = opened.answers.get(line.field.id)
    code = told.get("commune", "") if line.field.type == "place" and isinstance(told, dict) else ""
    if not code:
        return ""
    try:
        became = successors(code, opened.row.submitted_at, opened.at)
    except Refusal:
        return ""
    names = [full_name(one.unit.code, opened.at) for one in became if one.unit.code != code]
    return "; ".join(names)


def sheets_of(opened: Opened, paper: str, document: Document | None) -> Iterator[Sheet]:
    """Yield the pictures of a paper, in order: each photograph, each sheet of each PDF."""
    pages = document.page_list if document else []
    total, number = sum(page.sheets if not page.is_image else 1 for page in pages), 0
    for page in pages:
        for inside in range(1, (1 if page.is_image else page.sheets) + 1):
            number += 1
            if document:
                yield _sheet(opened, paper, document, page, inside, (number, total))


def _sheet(
    opened: Opened, paper: str, document: Document, page: Page, inside: int, place: tuple[int, int]
) -> Sheet:
    args = [opened.row.code, document.pk, page.id]
    whole = reverse("desk:page", args=args)
    return Sheet(
        id=f"to-{document.pk.hex[:8]}-{place[0]}", paper=paper, number=place[0], of=place[1],
        href=whole if page.is_image else reverse("desk:sheet", args=[*args, inside]),
        small=reverse("desk:small", args=args), save="" if page.is_image else whole,
        width=page.width, height=page.height,
    )  # fmt: skip


def fault_form(now: Checking, on: str, *, reason: str = "", error: str = "") -> FaultForm | None:
    """Return the form for a fault at `field:id` or `paper:id`; None where nothing may be faulted."""
    kind, _, name = on.partition(":")
    where = {"field": name if kind == "field" else "", "paper": name if kind == "paper" else ""}
    try:
        part = now.part_of(**where)
    except Refusal:
        return None
    label = next(
        (x.field.label.to(language()) for x in part.lines if x.field.id == name), part.title
    )
    told = next((f for f in now.found[part.unit.key].faults if _same(f, where, reason)), None)
    procedure = now.opened.published.procedure
    choices = tuple(
        Choice(
            code=row.code, label=row.label(language()), text=_usual(row, label),
            how=row["mend_vi"], basis=reasons.basis(procedure, row, **where),
            selected=row.code == reason,
        )
        for row in reasons.to_supplement(procedure, **where)
    )  # fmt: skip
    return FaultForm(on, label, choices, told.text if told else "", told.how if told else "", error)


def _usual(row: Code, label: str) -> str:
    return "" if row.code == "other" else f"{label}: {row.vi}"


def _same(fault: Fault, where: dict[str, str], reason: str) -> bool:
    return (fault.field, fault.paper, fault.code) == (where["field"], where["paper"], reason)


@dataclass(frozen=True)
class PaperPair:
    """A paper before and after an answer."""

    name: str
    old: tuple[Sheet, ...]
    new: tuple[Sheet, ...]
    faults: tuple[Fault, ...]


def pair(opened: Opened, change: PaperChange) -> PaperPair:
    """Return a changed paper with the pictures of both versions."""
    old = tuple(sheets_of(opened, change.name, change.old))
    new = tuple(sheets_of(opened, change.name, change.new))
    return PaperPair(change.name, old, new, change.faults)
