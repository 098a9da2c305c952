"""Coded reasons: where each fits, and the law it rests on there.

The lists are data (`catalogue/codes/supplement_reasons.yaml`, `refusal_reasons.yaml`); this module reads their columns.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from motcua.agencies.rules.codes import Code
from motcua.kernel.vietnamese import fold


@dataclass(frozen=True)
class Place:
    """What a reason is given for: a field of a type, a paper with a name, or the dossier as a whole."""

    kind: Literal["field", "paper", "whole"]
    procedure: str
    laws: frozenset[str] = field(default_factory=frozenset)
    type: str = ""
    name: str = ""


def fitting(rows: Iterable[Code], place: Place) -> tuple[Code, ...]:
    """Return the reasons that may be given there, in the order of the list."""
    return tuple(row for row in rows if fits(row, place))


def fits(row: Code, place: Place) -> bool:
    """Tell whether a reason may be given there; an empty column of its row fits everything."""
    return (
        row["about"] in ("", "both", place.kind)
        and lawful(row, place)
        and (place.kind != "field" or _among(row["types"], {place.type}))
        and (place.kind != "paper" or _named(row["named"], place.name))
    )


def lawful(row: Code, place: Place) -> bool:
    """Tell whether the procedure and its laws know the reason, wherever it is given."""
    return _among(row["procedures"], {place.procedure}) and _among(row["laws"], place.laws)


def _among(column: str, known: Iterable[str]) -> bool:
    return not column or not set(column.split()).isdisjoint(known)


def _named(column: str, name: str) -> bool:
    here = fold(name)
    return not column or any(fold(word.strip()) in here for word in column.split(";"))


def legal_basis(row: Code, laws: Iterable[str]) -> str:
    """Return the article a reason rests on in these fields of law.

    A reason that several laws know lists them, each behind its name; the last part is for every other law.
    """
    parts = [part.strip() for part in row["legal_basis"].split("|")]
    found = [_article(part) for part in parts if _law(part) in set(laws)]
    usual = [part for part in parts if not _law(part)]
    return "; ".join(dict.fromkeys(found or usual))


def _law(part: str) -> str:
    """Return the field of law a part is for: a bare name before its colon."""
    law, colon, _ = part.partition(": ")
    return law if colon and law.isascii() and law.replace("_", "").isalpha() else ""


def _article(part: str) -> str:
    return part.partition(": ")[2]


def laws_named(row: Code) -> frozenset[str]:
    """Return every field of law a row names, for the check of the lists."""
    named = {_law(part.strip()) for part in row["legal_basis"].split("|")} - {""}
    return frozenset(named | set(row["laws"].split()))
