"""The declarations nobody came back to, counted: for the public, and for each office of its own."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Sum

from motcua.dossiers.models import Dossier, DraftsForgotten
from motcua.kernel.working_time import ZONE
from motcua.reports.rules.given_up import GivenUp, published
from motcua.reports.rules.windows import Window

YEAR = timedelta(days=365)


def open_given_up(at: datetime) -> list[GivenUp]:
    """Return what may be published of the last twelve months, beside what was filed online in them; two queries."""
    since = at - YEAR
    rows = DraftsForgotten.objects.filter(day__gt=since.astimezone(ZONE).date())
    summed = rows.values_list("agency_id", "version__code").annotate(Sum("drafts"))
    forgotten = _by_service(summed.order_by())
    offices = {agency for agency, _ in forgotten}
    online = Dossier.objects.filter(
        agency_id__in=offices, submitted_at__gte=since, submitted_at__lte=at, channel="online"
    )
    counted = online.values_list("agency_id", "version__code").annotate(Count("pk"))
    return published(forgotten, _by_service(counted.order_by()))


def of_office(agency_id: int, about: Window) -> int:
    """Return how many declarations for an office were forgotten in a window; one query."""
    days = DraftsForgotten.objects.filter(
        agency_id=agency_id, day__gte=about.first, day__lte=about.last
    )
    return days.aggregate(all=Sum("drafts"))["all"] or 0


def _by_service(rows: Iterable[tuple[int, str, int]]) -> dict[tuple[int, str], int]:
    return {(agency, code): count for agency, code, count in rows}
