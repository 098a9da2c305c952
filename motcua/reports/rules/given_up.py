"""Declarations that were begun and forgotten: how many may be told, beside those that were filed.

A draft nobody came back to for 60 days is erased; its number is all that is kept (`dossiers.DraftsForgotten`). As
with opinions, a service with fewer than five stands in no row of its own and cannot be told from its office's row.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.help.rules.opinions import FEWEST

Counts = Mapping[tuple[int, str], int]
"""(agency, procedure) → how many."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A row as it is published; `procedure` is empty for the office as a whole."""

    agency: int
    procedure: str
    forgotten: int
    filed: int

    @property
    def share(self) -> int:
        """Of a hundred that came to an end, how many were given up; rounded up, so that it is never told too low."""
        return -(-100 * self.forgotten // (self.forgotten + self.filed))


def published(forgotten: Counts, filed: Counts) -> list[GivenUp]:
    """Return the rows that may be published: each office as a whole, then its procedures by code."""
    offices: dict[int, dict[str, int]] = defaultdict(dict)
    for (agency, procedure), count in forgotten.items():
        offices[agency][procedure] = count
    rows: list[GivenUp] = []
    for agency, procedures in sorted(offices.items()):
        rows += _of_office(agency, procedures, filed)
    return rows


def _of_office(agency: int, procedures: Mapping[str, int], filed: Counts) -> list[GivenUp]:
    every = [
        GivenUp(agency, name, count, filed.get((agency, name), 0))
        for name, count in sorted(procedures.items())
    ]
    shown = [row for row in every if row.forgotten >= FEWEST]
    few = sum(row.forgotten for row in every if row not in shown)
    whole = every if few >= FEWEST else shown
    if not whole:
        return []
    counts = sum(row.forgotten for row in whole), sum(row.filed for row in whole)
    return [GivenUp(agency, "", *counts), *shown]
