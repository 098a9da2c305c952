"""Writes the readings of a history: the dossier's row, its legs, the work that waits."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime

from django.db.models import QuerySet

from motcua.agencies.queries import agency
from motcua.dossiers.claims import carry
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import LegRow, Work
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.waiting import Key, Waits, waiting

_PROJECTED = ("agency_code", "state", "step", "due_at", "opened_at", "ended_at")


def row_values(dossier: Dossier) -> dict[str, object]:
    """Return the columns of the dossier's row."""
    return {
        "seq": dossier.seq,
        "status": int(dossier.status),
        "received_at": dossier.clock.received_at,
        "expected_at": dossier.expected,
        "due_at": dossier.clock.due,
        "finished_at": dossier.finished_at,
        "ended_at": dossier.ended_at,
        "restricted": bool(dossier.restrictions),
        "consulted": sorted({one.agency for one in dossier.consultations.values()}),
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
    """Bring the queues to what waits now: rows that are over go, new ones come, to whoever had them before."""
    was = waiting(law, before) if before else {}
    now = waiting(law, after)
    gone = _take_away(row, was.keys() - now.keys())
    for key in was.keys() & now.keys():
        if was[key].due != now[key].due:
            _named(row, key).update(due_at=now[key].due)
        if was[key].agency != now[key].agency:
            _named(row, key).update(agency_id=agency(now[key].agency).pk)
    new = [_work(row, after, key, waits, at) for key, waits in now.items() if key not in was]
    if before:
        carry(row, new, gone, at)
    Work.objects.bulk_create(new)


def _take_away(row: Row, keys: AbstractSet[Key]) -> list[Work]:
    """Remove work that is over; return it."""
    if not keys:
        return []
    over = [work for work in Work.objects.filter(dossier=row) if key_of(work) in keys]
    Work.objects.filter(pk__in=[work.pk for work in over]).delete()
    return over


def key_of(work: Work) -> Key:
    """Return what tells this row from the dossier's others."""
    return work.kind, work.leg, work.step


def _named(row: Row, key: Key) -> QuerySet[Work]:
    kind, leg, step = key
    return Work.objects.filter(dossier=row, kind=kind, leg=leg, step=step)


def _work(row: Row, dossier: Dossier, key: Key, waits: Waits, at: datetime) -> Work:
    kind, leg, step = key
    return Work(
        dossier=row,
        kind=kind,
        leg=leg,
        step=step,
        task=waits.task,
        agency_id=agency(waits.agency).pk,
        role=waits.role,
        due_at=waits.due,
        since=at,
        procedure=dossier.procedure,
        channel=row.channel,
        office_id=row.agency_id,
        received_at=dossier.clock.received_at,
    )
