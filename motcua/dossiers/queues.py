"""The queues of the desk: what waits, in tabs, under filters, by keyset; counted in one statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from django.db import connection

from motcua.dossiers.models import Dossier, Work
from motcua.dossiers.queue_conditions import (
    ASKED,
    Filters,
    Met,
    Seat,
    Tab,
    When,
    Whose,
    in_seats,
    in_tab,
    in_view,
    one_seat,
)
from motcua.dossiers.rules.waiting import APPLICANT, ELSEWHERE, RECEIVE, RETURN, WATCHED
from motcua.procedures.queries import Published, by_digest, head
from motcua.toolkit.sealed_fields import opening

PAGE = 50
Sort = Literal["due", "since", "newest"]
SORTS: tuple[Sort, ...] = ("due", "since", "newest")
_ORDER: dict[Sort, tuple[str, str]] = {
    "due": ("due_at", "asc"),
    "since": ("since", "asc"),
    "newest": ("since", "desc"),
}


class Waiting(NamedTuple):
    """A row of work with what a line of the queue tells of it; a plain value, for fifty are read at once."""

    pk: int
    kind: str
    leg: str
    step: str
    task: str
    agency_id: int
    role: str
    due_at: datetime | None
    since: datetime
    holder_id: int | None
    holder: str | None
    code: str
    subject: str
    receiver_id: int
    version_id: int

    @property
    def published(self) -> Published:
        """The version of the procedure the dossier follows, kept in the process."""
        return by_digest(head(self.version_id).digest)


_SHOWN = (
    "w.id, w.kind, w.leg, w.step, w.task, w.agency_id, w.role, w.due_at, w.since, w.official_id, o.full_name,"
    " d.code, case when d.restricted then ''::bytea else d.subject_name end, d.agency_id, d.version_id"
)
"""The columns of `Waiting`, in its order."""


def waiting_of(work: Work) -> Waiting:
    """Return a row of work that was read with its dossier as the queue shows it."""
    row, holder = work.dossier, work.official
    return Waiting(
        work.pk, work.kind, work.leg, work.step, work.task, work.agency_id, work.role, work.due_at,
        work.since, work.official_id, holder.full_name if holder else None, row.code, row.shown_name,
        row.agency_id, row.version_id,
    )  # fmt: skip


def page(
    whose: Whose,
    when: When,
    *,
    tab: Tab = "all",
    filters: Filters | None = None,
    sort: Sort = "due",
    after: tuple[datetime, int] | None = None,
    limit: int = PAGE,
) -> list[Waiting]:
    """Return the work of a tab under filters, after the row the page before ended with; one query.

    `due` – most urgent first; `since` – what waits longest first; `newest` – what came last first.
    """
    seats = whose.seats(tab)
    if not seats:
        return []
    met = in_tab(tab, whose, when) & (filters or Filters()).condition() & _beyond(sort, after)
    sql, given = _first_of(seats, met, sort, limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [_read(row) for row in cursor.fetchall()]


_SUBJECT = Waiting._fields.index("subject")
_opened = opening(Dossier, "subject_name")


def _read(row: Sequence[Any]) -> Waiting:
    return Waiting._make((*row[:_SUBJECT], _opened(row[_SUBJECT]), *row[_SUBJECT + 1 :]))


def _first_of(seats: Sequence[Seat], met: Met, sort: Sort, limit: int) -> tuple[str, list[Any]]:
    """Return the statement for the first rows of all seats.

    Each seat gives its own first rows along its index, and only those are put in order: a large office is never
    sorted whole. Names are fetched for what is shown alone.
    """
    column, way = _ORDER[sort]
    order = f"order by {column} {way}, id {way} limit %s"
    each = [one_seat(seat) & met for seat in seats]
    first = " union all ".join(
        f"(select id, {column} from dossiers_work w where {seat.sql} {order})"  # noqa: S608 - constants
        for seat in each
    )
    sql = (
        f"with here as (select * from ({first}) as each {order})"  # noqa: S608 - constants
        f" select {_SHOWN} from here join dossiers_work w using (id)"
        " join dossiers_dossier d on d.id = w.dossier_id left join agencies_official o on o.id = w.official_id"
        f" order by w.{column} {way}, w.id {way}"
    )
    return sql, [*(value for seat in each for value in (*seat.given, limit)), limit]


def mark(work: Waiting, sort: Sort) -> tuple[datetime, int] | None:
    """Return where a page ended, to be given as `after`."""
    moment = getattr(work, _ORDER[sort][0])
    return (moment, work.pk) if moment else None


def _beyond(sort: Sort, after: tuple[datetime, int] | None) -> Met:
    column, way = _ORDER[sort]
    if after is None:
        return Met()
    return Met(f"(w.{column}, w.id) {'<' if way == 'desc' else '>'} (%s, %s)", after)


def picked(whose: Whose, keys: Iterable[int]) -> list[Work]:
    """Return those rows of the official's own queue, most urgent first; one query."""
    rows = Work.objects.filter(pk__in=list(keys)).select_related(
        "dossier", "dossier__version", "dossier__agency", "agency", "official"
    )
    rows = rows.defer("dossier__version__content", "dossier__version__guides", "dossier__terms")
    own = frozenset(whose.pairs)
    return [work for work in rows.order_by("due_at", "pk") if (work.agency_id, work.role) in own]


