"""Dossiers whose offices have become others: the readings follow, and which are still to go."""

from collections.abc import Collection, Iterator
from datetime import datetime

from motcua.agencies.queries import agency
from motcua.dossiers import search
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft, LegRow, Transfer, Work
from motcua.dossiers.rules.dossier import Dossier

BATCH = 200


def follow(row: Row, before: Dossier, after: Dossier, at: datetime) -> None:
    """Let the dossier's row go with its offices; nothing to do where they are the same."""
    moved = {
        leg.agency: after.legs[leg.id].agency
        for leg in before.legs.values()
        if after.legs[leg.id].agency != leg.agency
    }
    if after.agency != before.agency:
        moved[before.agency] = after.agency
        _received_elsewhere(row, before.agency, after.agency, at)
    if moved:
        keys = {agency(old).pk: agency(new).pk for old, new in moved.items()}
        Row.objects.filter(pk=row.pk).update(terms=search.rehoused(row.terms, keys))


def _received_elsewhere(row: Row, old: str, new: str, at: datetime) -> None:
    was, now = agency(old), agency(new)
    Transfer.objects.create(dossier=row, was=was, now=now, at=at)
    Row.objects.filter(pk=row.pk).update(agency=now)
    Work.objects.filter(dossier=row).update(office_id=now.pk)
    row.agency = now


def to_follow(old: Collection[str]) -> Iterator[list[str]]:
    """Yield the codes of dossiers that one of these agencies still has a part in, batch by batch.

    What waits for somebody comes first, then all that is alive, then the archive; each source is read by its own
    index. A dossier may come again: transferring it again is refused.
    """
    ids = [agency(code).pk for code in old]
    alive = Row.objects.filter(agency_id__in=ids, ended_at__isnull=True)
    for source in (
        Work.objects.filter(agency_id__in=ids).values_list("dossier_id", "dossier__code"),
        alive.values_list("pk", "code"),
        LegRow.objects.filter(agency_code__in=old).values_list("dossier_id", "dossier__code"),
        Row.objects.filter(agency_id__in=ids).values_list("pk", "code"),
    ):
        key = "pk" if source.model is Row else "dossier_id"
        last = 0
        while found := list(source.filter(**{f"{key}__gt": last}).order_by(key).distinct()[:BATCH]):
            last = found[-1][0]
            yield [code for _pk, code in found]


def drafts_follow(old: str, new: str) -> int:
    """Let declarations that are not filed yet go to the successor; return how many."""
    open_drafts = Draft.objects.filter(agency=agency(old), dossier__isnull=True)
    return open_drafts.update(agency=agency(new))
