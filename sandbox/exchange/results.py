"""What each system does for a question: its one effect, by the rules of its trade."""

import calendar
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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


def record(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Find an old registration: as it was declared, else as a book of its year would have it."""
    facts = task.facts
    born = facts.birth_date()
    usual = min(born + timedelta(days=20), task.today) if born else task.today
    on = facts.day("registered_on", "registration_date", "ngay_dang_ky") or usual
    found = next_number(db, f"records of {on.year}") % _PAGES_OF_A_BOOK
    number = facts.text("registration_number", "record_number", "so_dang_ky")
    return {
        "registration_number": number or f"{found}/{on.year}",
        "book": facts.text("registration_book", "book") or f"01/{on.year}",
        "registered_on": on.isoformat(),
        "registered_at": facts.text("registered_at", "registration_office", "noi_dang_ky")
        or str(task.agency.get("name") or ""),
    }


_PAGES_OF_A_BOOK = 200
_REGISTERING_PROVINCE = ("registration.province", "registration_province", "agency.province")
_BOOKS = {
    "register-birth": 1,
    "register-marriage": 2,
    "register-death": 3,
    "register-guardianship": 4,
    "register-parentage": 5,
    "register-change": 6,
    "register-marriage-status": 7,
}


def personal_number(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Issue twelve digits (NĐ 137/2015 Đ13): province, century and sex, year, six digits."""
    if known := _number_of(db, task.subject):
        return {"personal_number": known}
    born, female = task.facts.birth_date(), task.facts.is_female()
    if born is None:
        raise _without_birth_date("Thiếu ngày, tháng, năm sinh của người được cấp số.")
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
    heads = ("household_head", "chu_ho", "father", "mother", "deceased", "applicant")
    head = next((name for who in heads if (name := task.facts.name(who))), "")
    return {
        "notice_number": f"{number}/{_NOTICES.get(task.name, 'TB-ĐKCT')}",
        "household_head": head,
        "registered_on": task.today.isoformat(),
    }


_NOTICES = {
    "register-temporary-residence": "TB-ĐKTT",
    "extend-temporary-residence": "TB-GHTT",
    "remove-residence": "TB-XĐKTT",
    "confirm-residence": "XN-CT",
}


def temporary_residence(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Register somebody for as long as they ask, at most two years (Luật Cư trú 2020, Điều 27)."""
    longest = _years_after(task.today, 2)
    asked = task.facts.day("until", "valid_to", "den_ngay") or longest
    ends = asked if task.today < asked < longest else longest
    return {**residence(db, task), "valid_to": ends.isoformat()}


_CARD_AGES = (14, 25, 40, 60)
_SOON = 2  # years before such an age in which a new card already serves until the next one


def identity_card(_db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Issue the card; its number is the personal number (Luật Căn cước 2023, Điều 18)."""
    born = task.facts.birth_date()
    if born is None:
        raise _without_birth_date("Thiếu ngày, tháng, năm sinh của người được cấp thẻ.")
    number = task.facts.personal_number() or task.facts.text("personal_number", "so_dinh_danh")
    if not number:
        raise MissingFactError(
            "number_differs", "Thiếu số định danh cá nhân của người được cấp thẻ.",
            "personal_number", "so_dinh_danh",
        )  # fmt: skip
    ends = identity_card_ends(born, task.today)
    issued = {"card_number": number, "issued_on": task.today.isoformat()}
    return issued | ({"valid_to": ends.isoformat()} if ends else {})


def identity_card_ends(born: date, issued: date) -> date | None:
    """Return the birthday at which the card is to be changed; None: never (Điều 21, the same law)."""
    birthdays = (_years_after(born, age) for age in _CARD_AGES)
    return next((day for day in birthdays if _years_after(issued, _SOON) <= day), None)


def _years_after(day: date, years: int) -> date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


def _without_birth_date(text: str) -> MissingFactError:
    return MissingFactError("wrong_date", text, "birth_date", "ngay_sinh")


_REFERENCE = 2_340_000  # đồng: mức tham chiếu, which is the base salary (NĐ 73/2024/NĐ-CP)


def burial_allowance(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Grant ten times the reference level (Luật Bảo hiểm xã hội 2024, Điều 85)."""
    return _decision(db, task, "QĐ-MTP", 10 * _REFERENCE)


def survivors_benefit(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Grant half the reference level a month (Luật Bảo hiểm xã hội 2024, Điều 87)."""
    return _decision(db, task, "QĐ-TT", _REFERENCE // 2)


def _decision(db: sqlite3.Connection, task: Task, sign: str, amount: int) -> dict[str, Any]:
    number = next_number(db, f"decisions {sign} {task.agency.get('code') or ''} {task.today.year}")
    return {
        "decision_number": f"{number}/{sign}",
        "decided_on": task.today.isoformat(),
        "amount": amount,
    }


def insurance_card(db: sqlite3.Connection, task: Task) -> dict[str, Any]:
    """Issue a child's card: TE1, province, ten digits; valid as NĐ 146/2018 Đ13 says."""
    born = task.facts.birth_date()
    if born is None:
        raise _without_birth_date("Thiếu ngày, tháng, năm sinh của trẻ.")
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
    full = _years_after(born, 6)
    return max(full, date(full.year, 9, 30)) if full.month <= _SCHOOL_BEGINS else full


Doing = Callable[[sqlite3.Connection, Task], dict[str, Any]]


def doing(system: str, task: str) -> Doing | None:
    """How this system does this task; None when it is not its trade."""
    if system == "civil-registry" and task.startswith("register-") and task not in _POLICE:
        return registration
    return _DOINGS.get((system, task))


_POLICE: Mapping[str, Doing] = {
    "register-residence": residence,
    "register-temporary-residence": temporary_residence,
    "extend-temporary-residence": temporary_residence,
    "remove-residence": residence,
    "confirm-residence": residence,
    "issue-identity-card": identity_card,
}
_INSURANCE: Mapping[str, Doing] = {
    "issue-insurance-card": insurance_card,
    "decide-burial-allowance": burial_allowance,
    "decide-survivors-benefit": survivors_benefit,
}
_DOINGS: Mapping[tuple[str, str], Doing] = {
    ("civil-registry", "extract-record"): record,
    ("civil-registry", "confirm-record"): record,
    ("population", "issue-personal-number"): personal_number,
    **{("residence", task): doing for task, doing in _POLICE.items()},
    **{("insurance", task): doing for task, doing in _INSURANCE.items()},
}