def counts(
    whose: Whose,
    when: When,
    filters: Filters | None = None,
    views: Sequence[tuple[Tab, Filters]] = (),
) -> tuple[dict[Tab, int], list[int]]:
    """Return how much is in each tab under the filters, and in each saved view; one statement.

    Counted by kind, of which most tabs are made: half of what a condition for every tab costs.
    """
    rows, narrowed = in_seats(whose), (filters or Filters()).condition()
    if not views:
        rows, narrowed = rows & narrowed, Met()
    columns = [*_counted(whose, when, narrowed), *(in_view(*view, whose, when) for view in views)]
    told = ", ".join(f"count(*) filter (where {column.sql})" for column in columns)
    sql = f"select w.kind, {told} from dossiers_work w where {rows.sql} group by w.kind"  # noqa: S608 - constants
    given = [value for column in columns for value in column.given]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, *rows.given])
        kinds = {kind: numbers for kind, *numbers in cursor.fetchall()}
    of_tabs = {kind: dict(zip(_COUNTED, numbers, strict=False)) for kind, numbers in kinds.items()}
    in_views = [
        sum(numbers[len(_COUNTED) + place] for numbers in kinds.values())
        for place in range(len(views))
    ]
    return _in_tabs(of_tabs), in_views


_COUNTED = ("n", "mine", "sign", "late", "by_tonight", "by_soon")
"""What is counted of every kind: how many there are, and of which sort; due dates from the beginning of time."""


def _counted(whose: Whose, when: When, narrowed: Met) -> list[Met]:
    """Return the conditions of `_COUNTED`, in its order."""
    sorts = [
        Met(),
        whose.held,
        Met("w.task = 'sign'"),
        Met("w.due_at < %s", (when.now,)),
        Met("w.due_at <= %s", (when.end_of_day,)),
        Met("w.due_at <= %s", (when.soon,)),
    ]
    return [sort & narrowed for sort in sorts]


def _in_tabs(kinds: dict[str, dict[str, int]]) -> dict[Tab, int]:
    """Add up the kinds; those that are watched are the rows without a role (`rules/waiting.py`)."""

    def of(*wanted: str) -> int:
        return sum(kinds[kind]["n"] for kind in wanted if kind in kinds)

    own = [row for kind, row in kinds.items() if kind not in WATCHED]
    ours = [row for kind, row in kinds.items() if kind not in (*WATCHED, RETURN)]
    late, by_tonight, by_soon = (
        sum(row[name] for row in ours) for name in ("late", "by_tonight", "by_soon")
    )
    return {
        "all": sum(row["n"] for row in own),
        "mine": sum(row["mine"] for row in own),
        "new": of(RECEIVE),
        "today": by_tonight - late,
        "soon": by_soon - by_tonight,
        "late": late,
        "sign": sum(row["sign"] for row in own),
        "return": of(RETURN),
        "asked": of(*ASKED),
        "applicant": of(APPLICANT),
        "elsewhere": of(ELSEWHERE),
    }


def contents(whose: Whose) -> set[tuple[str, str, str]]:
    """Return (procedure, stage, office code) of all that stands in the queue: what it can be narrowed to; one query."""
    met = in_seats(whose)
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS + met.sql, met.given)
        return set(cursor.fetchall())


_CONTENTS = (
    "select distinct w.procedure, w.leg, a.code from dossiers_work w"
    " left join agencies_agency a on a.id = w.office_id where "
)


def holders(whose: Whose) -> list[tuple[int, str]]:
    """Return who holds work of the official's queue now, by name; one query."""
    met = in_seats(whose)
    with connection.cursor() as cursor:
        cursor.execute(f"{_HOLDERS} and {met.sql} order by o.full_name", met.given)
        return list(cursor.fetchall())


_HOLDERS = (
    "select distinct o.id, o.full_name from dossiers_work w"
    " join agencies_official o on o.id = w.official_id where w.role <> ''"
)
