"""Reads the catalogue's places, agencies and calendar into the database, when they have changed."""

import csv
import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml
from django.db import connection, transaction
from django.db.models import Q

from motcua.agencies.caches import AGENCIES, CALENDAR, PLACES, Remembered
from motcua.agencies.calendars import FILE as CALENDAR_FILE
from motcua.agencies.calendars import read_calendar
from motcua.agencies.models import (
    Agency,
    AgencySuccession,
    CalendarDay,
    Loaded,
    Place,
    ServiceArea,
    Succession,
)
from motcua.agencies.rules.folding import sort_key
from motcua.agencies.rules.places import Unit, day_of, search_key

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

FORM = "1"  # of the derived columns: raise it when folding or sorting changes


def _digest(*paths: Path) -> str:
    whole = hashlib.sha256(FORM.encode())
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def changed(cache: Remembered) -> None:
    """Tell every process that the rows behind this cache are others now."""
    Loaded.objects.filter(name=cache.name).update(revision=uuid.uuid4().hex)
    cache.forget()
    transaction.on_commit(cache.forget)


def _when_changed(cache: Remembered, paths: Iterable[Path], load: Callable[[], None]) -> bool:
    """Load within one transaction unless these very bytes were loaded last; tell if it did."""
    digest = _digest(*paths)
    if Loaded.objects.filter(name=cache.name, digest=digest).exists():
        return False
    with transaction.atomic():
        # The row is also the lock: two loaders at once do the work one after the other.
        Loaded.objects.get_or_create(name=cache.name)
        row = Loaded.objects.select_for_update().get(name=cache.name)
        if row.digest == digest:
            return False
        load()
        Loaded.objects.filter(name=cache.name).update(digest=digest)
        changed(cache)
    return True


def load_places(folder: Path) -> bool:
    """Load units.csv and successions.csv of the folder; return whether anything was to do.

    Idempotent, under a second for all 13,483 units, and one query when nothing has changed.
    """
    units, successions = folder / "units.csv", folder / "successions.csv"
    return _when_changed(PLACES, (units, successions), lambda: _replace_places(units, successions))


def _replace_places(units: Path, successions: Path) -> None:
    Succession.objects.all().delete()
    Place.objects.all().delete()
    _copy(Place, _PLACE_COLUMNS, _place_rows(list(_units(units))))
    _copy(Succession, _SUCCESSION_COLUMNS, _succession_rows(successions))
    with connection.cursor() as cursor:
        cursor.execute("analyze agencies_place")  # else the first searches do without the indexes


_PLACE_COLUMNS = (
    "code", "kind", "type", "name", "full_name", "province_code", "district", "valid_from",
    "valid_to", "decision", "search_key", "sort_key",
)  # fmt: skip
_SUCCESSION_COLUMNS = ("old_code", "old_valid_from", "new_code", "new_valid_from", "default")


