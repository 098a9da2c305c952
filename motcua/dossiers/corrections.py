"""What corrections of a dossier's results say: kept with the proposal, in force once it is signed."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.dossiers.models import Correction
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules import events as e

Sources = dict[str, Any]
"""Source of a result (a field, or `leg.<leg>.<value>`) → what it says."""


def keep(
    *, row: Row, seq: int, result: str, was: Mapping[str, Any], now: Mapping[str, Any]
) -> None:
    """Keep what a proposal is about; `seq`: where it stands in the history."""
    Correction.objects.create(dossier=row, seq=seq, result=result, was=dict(was), now=dict(now))


def proposed(row: Row, seq: int) -> tuple[Sources, Sources]:
    """Return what the sources of that proposal said, and what they shall say; empty for a revocation."""
    found = Correction.objects.filter(dossier=row, seq=seq).first()
    return (found.was, found.now) if found else ({}, {})


def in_force(row: Row, history: Iterable[e.Event], result: str) -> Sources:
    """Return what the signed corrections of a result say instead of its sources, the last one first."""
    said: Sources = {}
    for one in _signed(row, history, result):
        said.update(one.now)
    return said


def as_corrected(row: Row, history: Iterable[e.Event], said: Mapping[str, Any]) -> Sources:
    """Return sources with what signed corrections of any result say instead, where they still say what was wrong."""
    now = dict(said)
    for one in _signed(row, history):
        wrong = (key for key, was in one.was.items() if key in now and now[key] == was)
        now |= {key: one.now[key] for key in wrong}
    return now


def _signed(row: Row, history: Iterable[e.Event], result: str = "") -> list[Correction]:
    """Return the signed corrections of a result, or of all, the last one last."""
    signed = [
        event.proposed
        for event in history
        if isinstance(event, e.ResultCorrected) and result in ("", event.result)
    ]
    if not signed:
        return []
    return list(Correction.objects.filter(dossier=row, seq__in=signed).order_by("seq"))
