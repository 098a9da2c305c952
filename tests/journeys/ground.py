"""The ground a journey stands on: two communes of Hải Phòng, the calendar, the demonstration's agencies."""

from datetime import date

from django.conf import settings

from motcua.agencies import caches
from motcua.agencies.loading import load_calendar, load_demo_agencies
from motcua.agencies.models import Place
from motcua.exchange.operations import load_parties
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now

SINCE = date(2025, 7, 1)
UNITS = (
    ("31", "province", "Thành phố", "Hải Phòng", "hai phong"),
    ("11239", "commune", "Xã", "Thanh Miện", "thanh mien"),
    ("11284", "commune", "Xã", "Nam Thanh Miện", "nam thanh mien"),
)


def lay():
    """Load what every office needs before the first dossier, unless it lies there."""
    forget()
    if Place.objects.filter(code=UNITS[0][0]).exists():
        return
    Place.objects.bulk_create(
        Place(
            code=code, kind=kind, type=sort.lower(), name=name, full_name=f"{sort} {name}",
            province_code="31", valid_from=SINCE, search_key=key, sort_key=key,
        )
        for code, kind, sort, name, key in UNITS
    )  # fmt: skip
    load_calendar(settings.CATALOGUE / "calendars")
    load_demo_agencies(settings.CATALOGUE / "agencies", at=now())
    load_parties()


def forget():
    """Let no process-wide memory of this ground reach the next test."""
    by_digest.cache_clear()
    for cache in (caches.PLACES, caches.AGENCIES, caches.CALENDAR):
        cache.forget()