def _copy(
    model: type[Place | Succession], columns: Iterable[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    command = f"copy {model._meta.db_table} ({names}) from stdin"  # noqa: SLF001 - documented by Django
    with connection.cursor() as cursor:
        copying = cast("AbstractContextManager[Any]", cursor.copy(command))
        with copying as copy:
            for row in rows:
                copy.write_row(row)


def _units(path: Path) -> Iterator[tuple[Unit, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _unit(row), row["decision"]


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        code=row["code"],
        kind="province" if row["kind"] == "province" else "commune",
        type=row["type"],
        name=row["name"],
        province_code=row["province_code"],
        district=row["district"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _place_rows(units: list[tuple[Unit, str]]) -> Iterator[tuple[Any, ...]]:
    provinces: dict[str, list[Unit]] = {}
    for unit, _decision in units:
        if unit.kind == "province":
            provinces.setdefault(unit.code, []).append(unit)
    for unit, decision in units:
        above = [one for one in provinces[unit.province_code] if _overlap(one, unit)]
        yield (
            unit.code, unit.kind, unit.type, unit.name, unit.full_name, unit.province_code,
            unit.district, unit.valid_from, unit.valid_to, decision, search_key(unit, above),
            sort_key(unit.name),
        )  # fmt: skip


def _overlap(one: Unit, other: Unit) -> bool:
    return one.valid_from < (other.valid_to or date.max) and other.valid_from < (
        one.valid_to or date.max
    )


def _succession_rows(path: Path) -> Iterator[tuple[Any, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield (*(row[name] for name in _SUCCESSION_COLUMNS[:-1]), row["default"] == "1")


def load_calendar(folder: Path) -> bool:
    """Load the national calendar of the folder; return whether anything was to do.

    Days that an administrator has set by hand stay as they are.
    """
    return _when_changed(CALENDAR, (folder / CALENDAR_FILE,), lambda: _replace_calendar(folder))


def _replace_calendar(folder: Path) -> None:
    CalendarDay.objects.filter(province_code="", edited=False).delete()
    kept = set(CalendarDay.objects.filter(province_code="").values_list("date", flat=True))
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, working=found.working, note=found.note, decision=found.decision or "")
        for day, found in read_calendar(folder).exceptions.items()
        if day not in kept
    )


def load_demo_agencies(folder: Path, *, at: datetime) -> bool:
    """Load the demonstration's agencies of `demo.yaml`; return whether anything was to do.

    Agencies are matched by code and never deleted: dossiers refer to them. A new agency is open
    since the day its entry says, else since the day of `at`; with `valid_to` it is closed from then on.
    """
    path = folder / "demo.yaml"
    return _when_changed(AGENCIES, (path,), lambda: _merge_agencies(path, day_of(at)))


def read_demo(folder: Path) -> dict[str, Any]:
    """Return what `demo.yaml` says: `agencies` and `officials`. Not to be changed: it is read once."""
    return _demo((folder / "demo.yaml").read_bytes())


@lru_cache(maxsize=1)
def _demo(file: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.load(file, Loader=yaml.CSafeLoader))


def _merge_agencies(path: Path, day: date) -> None:
    merged = set(AgencySuccession.objects.values_list("old__code", flat=True))
    merged |= set(AgencySuccession.objects.values_list("new__code", flat=True))
    written = read_demo(path.parent)["agencies"]
    entries = [
        one for one in written if one["code"] not in merged
    ]  # else the merger has the last word
    made = Agency.objects.bulk_create(
        [_agency(entry, day) for entry in entries],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*_AGENCY_COLUMNS, "valid_to"],
    )
    _serve(
        ServiceArea(
            agency=agency, kind=agency.kind, place_code=place,
            valid_from=agency.valid_from, valid_to=agency.valid_to,
        )
        for agency, entry in zip(made, entries, strict=True)
        for place in entry["serves"]
    )  # fmt: skip


def _agency(entry: dict[str, Any], day: date) -> Agency:
    values = {name: entry.get(name, "") for name in _AGENCY_COLUMNS}
    return Agency(
        code=entry["code"], valid_from=entry.get("valid_from", day), valid_to=entry.get("valid_to"),
        **values,
    )  # fmt: skip


_AGENCY_COLUMNS = (
    "name", "unit_name", "kind", "place_code", "province_code", "works_in", "exchange_party",
    "address", "support_name", "support_phone", "support_hours",
)  # fmt: skip


def _serve(areas: Iterable[ServiceArea]) -> None:
    """Make these agencies serve exactly these places until they close; an open one takes them over."""
    wanted = {_served(area): area for area in areas}
    ours = {area.agency_id for area in wanted.values()}
    gone = []
    for standing in ServiceArea.objects.filter(Q(agency__in=ours) | Q(valid_to__isnull=True)):
        taken = wanted.get(_served(standing))
        if taken and taken.agency_id == standing.agency_id and taken.valid_to == standing.valid_to:
            del wanted[_served(standing)]
        elif taken or standing.agency_id in ours:
            gone.append(standing.pk)
    ServiceArea.objects.filter(pk__in=gone).delete()
    ServiceArea.objects.bulk_create(wanted.values())


def _served(area: ServiceArea) -> tuple[Any, ...]:
    """Return what nobody else may serve: of a kind one open agency serves a place."""
    return (area.kind, area.place_code, area.valid_to and area.agency_id)
