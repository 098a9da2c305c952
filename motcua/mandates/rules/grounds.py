"""On what ground somebody acts for another, and how far that reaches (`catalogue/codes/mandate_grounds.yaml`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from motcua.agencies.rules.codes import Code, code_list
from motcua.mandates.rules.mandates import LONGEST, Act, Reach, Scope
from motcua.mandates.rules.refusals import (
    ActsNotGiven,
    GroundNotHere,
    LastsTooLong,
    NothingGiven,
)

Way = Literal["declared", "online", "counter"]
LIST = "mandate_grounds"


@dataclass(frozen=True)
class Ground:
    """One ground: how it may come about, what it may allow at most, and for how long."""

    row: Code

    @property
    def code(self) -> str:
        """Its stable name."""
        return self.row.code

    @property
    def acts(self) -> tuple[Act, ...]:
        """What it may allow at most, in the order of the list."""
        return tuple(Act(name) for name in self.row["acts"].split())

    @property
    def longest(self) -> timedelta:
        """How long it may last."""
        return min(timedelta(days=int(self.row["days"])), LONGEST)

    @property
    def checked(self) -> bool:
        """Whether a second official confirms what the counter has recorded."""
        return self.row["check"] == "yes"

    def by(self, way: Way) -> bool:
        """Tell whether it may come about in this way."""
        return way in self.row["ways"].split()


@dataclass(frozen=True)
class Terms:
    """What is given: on which ground, which acts, on what, from when until when."""

    ground: str
    acts: frozenset[Act]
    scope: Scope
    starts: datetime
    until: datetime


def grounds(way: Way) -> list[Ground]:
    """Return the grounds on which a mandate may come about in this way, in the order of the list."""
    return [ground for row in code_list(LIST).rows if (ground := Ground(row)).by(way)]


def ground_of(code: str) -> Ground:
    """Return a ground. Raises GroundNotHere."""
    if not code_list(LIST).has(code):
        raise GroundNotHere
    return Ground(code_list(LIST).row(code))


def ground_of_relation(relation: str) -> str:
    """Return the ground that a declared relation is: `parent`, `spouse` …; empty when no list names it."""
    rows = code_list(LIST).rows
    return next((row.code for row in rows if relation in row["relations"].split()), "")


def must_be_sound(terms: Terms, way: Way, *, at: datetime) -> None:
    """Refuse what the law or the list of grounds does not let anybody give.

    Raises GroundNotHere, NothingGiven, ActsNotGiven, LastsTooLong.
    """
    ground = ground_of(terms.ground)
    if not ground.by(way):
        raise GroundNotHere
    if not terms.acts:
        raise NothingGiven
    filing_again = terms.scope.reach is Reach.DOSSIER and Act.FILE in terms.acts
    if filing_again or not terms.acts <= set(ground.acts):
        raise ActsNotGiven
    if not (at <= terms.until and timedelta(0) < terms.until - terms.starts <= ground.longest):
        raise LastsTooLong(days=ground.longest.days)


def needs_check(terms: Terms, way: Way) -> bool:
    """Tell whether a second official looks at it: what the counter records and would let somebody do much.

    Much is: everything there is, fetching results, taking a dossier back – or a ground whose paper must be read.
    """
    if way != "counter":
        return False
    much = bool(terms.acts & {Act.FETCH, Act.WITHDRAW}) or terms.scope.reach is Reach.EVERYTHING
    return much or ground_of(terms.ground).checked
