"""Reading every open dossier of a procedure, batch by batch: the number of queries grows with batches only."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from motcua.dossiers.models import Content
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Event as EventRow
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.events import restored
from motcua.dossiers.rules.evolve import fold

BATCH = 200


@dataclass(frozen=True)
class OpenDossier:
    """A dossier that has not ended, with what was declared; `digest` names its version."""

    dossier: Dossier
    digest: str
    province: str
    answers: dict[str, Any]
    circumstances: dict[str, Any]


def open_dossiers(
    codes: Collection[str], *, but: str = "", batch: int = BATCH
) -> Iterator[list[OpenDossier]]:
    """Yield all that have not ended, of these procedure codes, in batches by keyset; three queries each.

    Those that stand under the version of digest `but` already are left out.
    """
    rows = Row.objects.filter(version__code__in=codes, ended_at__isnull=True)
    rows = rows.exclude(version__digest=but).order_by("pk")
    last = 0
    while found := list(
        rows.filter(pk__gt=last).values_list("pk", "version__digest", "agency__province_code")[
            :batch
        ]
    ):
        last = found[-1][0]
        yield _read(found)


def _read(found: list[tuple[int, str, str]]) -> list[OpenDossier]:
    ids = [pk for pk, *_ in found]
    declared = {content.dossier_id: content for content in Content.objects.filter(pk__in=ids)}
    told = histories(ids)
    return [
        OpenDossier(told[pk], digest, province, declared[pk].answers, declared[pk].circumstances)
        for pk, digest, province in found
    ]


def histories(ids: list[int]) -> dict[int, Dossier]:
    """Return what the histories of these dossiers tell; one query."""
    rows = EventRow.objects.filter(dossier_id__in=ids).order_by("dossier_id", "seq")
    events = rows.values_list("dossier_id", "kind", "data")
    return {
        pk: fold(restored(kind, data) for _, kind, data in history)
        for pk, history in groupby(events, key=lambda event: event[0])
    }
