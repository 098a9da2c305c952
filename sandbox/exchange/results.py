"""What each system does for a question: its one effect, by the rules of its trade."""

import calendar
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.exchange.facts import Facts
from sandbox.store import next_number

_SCHOOL_BEGINS = 9  # month
_PROVINCE = "31"  # Hải Phòng: where the demo installation lies


class MissingFactError(ValueError):
    """The system cannot do it without this fact: `names` are endings of the field to correct."""

    def __init__(self, code: str, text: str, *names: str) -> None:
        super().__init__(text)
        self.code = code
        self.names = names


@dataclass(frozen=True)
class Task:
    """A question as the trade sees it: which dossier, which task, for which agency, today."""

    subject: str
    name: str
    agency: Mapping[str, Any]
    facts: Facts
    today: date


def registration(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Take the next number of this agency's book of the year."""
    book = f"{_BOOKS.get(task.name, 1):02d}/{task.today.year}"
    agency = str(task.agency.get("code") or "")
    number = next_number(db, f"registry {agency} {task.name} {task.today.year}")
    return {
        "registration_number": f"{number}/{task.today.year}",
        "book": book,
        "registered_on": task.today.isoformat(),
        "registered_at": str(task.agency.get("name") or agency),
    }


_REGISTERING_PROVINCE = ("registration.province", "registration_province", "agency.province")
_BOOKS = {"register-birth": 1, "register-marriage": 2, "register-death": 3}


def personal_number(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Issue twelve digits (NĐ 137/2015 Đ13): province, century and sex, year, six digits."""
    if known := _number_of(db, task.subject):
        return {"personal_number": known}
    born, female = task.facts.birth_date(), task.facts.is_female()
    if born is None:
        raise MissingFactError(
            "wrong_date", "Thiếu ngày, tháng, năm sinh của người được cấp số.",
            "birth_date", "ngay_sinh",
        )  # fmt: skip
    if female is None:
        raise MissingFactError(
            "other", "Thiếu giới tính của người được cấp số.", "sex", "gioi_tinh"
        )
    century = (born.year // 100 - 19) * 2 + (1 if female else 0)
    head = f"0{_province(task)}{century}{born.year % 100:02d}"
    return {"personal_number": f"{head}{_six_digits(db, head)}"}


def _number_of(db: sqlite3.Connection, subject: str) -> str:
    """Return the number this subject got under any leg before, empty when it has none."""
    row = db.execute(
        "select json_extract(result, '$.personal_number') from effect"
        " where system = 'population' and subject = ? limit 1",
        (subject,),
    ).fetchone()
    return str(row[0]) if row else ""


def _six_digits(db: sqlite3.Connection, head: str) -> str:
    """Spread over the range so that neighbours do not look alike; never twice for one head."""
    serial = next_number(db, f"population {head}")
    return f"{serial * 387_701 % 999_983:06d}"


def _province(task: Task) -> str:
    """Return the two digits of the province that registers, which may not be that of birth."""
    code = str(task.agency.get("province") or "") or task.facts.text(*_REGISTERING_PROVINCE)
    return code.zfill(2) if code.isdigit() and len(code) <= len(_PROVINCE) else _PROVINCE


def residence(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Write the notice of the result (KQ.G01.000065), naming the household's head."""
    number = next_number(db, f"residence {task.agency.get('code') or ''} {task.today.year}")
    heads = ("household_head", "chu_ho", "father", "mother")
    head = next((name for who in heads if (name := task.facts.name(who))), "")
    return {
        "notice_number": f"{number}/TB-ĐKCT",
        "household_head": head,
        "registered_on": task.today.isoformat(),
    }


def insurance_card(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Issue a child's card: TE1, province, ten digits; valid as NĐ 146/2018 Đ13 says."""
    born = task.facts.birth_date()
    if born is None:
        raise MissingFactError(
            "wrong_date",
            "Thiếu ngày, tháng, năm sinh của trẻ.",
            "birth_date",
            "ngay_sinh",
        )
    province = _province(task)
    serial = next_number(db, f"insurance {province}")
    return {
        "card_number": f"TE1{province}{province}{serial:08d}",
        "valid_from": born.isoformat(),
        "valid_to": card_ends(born).isoformat(),
        "facility": task.facts.text("facility", "facility_name", "facility.name", "kcb"),
    }


def card_ends(born: date) -> date:
    """72 months after birth; when that comes before the school year, 30 September of that year."""
    year = born.year + 6
    last = calendar.monthrange(year, born.month)[1]
    full = date(year, born.month, min(born.day, last))
    return max(full, date(year, 9, 30)) if full.month <= _SCHOOL_BEGINS else full


Doing = Callable[[sqlite3.Connection, Task], dict[str, Any]]


def doing(system: str, task: str) -> Doing | None:
    """How this system does this task; None when it is not its trade."""
    if system == "civil-registry" and task.startswith("register-") and task != "register-residence":
        return registration
    return _DOINGS.get((system, task))


_DOINGS: Mapping[tuple[str, str], Doing] = {
    ("population", "issue-personal-number"): personal_number,
    ("residence", "register-residence"): residence,
    ("insurance", "issue-insurance-card"): insurance_card,
}
