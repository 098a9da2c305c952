"""The queues of the desk: what waits, in tabs, under filters, by keyset; counted in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Count, F, Q, QuerySet

from motcua.dossiers.models import Work
from motcua.dossiers.rules.waiting import APPLICANT, ELSEWHERE, RECEIVE, RETURN, WATCHED
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import head

PAGE = 50
Tab = Literal[
    "all", "mine", "new", "today", "soon", "late", "sign", "return", "asked", "applicant",
    "elsewhere",
]  # fmt: skip
TABS: tuple[Tab, ...] = (
    "all", "mine", "new", "today", "soon", "late", "sign", "return", "asked", "applicant",
    "elsewhere",
)  # fmt: skip
Sort = Literal["due", "since", "newest"]
SORTS: tuple[Sort, ...] = ("due", "since", "newest")
ASKED = ("approval", "extension", "consultation")
"""Kinds in which somebody of the house asks another: a leader's word, another unit's view."""
NOBODY = "none"


@dataclass(frozen=True)
class Whose:
    """Whose queue it is: posts as (agency id, role), the official, and the colleagues they stand in for."""

    pairs: tuple[tuple[int, str], ...]
    official: int
    away: tuple[int, ...] = ()

    @property
    def agencies(self) -> frozenset[int]:
        """The agencies of the posts."""
        return frozenset(agency for agency, _ in self.pairs)

    @property
    def roles(self) -> dict[int, list[str]]:
        """The roles at each agency."""
        return {
            agency: [role for there, role in self.pairs if there == agency]
            for agency in dict.fromkeys(agency for agency, _ in self.pairs)
        }


@dataclass(frozen=True)
class When:
    """The moments that tell what is late, due today and due soon."""

    now: datetime
    end_of_day: datetime
    soon: datetime


@dataclass(frozen=True)
class Filters:
    """What narrows a queue; dates are days of Viet Nam, both ends included; `holder` an official's id or NOBODY."""

    procedure: str = ""
    channel: str = ""
    stage: str = ""
    holder: str = ""
    office: str = ""
    received_from: date | None = None
    received_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None

    @property
    def any(self) -> bool:
        """Tell whether anything is narrowed."""
        return self != Filters()

    def condition(self) -> Q:
        """Return the condition on rows of work."""
        plain = {"procedure": self.procedure, "channel": self.channel, "leg": self.stage}
        met = Q(**{name: value for name, value in plain.items() if value})
        if self.holder == NOBODY:
            met &= Q(official__isnull=True)
        elif self.holder:
            met &= Q(official=int(self.holder))
        if self.office:
            met &= Q(office__code=self.office)
        met &= _between("received_at", self.received_from, self.received_to)
        return met & _between("due_at", self.due_from, self.due_to)


def _between(field: str, first: date | None, last: date | None) -> Q:
    met = Q()
    if first:
        met &= Q(**{f"{field}__gte": _midnight(first)})
    if last:
        met &= Q(**{f"{field}__lt": _midnight(last + timedelta(days=1))})
    return met


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def page(
    whose: Whose,
    when: When,
    *,
    tab: Tab = "all",
    filters: Filters | None = None,
    sort: Sort = "due",
    after: tuple[datetime, int] | None = None,
    limit: int = PAGE,
) -> list[Work]:
    """Return the work of a tab under filters, after the row the page before ended with; one query.

    `due` – most urgent first; `since` – what waits longest first; `newest` – what came last first.
    """
    rows = _of(whose, tab).filter(_in_tab(tab, whose, when))
    if filters:
        rows = rows.filter(filters.condition())
    field, down = _ORDER[sort]
    if after:
        rows = rows.filter(_beyond(field, after, down=down))
    order = [f"-{field}", "-pk"] if down else [field, "pk"]
    # Names are fetched for the rows of this page alone, not for all of the tab before it is cut.
    here = rows.order_by(*order)[:limit].values("pk")
    shown = Work.objects.filter(pk__in=here).select_related("dossier", "official").only(*_SHOWN)
    found = list(shown.order_by(*order))
    for work in found:
        work.dossier.version = head(work.dossier.version_id)
    return found


_SHOWN = (
    "kind", "leg", "step", "task", "agency_id", "role", "due_at", "since", "official__full_name",
    "dossier__code", "dossier__subject_name", "dossier__agency_id", "dossier__version_id",
)  # fmt: skip
"""What a line of the queue tells. Versions are kept in the process, agencies are those of the posts."""


_ORDER: dict[Sort, tuple[str, bool]] = {
    "due": ("due_at", False),
    "since": ("since", False),
    "newest": ("since", True),
}


def mark(work: Work, sort: Sort) -> tuple[datetime, int] | None:
    """Return where a page ended, to be given as `after`."""
    moment = getattr(work, _ORDER[sort][0])
    return (moment, work.pk) if moment else None


def _beyond(field: str, after: tuple[datetime, int], *, down: bool) -> Q:
    moment, last = after
    way = "lt" if down else "gt"
    further = Q(**{f"{field}__{way}": moment})
    return further | Q(**{field: moment, f"pk__{way}": last})


