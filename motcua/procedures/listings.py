"""What people look through: a row for every service in force, and for every record not offered here."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import QuerySet

from motcua.agencies.rules.codes import code_list
from motcua.procedures.models import Listing, Record, Version
from motcua.procedures.rules.records.belonging import Belongings
from motcua.procedures.rules.records.page import RecordPage
from motcua.procedures.rules.search.entries import Entry, of_record, of_service
from motcua.procedures.rules.upgrading import read_stored

BATCH = 500
_COLUMNS = [field.name for field in Listing._meta.fields if field.name not in ("id", "code")]  # noqa: SLF001 - documented by Django


@cache
def belongings() -> Belongings:
    """Return the rules by which records belong, as the code lists say today."""
    return Belongings(
        fields=code_list("fields_of_law"),
        life_events=code_list("life_events"),
        ministries=code_list("ministries"),
    )


def write(entries: Iterable[Entry]) -> bool:
    """Write the rows that say something else than before, some hundreds a statement; tell whether there were any."""
    rows = {entry.code: entry for entry in entries}
    known = dict(Listing.objects.filter(code__in=list(rows)).values_list("code", "digest"))
    fresh = [entry for entry in rows.values() if known.get(entry.code) != entry.digest]
    Listing.objects.bulk_create(
        [Listing(**entry.columns(), digest=entry.digest) for entry in fresh],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_COLUMNS,
        batch_size=BATCH,
    )
    return bool(fresh)


def list_service(slug: str, day: date) -> bool:
    """Show the version of a service that is in force on the day – none in force, nothing to show.

    Returns whether the list has changed.
    """
    rows = Version.objects.filter(slug=slug).defer("content", "guides")
    versions = list(rows.order_by("effective_from", "published_at", "pk"))
    inside = [version for version in versions if version.listed and _holds(version, day)]
    shown = [_service(inside[-1], versions)] if inside else []
    gone = Listing.objects.filter(slug=slug).exclude(code__in=[item.code for item in shown])
    left = list(gone.values_list("code", flat=True))
    gone.delete()
    if left:
        list_records(left)
    return write(shown) or bool(left)


def _holds(version: Version, day: date) -> bool:
    return version.effective_from <= day <= (version.effective_until or date.max)


def _service(version: Version, versions: list[Version]) -> Entry:
    law = read_stored(version.content)
    return of_service(law, belongings(), before=[row.code for row in reversed(versions)])


def list_records(codes: Iterable[str]) -> None:
    """Show the present records of these codes, but for those offered as services."""
    records = Record.objects.filter(code__in=list(codes), replaced_at__isnull=True)
    _list_records(records)


def _list_records(records: QuerySet[Record]) -> None:
    rules = belongings()
    offered = set(Listing.objects.exclude(slug="").values_list("code", flat=True))
    write(
        of_record(page, rules.of(page))
        for page in (RecordPage.model_validate_json(row.content) for row in records.iterator())
        if page.code not in offered
    )


def list_all_records() -> None:
    """Show every record anew, as when the code lists have changed."""
    _list_records(Record.objects.filter(replaced_at__isnull=True))


def list_day(day: date) -> bool:
    """Show every service as it is in force on the day; return whether the list has changed."""
    slugs = Version.objects.values_list("slug", flat=True).distinct()
    changed = [list_service(slug, day) for slug in slugs]
    return any(changed)
