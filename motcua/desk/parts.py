"""The parts of a dossier's page, each ready for its component: what was declared, legs, the clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.pages import language
from motcua.desk.telling import (
    applicant_words,
    person_words,
    stage_words,
    step_of,
    value_shown,
)
from motcua.desk.words import Due, due_words, role_words
from motcua.documents.models import Document
from motcua.documents.rules.pages import Page
from motcua.dossiers.rules.clock import whole_promise
from motcua.dossiers.rules.dossier import Leg
from motcua.dossiers.rules.status import LegState
from motcua.journeys.case import TodaysWorld
from motcua.journeys.looking import Opened
from motcua.procedures.rules.plan import Step
from motcua.procedures.rules.showing import table
from motcua.ui.promises import days_of, moved, parts_why, pauses_why

LEG_SHAPES = {
    LegState.WAITING: "new",
    LegState.OPEN: "running",
    LegState.SUPPLEMENT: "action",
    LegState.DONE: "done",
    LegState.REFUSED: "stopped",
    LegState.CANCELLED: "stopped",
}


@dataclass(frozen=True)
class LegLine:
    """Where one leg stands, and whose turn it is."""

    name: str
    agency: str
    state: str
    shape: str
    holder: str
    due: Due | None
    ended_at: datetime | None
    remark: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Picture:
    """One page of a paper to look at, or a PDF to save."""

    href: str
    small: str
    name: str
    number: int
    is_image: bool
    width: int
    height: int
    size: int
    digest: str
    """SHA-256 of what the person sent."""


@dataclass(frozen=True)
class PaperCard:
    """A paper with its pages."""

    name: str
    pages: tuple[Picture, ...]
    at: datetime


def declaration(opened: Opened) -> list[dict[str, Any]]:
    """Return the declaration as sections of rows, as far as it may be seen."""
    sections = table(
        opened.published.definition, opened.answers, TodaysWorld(opened.at), language(),
        shown=opened.veiling.show,
    )  # fmt: skip
    return [
        {
            "title": title,
            "rows": [
                {"label": field.label.to(language()), "value": words} for field, words in rows
            ],
        }
        for title, rows in sections
    ]


def papers(opened: Opened, kept: list[Document]) -> list[PaperCard]:
    """Return papers with the permission-checked addresses of their pages; of what a restriction hides, their names."""
    names = {paper.id: paper.name.to(language()) for paper in opened.published.procedure.papers}
    return [
        PaperCard(
            name=names.get(document.key, document.name),
            pages=tuple(
                _picture(opened, document, page, number)
                for number, page in enumerate(document.page_list if opened.is_open else (), start=1)
            ),
            at=document.changed_at,
        )
        for document in kept
    ]


def _picture(opened: Opened, document: Document, page: Page, number: int) -> Picture:
    args = [opened.row.code, document.pk, page.id]
    return Picture(
        href=reverse("desk:page", args=args),
        small=reverse("desk:small", args=args),
        name=page.name,
        number=number,
        is_image=page.is_image,
        width=page.width,
        height=page.height,
        size=page.size,
        digest=page.received,
    )


def legs(opened: Opened) -> list[LegLine]:
    """Return the legs: state, whose turn, until when."""
    return [_leg(opened, leg) for leg in opened.dossier.legs.values()]


def _leg(opened: Opened, leg: Leg) -> LegLine:
    inside = opened.sight.leg(leg.id)
    running = not leg.state.final and leg.opened_at is not None
    # A part without a time of its own has that of the whole.
    due = (leg.due or opened.dossier.clock.due) if leg.state is LegState.OPEN else None
    return LegLine(
        name=stage_words(opened, leg.id),
        agency=leg.agency_name,
        state=gettext(leg.state.words),
        shape=LEG_SHAPES[leg.state],
        holder=_holder(opened, leg),
        due=due_words(due, opened.at, opened.law.calendar) if running else None,
        ended_at=leg.ended_at,
        remark=leg.remark if inside else "",
        values=_values(opened, leg) if inside and opened.named else (),
    )


def _values(opened: Opened, leg: Leg) -> tuple[tuple[str, str], ...]:
    asked = {
        value.id: value
        for step in opened.published.procedure.plan.stage(leg.id).steps
        for value in step.asks
    }
    return tuple(
        (asked[name].label.to(language()), value_shown(asked[name], told))
        for name, told in leg.values.items()
        if name in asked
    )


def _holder(opened: Opened, leg: Leg) -> str:
    """Say whose turn it is."""
    if leg.state is LegState.SUPPLEMENT:
        return applicant_words()
    if leg.state is LegState.WAITING:
        return _awaited(opened, leg)
    if leg.state is not LegState.OPEN:
        return ""
    step = step_of(opened, leg.id, leg.step)
    return f"{_turn(leg, step)} – {step.name.to(language())}"


def _turn(leg: Leg, step: Step) -> str:
    """Say who takes a step."""
    if step.kind == "confirm":
        return applicant_words()
    if step.kind == "consent":
        return person_words()
    if step.kind == "ask":
        return step.party
    return leg.agency_name if step.kind == "decide" and leg.party else role_words(step.role or "")


def _awaited(opened: Opened, leg: Leg) -> str:
    if opened.dossier.clock.received_at is None:
        return gettext("Bộ phận một cửa tiếp nhận")
    before = [stage_words(opened, other) for other in leg.after]
    unpaid = [fee.name for fee in opened.dossier.unpaid if fee.id in leg.blocked_by]
    return gettext("Chờ: {what}").format(what="; ".join([*before, *unpaid]))


def clock(opened: Opened) -> dict[str, Any]:
    """Return the promised date with its derivation, day by day."""
    dossier = opened.dossier
    found = whole_promise(opened.law, dossier)
    ended = dossier.finished_at or dossier.ended_at
    due = dossier.clock.due or (None if dossier.clock.received_at else dossier.expected)
    limit = opened.published.procedure.plan.limit_of(dossier.legs)
    units = {
        "working_days": gettext("ngày làm việc"),
        "days": gettext("ngày"),
        "working_hours": gettext("giờ làm việc"),
    }
    return {
        "received_at": dossier.clock.received_at,
        "due": None if ended else due_words(due, opened.at, opened.law.calendar),
        "promised": found.due if found else None,
        "expected": dossier.expected,
        "ended": ended,
        "standing": dossier.clock.standing and not ended,
        "limit": f"{limit.amount} {units[limit.unit]}",
        "days": days_of(found, language()) if found else (),
        "pauses": pauses_why(dossier.clock),
        "parts": parts_why(opened.law, dossier, language()),
        "moved": moved(dossier.clock, language()),
        "provisional": bool(found and found.provisional),
    }
