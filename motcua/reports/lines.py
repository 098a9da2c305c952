"""The list behind a figure: the same lines on the page and in the file, with nothing more in the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.status import LegState, Status
from motcua.procedures.queries import by_digest
from motcua.reports.figures import Item, Picture
from motcua.reports.rules.facts import Case, Part
from motcua.reports.rules.measures import causes
from motcua.reports.rules.timeliness import deadline
from motcua.reports.words import cause_words, language, step_words

Mark = tuple[int, str]
"""Where a page of the list ended: the dossier, and the part where the list is about parts."""


@dataclass(frozen=True)
class Line:
    """One line: a dossier, or one agency's part of it."""

    code: str
    procedure: str
    subject: str
    status: str
    since: datetime | None
    due: datetime | None
    over: datetime | None
    note: str


def columns(*, of_parts: bool) -> tuple[str, ...]:
    """Return the heads of the columns, in the order of a line's fields."""
    return (
        gettext("Mã hồ sơ"),
        gettext("Thủ tục"),
        gettext("Hồ sơ của"),
        gettext("Trạng thái"),
        gettext("Chuyển đến lúc") if of_parts else gettext("Nộp lúc"),
        gettext("Hạn"),
        gettext("Xong lúc"),
        gettext("Ghi chú"),
    )


def mark_of(item: Item) -> Mark:
    """Return where an item stands in its list."""
    return item.dossier, item.leg if isinstance(item, Part) else ""


def after(items: Sequence[Item], mark: Mark | None) -> list[Item]:
    """Return the items behind a mark, newest dossier first; what came meanwhile does not move the page."""
    placed = sorted(items, key=lambda item: (-item.dossier, mark_of(item)[1]))
    if mark is None:
        return placed
    dossier, leg = mark
    return [item for item in placed if (-item.dossier, mark_of(item)[1]) > (-dossier, leg)]


def lines(picture: Picture, items: Sequence[Item]) -> list[Line]:
    """Return the lines of some items in their order; one statement for their names."""
    named = Row.objects.filter(pk__in={item.dossier for item in items})
    rows = {row.pk: row for row in named.only("code", "subject_name", "restricted")}
    return [
        _of_part(item, rows[item.dossier])
        if isinstance(item, Part)
        else _of_case(item, rows[item.dossier], picture)
        for item in items
    ]


def _of_case(case: Case, row: Row, picture: Picture) -> Line:
    why = causes(case, picture.frame)
    return Line(
        code=row.code,
        procedure=by_digest(case.digest).procedure.short.to(language()),
        subject=row.shown_name,
        status=gettext(case.status.words),
        since=case.submitted_at,
        due=case.due_at or deadline(case),
        over=case.over,
        note=cause_words(why[0], case.digest) if why else "",
    )


def _of_part(part: Part, row: Row) -> Line:
    """Show a linked agency the name of whom it is about only where its list of what it sees holds it."""
    procedure = by_digest(part.digest).procedure
    sees = procedure.plan.stage(part.leg).sees
    shown = sees == "all" or sees.allows(procedure.subject)
    waiting = part.state == "open" and not part.running
    return Line(
        code=row.code,
        procedure=procedure.short.to(language()),
        subject=row.shown_name if shown else "",
        status=gettext(Status(part.status).words if waiting else LegState(part.state).words),
        since=part.opened_at,
        due=part.due_at,
        over=part.ended_at,
        note=step_words(part.digest, part.leg, part.step),
    )
