"""Events in the log (room `audit`): entered with their act, and compared with it whenever somebody asks.

An entry commits to an event's content by the salt that is sealed beside it: keys may be renewed, and a content erased
with its salt, while the entry stands.
"""

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import QuerySet

from motcua.audit.exporting import Told
from motcua.audit.models import Leaf, Waiting
from motcua.audit.operations import enter
from motcua.audit.queries import entry_of
from motcua.audit.rules.entries import Entry, commitment
from motcua.dossiers.models import Event
from motcua.toolkit.sealing import DoesNotOpen

EVENT = "event."
AT_ONCE = 1000
FILED = f"{EVENT}Submitted"


def reference(code: str, seq: int) -> str:
    """Return how the log calls an event: the dossier's code and its place in the history."""
    return f"{code}/{seq}"


def enter_events(code: str, events: Sequence[Event]) -> None:
    """Enter a dossier's new events, in the transaction of their act; one statement."""
    enter(_entry(code, event) for event in events)


def _entry(code: str, event: Event) -> Entry:
    return Entry(
        kind=f"{EVENT}{event.kind}",
        reference=reference(code, event.seq),
        at=event.at,
        commitment=commitment(event.salt, event.data),
    )


def contents(leaves: Sequence[Leaf]) -> dict[int, Told]:
    """Return what entries of events are about, by position: an `exporting.Contents`."""
    places = {leaf.reference: leaf.position for leaf in leaves if leaf.kind.startswith(EVENT)}
    codes = {one.rpartition("/")[0] for one in places}
    found = _read(_events().filter(dossier__code__in=codes))
    told = {reference(event.dossier.code, event.seq): event for event in found}
    return {
        place: {"salt": told[one].salt, "content": told[one].data}
        for one, place in places.items()
        if one in told and _opens(told[one])
    }


def differences() -> Iterator[str]:
    """Yield a line for each event that is not what was entered, was never entered, or is gone; reads all of them."""
    after = 0
    while some := _read(_events().filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        entered = _entered([reference(event.dossier.code, event.seq) for event in some])
        for event in some:
            yield from _difference(event, entered)
        after = some[-1].pk
    yield from (f"event {one}: was entered, and is gone" for one in _gone())


def _events() -> QuerySet[Event]:
    return Event.objects.select_related("dossier").only(
        "seq", "kind", "data", "salt", "at", "dossier__code"
    )


def _read(rows: QuerySet[Event]) -> list[Event]:
    """Return the rows; where a content does not open, each is left to open by itself."""
    try:
        return list(rows)
    except DoesNotOpen:
        return list(rows.defer("data", "salt"))


def _opens(event: Event) -> bool:
    try:
        return event.data is not None and event.salt is not None
    except DoesNotOpen:
        return False


def _entered(references: list[str]) -> dict[str, Entry]:
    rows = [
        row
        for model in (Leaf, Waiting)
        for row in model.objects.filter(reference__in=references, kind__startswith=EVENT)
    ]
    return {row.reference: entry_of(row) for row in rows}


def _difference(event: Event, entered: dict[str, Entry]) -> Iterator[str]:
    named = reference(event.dossier.code, event.seq)
    if named not in entered:
        yield f"event {named} ({event.kind}): was never entered"
    elif not _opens(event):
        yield f"event {named} ({event.kind}): its content was changed, and does not open"
    elif (here := _entry(event.dossier.code, event)) != entered[named]:
        there = entered[named]
        facts = ("kind", "at", "commitment")
        changed = [fact for fact in facts if getattr(here, fact) != getattr(there, fact)]
        yield f"event {named} ({event.kind}): not what was entered: {', '.join(changed)}"


def _gone() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """select l.reference from audit_leaf l where l.kind like 'event.%' and not exists
                 (select 1 from dossiers_event e join dossiers_dossier d on d.id = e.dossier_id
                  where d.code || '/' || e.seq = l.reference) order by l.position""",
        )
        return [row[0] for row in cursor.fetchall()]
