"""The open dossiers whose dates a day of the calendar can move, batch by batch."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import LegRow, Work
from motcua.dossiers.open_dossiers import histories
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.status import LegState, Status
from motcua.kernel.working_time import ZONE

BATCH = 200
_ASKED = (Work.Kind.APPLICANT, Work.Kind.CONSULTATION)
"""Work that waits for somebody's answer until a date of its own."""


@dataclass(frozen=True)
class Promised:
    """A dossier with dates, and what they rest on."""

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
    """Return the open dossiers with a count that begins before the day is over and ends no earlier than it begins."""
    start = datetime.combine(day, datetime.min.time(), ZONE)
    end = start + timedelta(days=1)
    legs = LegRow.objects.filter(dossier=OuterRef("pk"), state=LegState.OPEN, due_at__gte=start)
    asked = Q(kind__in=_ASKED, due_at__gte=start, since__lt=end) | Q(kind=Work.Kind.EXTENSION)
    running = Q(due_at__isnull=False, received_at__lt=end) & (
        Q(due_at__gte=start) | Exists(legs)
    )  # a clock that stands still is not touched
    return Row.objects.filter(
        running
        | Exists(Work.objects.filter(asked, dossier=OuterRef("pk")))
        | Q(received_at__isnull=True, submitted_at__lt=end, expected_at__gte=start)
        | Q(status=Status.WITHDRAWING),  # what waits meanwhile stands in no queue
        ended_at__isnull=True,
        finished_at__isnull=True,
    )
