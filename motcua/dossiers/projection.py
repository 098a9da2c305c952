"""Writes the readings of a history: the dossier's row, its legs, the work that waits."""

from collections.abc import Iterable
from datetime import datetime

from motcua.agencies.queries import agency
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import LegRow, Work
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.status import LegState, Status
from motcua.dossiers.rules.steps import leg_by_message

Key = tuple[str, str, str]
_PROJECTED = ("state", "step", "due_at", "opened_at", "ended_at")


def row_values(dossier: Dossier) -> dict[str, object]:
    """Return the columns of the dossier's row."""
    return {
        "seq": dossier.seq,
        "status": int(dossier.status),
        "received_at": dossier.clock.received_at,
        "due_at": dossier.clock.due,
        "finished_at": dossier.finished_at,
        "ended_at": dossier.ended_at,
    }


def leg_rows(row: Row, legs: Iterable[Leg]) -> list[LegRow]:
    """Return the rows of legs as they stand."""
    return [
        LegRow(
            dossier=row,
            leg=leg.id,
            agency_code=leg.agency,
            state=str(leg.state),
            step=leg.step,
            due_at=leg.due,
            opened_at=leg.opened_at,
            ended_at=leg.ended_at,
        )
        for leg in legs
    ]


def write_legs(row: Row, before: Dossier | None, after: Dossier) -> None:
    """Write the legs that changed."""
    changed = [leg for leg in after.legs.values() if before is None or before.legs[leg.id] != leg]
    if changed:
        LegRow.objects.bulk_create(
            leg_rows(row, changed),
            update_conflicts=True,
            unique_fields=["dossier", "leg"],
            update_fields=list(_PROJECTED),
        )


def write_work(row: Row, law: Law, before: Dossier | None, after: Dossier, at: datetime) -> None:
    """Bring the queues to what waits now: rows that are over go, new ones come."""
    was = _waiting(law, before) if before else {}
    now = _waiting(law, after)
    for kind, leg, step in was.keys() - now.keys():
        Work.objects.filter(dossier=row, kind=kind, leg=leg, step=step).delete()
    if before:
        _move_due(row, before, after, was.keys() & now.keys())
    new = {key: who for key, who in now.items() if key not in was}
    Work.objects.bulk_create(
        Work(
            dossier=row,
            kind=kind,
            leg=leg,
            step=step,
            agency_id=agency(code).pk,
            role=role,
            due_at=_due(after, leg),
            since=at,
        )
        for (kind, leg, step), (code, role) in new.items()
    )


def _move_due(row: Row, before: Dossier, after: Dossier, staying: Iterable[Key]) -> None:
    """Bring work that still waits to its new date: the clock may have stood still meanwhile."""
    for kind, leg, step in staying:
        due = _due(after, leg)
        if due != _due(before, leg):
            Work.objects.filter(dossier=row, kind=kind, leg=leg, step=step).update(due_at=due)


def _due(dossier: Dossier, leg: str) -> datetime:
    return (dossier.legs[leg].due if leg else None) or dossier.clock.due or dossier.expected


def _waiting(law: Law, dossier: Dossier) -> dict[Key, tuple[str, str]]:
    """Return what waits for an official: (kind, leg, step) → (agency, role)."""
    desk = (dossier.agency, "front_desk")
    found: dict[Key, tuple[str, str]] = {}
    if dossier.status is Status.REGISTERED:
        found[Work.Kind.RECEIVE, "", ""] = desk
    if dossier.status is Status.WITHDRAWING:
        found[Work.Kind.WITHDRAWAL, "", ""] = desk
    for result in dossier.available():
        if result.way != "online":
            found[Work.Kind.RETURN, result.stage, result.id] = desk
    for leg in dossier.legs.values():
        if leg.state is LegState.OPEN and dossier.status is not Status.WITHDRAWING:
            step = law.procedure.plan.stage(leg.id).step(leg.step)
            if step.role and not leg_by_message(leg, step):
                found[Work.Kind.STEP, leg.id, leg.step] = (leg.agency, step.role)
    return found
