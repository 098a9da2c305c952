"""The queues of the desk: what waits, in tabs, under filters, by keyset; counted in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Count, F, Q, QuerySet

from motcua.dossiers.models import Work
from motcua.dossiers.rules.waiting import APPLICANT, ELSEWHERE, RECEIVE, RETURN
from motcua.kernel.working_time import ZONE

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
    return list(_with_names(Work.objects.filter(pk__in=here)).order_by(*order))


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
    """Return how much is in each tab under the filters, and in each saved view; one statement."""
    rows = Work.objects.filter(_own(whose) | _watched(whose))
    narrowed = filters.condition() if filters else Q()
    asked = {tab: _where(tab, whose, when) & narrowed for tab in TABS}
    saved = [_where(tab, whose, when) & view.condition() for tab, view in views]
    told = rows.aggregate(
        **{f"tab_{tab}": Count("pk", filter=met) for tab, met in asked.items()},
        **{f"view_{place}": Count("pk", filter=met) for place, met in enumerate(saved)},
    )
    return {tab: told[f"tab_{tab}"] for tab in TABS}, [
        told[f"view_{place}"] for place in range(len(saved))
    ]


def _where(tab: Tab, whose: Whose, when: When) -> Q:
    side = Q(role="") if tab in (APPLICANT, ELSEWHERE) else ~Q(role="")
    return side & _in_tab(tab, whose, when)


def _of(whose: Whose, tab: Tab) -> QuerySet[Work]:
    watching = tab in (APPLICANT, ELSEWHERE)
    return Work.objects.filter(_watched(whose) if watching else _own(whose))


def _own(whose: Whose) -> Q:
    own = Q(pk__in=[])
    for agency_id, role in whose.pairs:
        own |= Q(agency_id=agency_id, role=role)
    return own


def _watched(whose: Whose) -> Q:
    return Q(agency_id__in=whose.agencies, role="")


def _in_tab(tab: Tab, whose: Whose, when: When) -> Q:
    """Return what a tab holds. A result that waits to be fetched is never late: the office has done its part."""
    ours = ~Q(kind=RETURN)
    conditions: dict[Tab, Q] = {
        "all": Q(),
        "mine": Q(official_id__in=(whose.official, *whose.away)),
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
    rows = Work.objects.filter(_own(whose) | _watched(whose))
    return set(rows.values_list("procedure", "leg", "office__code").distinct())


def holders(whose: Whose) -> list[tuple[int, str]]:
    """Return who holds work of the official's queue now, by name; one query."""
    rows = Work.objects.filter(_own(whose), official__isnull=False)
    return list(
        rows.values_list("official_id", "official__full_name")
        .distinct()
        .order_by(F("official__full_name"))
    )
