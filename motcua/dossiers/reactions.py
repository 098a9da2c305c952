"""Tells what happened to whoever reacts: each event with the dossier as it was right after it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.dossiers.news import Happened
from motcua.dossiers.queries import content, history, law_of, row
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.evolve import evolve
from motcua.procedures.queries import by_digest

if TYPE_CHECKING:
    from motcua.dossiers.rules.dossier import Dossier


def happened(code: str, first: int, last: int) -> Iterator[Happened[Event]]:
    """Yield the events `first`…`last` of a dossier in their order."""
    found = row(code)
    law, published, declared = law_of(found), by_digest(found.version.digest), content(found)
    told: Dossier | None = None
    for seq, event in enumerate(history(found.pk), start=1):
        told = evolve(told, event)
        if first <= seq <= last:
            yield Happened(event, seq, told, found, declared, published, law)
