"""Reads the national working calendar from `catalogue/calendars/vietnam.yaml`."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from motcua.kernel.working_time import Calendar, DayException

if TYPE_CHECKING:
    from datetime import date

FILE = "vietnam.yaml"


def read_calendar(folder: Path) -> Calendar:
    """Return the calendar of the file. Raises `ValueError` on a double date."""
    return _read((folder / FILE).read_bytes())


@lru_cache(maxsize=4)
def _read(file: bytes) -> Calendar:
    written = yaml.safe_load(file)
    days: dict[date, DayException] = {}
    for row in written["days"]:
        if row["date"] in days:
            raise ValueError(f"{FILE}: {row['date']} is written twice")
        days[row["date"]] = DayException(row["working"], row["note"], row.get("decision"))
    return Calendar(exceptions=days, decided_until=written.get("decided_until"))
