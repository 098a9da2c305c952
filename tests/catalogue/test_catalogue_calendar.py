"""The working calendar of Việt Nam, checked against the public library and the known decisions."""

from datetime import date
from pathlib import Path
from typing import Any

import holidays
import pytest
import yaml

FILE = Path(__file__).resolve().parents[2] / "catalogue/calendars/vietnam.yaml"
DATA: dict[str, Any] = yaml.safe_load(FILE.read_text())
ROWS: list[dict[str, Any]] = DATA["days"]
DAYS = {row["date"]: row for row in ROWS}
YEARS = [2023, 2024, 2025, 2026, 2027]
LIBRARY = holidays.country_holidays("VN", years=YEARS, language="vi")
SATURDAY = 5


def test_every_holiday_of_the_library_is_a_day_off() -> None:
    missing = [day for day in LIBRARY if day not in DAYS or DAYS[day]["working"]]
    assert missing == []


def test_every_made_up_saturday_of_the_library_is_worked() -> None:
    worked = [day for day in LIBRARY.weekend_workdays if day.year in YEARS]
    assert worked
    assert all(DAYS[day]["working"] for day in worked)


def test_nothing_stands_here_that_the_library_lacks_but_the_swap_of_january_2026() -> None:
    known = {*LIBRARY, *LIBRARY.weekend_workdays}
    assert set(DAYS) - known == {date(2026, 1, 2), date(2026, 1, 10)}


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_swap_has_both_its_ends_and_each_names_the_other(off: date, worked: date) -> None:
    assert not DAYS[off]["working"]
    assert DAYS[worked]["working"]
    assert f"{worked:%d/%m/%Y}" in DAYS[off]["note"]
    assert f"{off:%d/%m/%Y}" in DAYS[worked]["note"]


def test_the_culture_day_is_a_holiday_since_2026() -> None:
    found = [day for day in DAYS if (day.month, day.day) == (11, 24)]
    assert found == [date(2026, 11, 24), date(2027, 11, 24)]


def test_each_year_has_the_days_off_of_the_labour_code() -> None:
    off = dict.fromkeys(YEARS, 0)
    for day, row in DAYS.items():
        off[day.year] += not row["working"] and day.weekday() < SATURDAY
    assert off == {2023: 11, 2024: 12, 2025: 12, 2026: 14, 2027: 12}


def test_dates_stand_in_order_and_once() -> None:
    dates = [row["date"] for row in ROWS]
    assert dates == sorted(set(dates))


def test_every_row_has_just_its_four_values() -> None:
    assert {tuple(row) for row in ROWS} == {("date", "working", "note", "decision")}
    assert all(row["note"].strip() == row["note"] != "" for row in ROWS)


def test_a_worked_exception_is_a_weekend_day() -> None:
    assert all(day.weekday() >= SATURDAY for day, row in DAYS.items() if row["working"])


def test_the_year_to_come_is_marked_as_computed() -> None:
    decided = dict.fromkeys([2023, 2024, 2025, 2026], "decided")
    assert DATA["years"] == {**decided, 2027: "computed"}
    assert DATA["decided_until"] == date(2026, 12, 31)
    rows = [row for day, row in DAYS.items() if day.year == 2027]
    assert all("dự kiến" in row["note"] and row["decision"] is None for row in rows)
