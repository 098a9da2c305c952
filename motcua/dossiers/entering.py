"""Events in the log (room `audit`): entered with their act, and compared with it whenever somebody asks.

An entry commits to an event's content by the salt that is sealed beside it: keys may be renewed, and a content erased
with its salt, while the entry stands. What is left of an erased event is entered once more, as `erased.<kind>`, with
the class it was erased under: so it is guarded like the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from motcua.audit.exporting import Told
from motcua.audit.models import Leaf, Waiting
from motcua.audit.operations import enter
from motcua.audit.queries import entry_of
from motcua.audit.rules.entries import Entry, commitment
from motcua.dossiers.models import Event
from motcua.toolkit.sealing import DoesNotOpen

EVENT, ERASED = "event.", "erased."
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


def enter_erased(code: str, events: Sequence[Event], at: datetime) -> None:
    """Enter what is left of erased events, in the transaction that erases; one statement."""
    enter(_left(code, event, at) for event in events)


def _left(code: str, event: Event, at: datetime) -> Entry:
    return Entry(
        kind=f"{ERASED}{event.kind}",
        reference=reference(code, event.seq),
        at=at,
        commitment=commitment(event.salt, _of_erased(event)),
    )


def _of_erased(event: Event) -> dict[str, Any]:
    """Return what the second entry of an erased event is about: the class, and what is left."""
    return {"class": event.erased, "left": event.data}


def contents(leaves: Sequence[Leaf]) -> dict[int, Told]:
    """Return what entries of events are about, by position: an `exporting.Contents`; of erased ones, which class."""
    ours = [leaf for leaf in leaves if leaf.kind.startswith((EVENT, ERASED))]
    codes = {leaf.reference.rpartition("/")[0] for leaf in ours}
    found = _read(_events().filter(dossier__code__in=codes))
    told = {reference(event.dossier.code, event.seq): event for event in found}
    return {
        leaf.position: _told(told[leaf.reference], leaf)
        for leaf in ours
        if leaf.reference in told and _opens(told[leaf.reference])
    }


def _told(event: Event, leaf: Leaf) -> Told:
    if leaf.kind.startswith(ERASED):
        return {"salt": event.salt, "content": _of_erased(event)}
    if event.erased:
        return {"erased": event.erased}
    return {"salt": event.salt, "content": event.data}


def erased() -> dict[str, int]:
    """Return how many events were erased under each class."""
    rows = Event.objects.exclude(erased="").values_list("erased")
    return dict(rows.annotate(n=Count("pk")).order_by("erased"))


def differences() -> Iterator[str]:
    """Yield a line for each event that is not what was entered, was never entered, or is gone; reads all of them."""
    after = 0
    while some := _read(_events().filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        entered = _entered(EVENT, some)
        left = _entered(ERASED, [event for event in some if event.erased])
        for event in some:
            yield from _difference(event, entered, left)
        after = some[-1].pk
    yield from (f"event {one}: was entered, and is gone" for one in _gone())


def _events() -> QuerySet[Event]:
    return Event.objects.select_related("dossier").only(
        "seq", "kind", "data", "salt", "at", "erased", "dossier__code"
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


def _entered(kind: str, events: Sequence[Event]) -> dict[str, Entry]:
    """Return the entries of these events, of one kind."""
    references = [reference(event.dossier.code, event.seq) for event in events]
    rows = [
        row
        for model in (Leaf, Waiting)
        if references
        for row in model.objects.filter(reference__in=references, kind__startswith=kind)
    ]
    return {row.reference: entry_of(row) for row in rows}


def _difference(
    event: Event, entered: Mapping[str, Entry], left: Mapping[str, Entry]
) -> Iterator[str]:
    named = reference(event.dossier.code, event.seq)
    said = f"event {named} ({event.kind})"
    if named not in entered:
        yield f"{said}: was never entered"
    elif not _opens(event):
        yield f"{said}: its content was changed, and does not open"
    elif changed := _changed(event, entered[named], left.get(named)):
        yield f"{said}: not what was entered: {', '.join(changed)}"


def _changed(event: Event, there: Entry, left: Entry | None) -> list[str]:
    """Return what is not as it was entered: of an erased event, by its first entry and by what was left of it."""
    here = _entry(event.dossier.code, event)
    facts = ("kind", "at") if event.erased else ("kind", "at", "commitment")
    changed = [fact for fact in facts if getattr(here, fact) != getattr(there, fact)]
    if event.erased and (left is None or left != _left(event.dossier.code, event, left.at)):
        changed.append(f"what is left of it under class {event.erased}")
    return changed


def _gone() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """select l.reference from audit_leaf l where l.kind like 'event.%' and not exists
                 (select 1 from dossiers_event e join dossiers_dossier d on d.id = e.dossier_id
                  where d.code || '/' || e.seq = l.reference) order by l.position""",
        )
        return [row[0] for row in cursor.fetchall()]