def picked(whose: Whose, keys: Iterable[int]) -> list[Work]:
    """Return those rows of the official's own queue, most urgent first; one query."""
    rows = _with_names(Work.objects.filter(_own(whose), pk__in=list(keys)))
    return list(rows.order_by("due_at", "pk"))


def _with_names(rows: QuerySet[Work]) -> QuerySet[Work]:
    rows = rows.select_related(
        "dossier", "dossier__version", "dossier__agency", "agency", "official"
    )
    return rows.defer(
        "dossier__version__content", "dossier__version__guides", "dossier__terms", "dossier__folded"
    )


def counts(
    whose: Whose,
    when: When,
    filters: Filters | None = None,
    views: Sequence[tuple[Tab, Filters]] = (),
) -> tuple[dict[Tab, int], list[int]]:
    """Return how much is in each tab under the filters, and in each saved view; one statement.

    Counted by kind, of which most tabs are made: half of what a condition for every tab costs.
    """
    rows, narrowed = Work.objects.filter(_all(whose)), filters.condition() if filters else Q()
    if not views:
        rows, narrowed = rows.filter(narrowed), Q()
    told = rows.values("kind").annotate(
        n=Count("pk", filter=narrowed or None),
        **{name: Count("pk", filter=met & narrowed) for name, met in _counted(whose, when).items()},
        **{
            f"view_{place}": Count("pk", filter=_where(tab, whose, when) & view.condition())
            for place, (tab, view) in enumerate(views)
        },
    )
    kinds: dict[str, _Counted] = {row.pop("kind"): row for row in told}
    in_views = [sum(row[f"view_{place}"] for row in kinds.values()) for place in range(len(views))]
    return _in_tabs(kinds), in_views


_Counted = dict[str, int]


def _counted(whose: Whose, when: When) -> dict[str, Q]:
    """Return what is counted of every kind beside how many there are; due dates from the beginning of time."""
    return {
        "mine": _held(whose),
        "sign": Q(task="sign"),
        "late": Q(due_at__lt=when.now),
        "by_tonight": Q(due_at__lte=when.end_of_day),
        "by_soon": Q(due_at__lte=when.soon),
    }


def _in_tabs(kinds: dict[str, _Counted]) -> dict[Tab, int]:
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


def _where(tab: Tab, whose: Whose, when: When) -> Q:
    side = Q(role="") if tab in (APPLICANT, ELSEWHERE) else ~Q(role="")
    return side & _in_tab(tab, whose, when)


def _of(whose: Whose, tab: Tab) -> QuerySet[Work]:
    watching = tab in (APPLICANT, ELSEWHERE)
    return Work.objects.filter(_watched(whose) if watching else _own(whose))


def _own(whose: Whose) -> Q:
    return _in_seats(whose.roles)


def _watched(whose: Whose) -> Q:
    return Q(agency_id__in=whose.agencies, role="")


def _all(whose: Whose) -> Q:
    """Return the condition on what is worked on and what is watched."""
    return _in_seats({agency: [*roles, ""] for agency, roles in whose.roles.items()})


def _in_seats(roles: dict[int, list[str]]) -> Q:
    met = Q(pk__in=[])
    for agency, there in roles.items():
        met |= Q(agency_id=agency, role__in=there)
    return met


def _held(whose: Whose) -> Q:
    return Q(official_id__in=(whose.official, *whose.away))


def _in_tab(tab: Tab, whose: Whose, when: When) -> Q:
    """Return what a tab holds. A result that waits to be fetched is never late: the office has done its part."""
    ours = ~Q(kind=RETURN)
    conditions: dict[Tab, Q] = {
        "all": Q(),
        "mine": _held(whose),
        "new": Q(kind=RECEIVE),
        "today": Q(due_at__gte=when.now, due_at__lte=when.end_of_day) & ours,
        "soon": Q(due_at__gt=when.end_of_day, due_at__lte=when.soon) & ours,
        "late": Q(due_at__lt=when.now) & ours,
        "sign": Q(task="sign"),
        "return": Q(kind=RETURN),
        "asked": Q(kind__in=ASKED),
        "applicant": Q(kind=APPLICANT),
        "elsewhere": Q(kind=ELSEWHERE),
    }
    return conditions[tab]


def contents(whose: Whose) -> set[tuple[str, str, str]]:
    """Return (procedure, stage, office code) of all that stands in the queue: what it can be narrowed to; one query."""
    rows = Work.objects.filter(_all(whose))
    return set(rows.values_list("procedure", "leg", "office__code").distinct())


def holders(whose: Whose) -> list[tuple[int, str]]:
    """Return who holds work of the official's queue now, by name; one query."""
    rows = Work.objects.filter(_own(whose), official__isnull=False)
    return list(
        rows.values_list("official_id", "official__full_name")
        .distinct()
        .order_by(F("official__full_name"))
    )
