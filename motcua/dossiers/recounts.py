"""The open dossiers whose promised dates a day of the calendar can move, batch by batch."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import LegRow
from motcua.dossiers.open_dossiers import histories
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.status import LegState
from motcua.kernel.working_time import ZONE

BATCH = 200


@dataclass(frozen=True)
class Promised:
    """A dossier with a promised date, and what the date rests on."""

    pk: int
    code: str
    digest: str
    province: str
    dossier: Dossier


def promised_over(
    day: date, *, province: str = "", but: Collection[str] = (), after: int = 0, limit: int = BATCH
) -> list[Promised]:
    """Return dossiers whose count crosses the day, by keyset behind `after`; two queries.

    `province`: of its offices only; else of all but those in `but`. A date depends on no day before reception or
    after the date itself, so no other dossier can move.
    """
    rows = _crossing(day).filter(pk__gt=after)
    whose = Q(agency__province_code=province) if province else ~Q(agency__province_code__in=but)
    found = list(
        rows.filter(whose)
        .order_by("pk")
        .values_list("pk", "code", "version__digest", "agency__province_code")[:limit]
    )
    told = histories([pk for pk, *_ in found])
    return [Promised(pk, code, digest, where, told[pk]) for pk, code, digest, where in found]


def _crossing(day: date) -> QuerySet[Row]:
    start = datetime.combine(day, datetime.min.time(), ZONE)
    legs = LegRow.objects.filter(dossier=OuterRef("pk"), state=LegState.OPEN, due_at__gte=start)
    return Row.objects.filter(
        Q(due_at__gte=start) | Exists(legs),
        ended_at__isnull=True,
        finished_at__isnull=True,
        due_at__isnull=False,  # a clock that stands still is not touched
        received_at__lt=start + timedelta(days=1),
    )
