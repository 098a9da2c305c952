"""The conditions of the desk's queues, as SQL over rows of work: whose they are, what a tab holds, what narrows it.

Written out rather than built by the ORM: a page of the queue is the most asked page of the desk, and building its
conditions anew each time cost more than the database's answer.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from motcua.dossiers.rules.waiting import APPLICANT, ELSEWHERE, RECEIVE, RETURN
from motcua.kernel.working_time import ZONE

Tab = Literal[
    "all", "mine", "new", "today", "soon", "late", "sign", "return", "asked", "applicant",
    "elsewhere",
]  # fmt: skip
TABS: tuple[Tab, ...] = (
    "all", "mine", "new", "today", "soon", "late", "sign", "return", "asked", "applicant",
    "elsewhere",
)  # fmt: skip
ASKED = ("approval", "extension", "consultation")
"""Kinds in which somebody of the house asks another: a leader's word, another unit's view."""
NOBODY = "none"
Seat = tuple[int, str]
"""An agency and a role there; without a role: what the agency watches."""


@dataclass(frozen=True)
class Met:
    """A condition on a row of `dossiers_work w`, with the values it needs."""

    sql: str = "true"
    given: tuple[Any, ...] = ()

    def __and__(self, other: "Met") -> "Met":
        if self == Met() or other == Met():
            return other if self == Met() else self
        return Met(f"{self.sql} and {other.sql}", self.given + other.given)


@dataclass(frozen=True)
class Whose:
    """Whose queue it is: posts as (agency id, role), the official, and the colleagues they stand in for."""

    pairs: tuple[Seat, ...]
    official: int
    away: tuple[int, ...] = ()

    @property
    def agencies(self) -> frozenset[int]:
        """The agencies of the posts."""
        return frozenset(agency for agency, _ in self.pairs)

    @property
    def watching(self) -> tuple[Seat, ...]:
        """The seats of what is only watched."""
        return tuple((agency, "") for agency in sorted(self.agencies))

    def seats(self, tab: Tab) -> tuple[Seat, ...]:
        """Return the seats whose rows a tab is made of."""
        return self.watching if tab in (APPLICANT, ELSEWHERE) else tuple(dict.fromkeys(self.pairs))

    @property
    def held(self) -> Met:
        """The condition on what the official holds, or a colleague they stand in for."""
        return Met("w.official_id = any(%s)", ([self.official, *self.away],))


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

    def condition(self) -> Met:
        """Return the condition on rows of work."""
        met = Met()
        for column in ("procedure", "channel"):
            if value := getattr(self, column):
                met &= Met(f"w.{column} = %s", (value,))
        if self.stage:
            met &= Met("w.leg = %s", (self.stage,))
        if self.holder:
            met &= _holder(self.holder)
        if self.office:
            met &= Met(_OFFICE, (self.office,))
        met &= _between("received_at", self.received_from, self.received_to)
        return met & _between("due_at", self.due_from, self.due_to)


_OFFICE = "w.office_id = (select id from agencies_agency where code = %s)"


def _holder(holder: str) -> Met:
    if holder == NOBODY:
        return Met("w.official_id is null")
    return Met("w.official_id = %s", (int(holder),))


def _between(column: str, first: date | None, last: date | None) -> Met:
    met = Met()
    if first:
        met &= Met(f"w.{column} >= %s", (_midnight(first),))
    if last:
        met &= Met(f"w.{column} < %s", (_midnight(last + timedelta(days=1)),))
    return met


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def one_seat(seat: Seat) -> Met:
    """Return the condition on what waits in a seat."""
    return Met("w.agency_id = %s and w.role = %s", seat)


def in_seats(whose: Whose) -> Met:
    """Return the condition on all that is worked on and watched."""
    roles: dict[int, list[str]] = {agency: [""] for agency in whose.agencies}
    for agency, role in whose.pairs:
        roles[agency].append(role)
    if not roles:
        return Met("false")
    given = tuple(value for there in roles.items() for value in there)
    each = " or ".join(["w.agency_id = %s and w.role = any(%s)"] * len(roles))
    return Met(f"({each})", given)


_OURS = f"w.kind <> '{RETURN}'"
"""A result that waits to be fetched is never late: the office has done its part."""


def in_tab(tab: Tab, whose: Whose, when: When) -> Met:
    """Return what a tab holds of the rows of its seats."""
    conditions: dict[Tab, Met] = {
        "all": Met(),
        "mine": whose.held,
        "new": _kinds(RECEIVE),
        "today": Met(f"w.due_at >= %s and w.due_at <= %s and {_OURS}", (when.now, when.end_of_day)),
        "soon": Met(f"w.due_at > %s and w.due_at <= %s and {_OURS}", (when.end_of_day, when.soon)),
        "late": Met(f"w.due_at < %s and {_OURS}", (when.now,)),
        "sign": Met("w.task = 'sign'"),
        "return": _kinds(RETURN),
        "asked": _kinds(*ASKED),
        "applicant": _kinds(APPLICANT),
        "elsewhere": _kinds(ELSEWHERE),
    }
    return conditions[tab]


def in_view(tab: Tab, filters: Filters, whose: Whose, when: When) -> Met:
    """Return what a saved view holds of all that is worked on and watched."""
    side = Met("w.role = ''") if tab in (APPLICANT, ELSEWHERE) else Met("w.role <> ''")
    return side & in_tab(tab, whose, when) & filters.condition()


def _kinds(*kinds: str) -> Met:
    return Met("w.kind = any(%s)", (list(kinds),))
