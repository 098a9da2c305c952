"""Places, codes, calendar and offices as the catalogue's files write them: for rehearsals without a database."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from motcua.agencies.calendars import read_calendar
from motcua.agencies.rules.codes import KnownCodes
from motcua.journeys.planning import Office
from motcua.journeys.refusals import NobodyServes
from motcua.kernel.working_time import Calendar
from motcua.procedures.rules.world import Commune


@lru_cache(maxsize=2)
def _units(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of `units.csv` by code."""
    found: dict[str, list[dict[str, str]]] = {}
    with (folder / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["code"], []).append(row)
    return found


@dataclass(frozen=True)
class WrittenWorld(KnownCodes):
    """The world of a day, and who serves in it, told by files alone."""

    catalogue: Path
    day: date

    def _unit(self, code: str, kind: str) -> dict[str, str] | None:
        today = self.day.isoformat()
        for row in _units(self.catalogue / "places").get(code, ()):
            ended = row["valid_to"] and row["valid_to"] <= today
            if row["kind"] == kind and row["valid_from"] <= today and not ended:
                return row
        return None

    def commune(self, code: str) -> Commune | None:
        """Return the commune in force."""
        row = self._unit(code, "commune")
        if row is None:
            return None
        province = self._unit(row["province_code"], "province")
        names = [f"{row['type']} {row['name']}", row["district"]]
        if province:
            names.append(f"{province['type']} {province['name']}")
        return Commune(code, row["province_code"], ", ".join(name for name in names if name))

    @cached_property
    def calendar(self) -> Calendar:
        """The national working calendar."""
        return read_calendar(self.catalogue / "calendars")

    def serving(self, kind: str, commune: str) -> Office:
        """Return the demonstration's agency of a kind for a commune on the day. Raises NobodyServes."""
        for row in _offices(self.catalogue / "agencies" / "demo.yaml"):
            if row["kind"] == kind and commune in row["serves"] and self._open(row):
                return Office(row["code"], row["name"], row.get("exchange_party", ""))
        raise NobodyServes(place=commune)

    def _open(self, row: dict[str, Any]) -> bool:
        since: date = row.get("valid_from", date.min)
        until: date = row.get("valid_to", date.max)
        return since <= self.day < until


@lru_cache(maxsize=2)
def _offices(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load(
        file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )["agencies"]
    return rows
