"""The opinions of a year, counted: for the public, and for each office of its own."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count

from motcua.help.models import Opinion
from motcua.help.rules.opinions import Kind, Tally, tally
from motcua.reports.rules.satisfaction import Counted, Published, published

YEAR = timedelta(days=365)


def open_figures(at: datetime) -> list[Published]:
    """Return what may be published of the opinions of the last twelve months; one query."""
    rows = Opinion.objects.filter(given_at__gte=at - YEAR, given_at__lte=at)
    counts = rows.values_list("kind", "agency_id", "procedure", "mark").annotate(n=Count("pk"))
    return published(Counted(*row) for row in counts.order_by())


def of_offices(agency_ids: Collection[int], at: datetime) -> dict[Kind, Tally]:
    """Return what people told these offices in the last twelve months, however few; one query."""
    rows = Opinion.objects.filter(agency_id__in=agency_ids, given_at__gte=at - YEAR)
    marks: dict[Kind, dict[int, int]] = {kind: {} for kind in Kind}
    for kind, mark, count in rows.values_list("kind", "mark").annotate(n=Count("pk")).order_by():
        marks[Kind(kind)][mark] = count
    return {kind: tally(of) for kind, of in marks.items()}
