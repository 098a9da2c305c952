"""What is published of opinions: counts and shares, by office and procedure, never so few that somebody shows.

A procedure with fewer than five opinions stands in no row of its own. Nor can it be told from the office's row:
what is too little everywhere together is left out there too.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.help.rules.opinions import Kind, Tally, tally


@dataclass(frozen=True)
class Counted:
    """So many opinions with one mark."""

    kind: str
    agency: int
    procedure: str
    mark: int
    count: int


@dataclass(frozen=True)
class Published:
    """A row as it is published; `procedure` is empty for the office as a whole."""

    kind: Kind
    agency: int
    procedure: str
    tally: Tally


def published(counts: Iterable[Counted]) -> list[Published]:
    """Return the rows that may be published: each office as a whole, then its procedures."""
    marks: dict[tuple[Kind, int], dict[str, dict[int, int]]] = defaultdict(dict)
    for one in counts:
        of = marks[Kind(one.kind), one.agency].setdefault(one.procedure, {})
        of[one.mark] = of.get(one.mark, 0) + one.count
    rows: list[Published] = []
    for (kind, agency), procedures in sorted(marks.items()):
        rows += _of_office(kind, agency, {name: tally(of) for name, of in procedures.items()})
    return rows


def _of_office(kind: Kind, agency: int, procedures: dict[str, Tally]) -> list[Published]:
    shown = {name: one for name, one in sorted(procedures.items()) if one.shown}
    rest = _sum(one for name, one in procedures.items() if name not in shown)
    whole = _sum([*shown.values(), rest]) if rest.shown else _sum(shown.values())
    if not whole.shown:
        return []
    of_each = [Published(kind, agency, name, one) for name, one in shown.items()]
    return [Published(kind, agency, "", whole), *of_each]


def _sum(tallies: Iterable[Tally]) -> Tally:
    counts = zip(*(one.counts for one in tallies), strict=True)
    one, two, three, four, five = [sum(of) for of in counts] or [0] * 5
    return Tally((one, two, three, four, five))
