"""Reads what a page posted into answers with a meaning, one reader per field type.

The names under which widgets post are listed in `motcua.ui.fields`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel import email, money, names, partial_date, personal_number, phone
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules import refusals
from motcua.procedures.rules.form import FormField, row_part
from motcua.procedures.rules.world import World

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no keyboard types and no database keeps; line ends and tabs stay."""


@dataclass(frozen=True)
class Posted:
    """The values a page posted."""

    values: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """Return the last value of a name, trimmed, in NFC and without control characters.

        Empty when it was not posted.
        """
        found = self._posted(name) or [""]
        return unicodedata.normalize("NFC", _CONTROL.sub("", found[-1])).strip()

    def number(self, name: str) -> int:
        """Return a count that the page itself wrote, of at most nine digits; 0 for anything else."""
        told = self.one(name)
        return int(told) if re.fullmatch(r"[0-9]{1,9}", told) else 0

    def many(self, name: str) -> list[str]:
        """Return every value of a name."""
        return [value for value in self._posted(name) if value]

    def _posted(self, name: str) -> Sequence[str]:
        return self.values.get(name, ())


@dataclass(frozen=True)
class PostedRow(Posted):
    """One row of a group: its questions find their values under the row's own names."""

    before: str = ""

    def _posted(self, name: str) -> Sequence[str]:
        return self.values.get(f"{self.before}{name.partition('.')[2]}", ())


@dataclass(frozen=True)
class Reader:
    """Reads one field; `today` bounds dates, `world` knows places and codes."""

    world: World
    today: date
    language: str = "vi"

    def read(self, field: FormField, posted: Posted) -> Any:
        """Return the answer, None when there is none. Raises a Refusal for one that cannot be."""
        return _READERS[field.type](self, field, posted)

    def label(self, field: FormField) -> str:
        """Return the field's label for messages."""
        return field.label.to(self.language)


def _text(reader: Reader, field: FormField, posted: Posted) -> str | None:
    told = posted.one(field.id)
    if not told:
        return None
    if len(told) > field.longest:
        raise refusals.TextTooLong(label=reader.label(field), longest=field.longest)
    if field.pattern and not re.fullmatch(field.pattern, told):
        raise refusals.TextNotInPattern(label=reader.label(field), example=field.example)
    return told


def _by(read: Callable[[str], Any]) -> Callable[[Reader, FormField, Posted], str | None]:
    def reading(_reader: Reader, field: FormField, posted: Posted) -> str | None:
        told = posted.one(field.id)
        return str(read(told)) if told else None

    return reading


def _date(reader: Reader, field: FormField, posted: Posted) -> str | None:
    parts = [posted.one(f"{field.id}__{part}") for part in ("day", "month", "year")]
    told = "/".join(part for part in parts if part) or posted.one(field.id)
    if not told:
        return None
    moment = partial_date.read(told)
    if moment.exact is None and not field.partial:
        raise refusals.DateNotFull(label=reader.label(field))
    if field.not_after == "today" and moment.earliest > reader.today:
        raise refusals.DateInFuture(label=reader.label(field))
    return moment.iso()


def _time(reader: Reader, field: FormField, posted: Posted) -> str | None:
    told = posted.one(field.id)
    if not told:
        return None
    found = re.fullmatch(r"([01]?\d|2[0-3])\s*[:hg.]\s*([0-5]\d)", told)
    if found is None:
        raise refusals.TimeUnreadable
    return f"{int(found[1]):02d}:{found[2]}"


def _number(reader: Reader, field: FormField, posted: Posted) -> int | None:
    told = re.sub(r"[\s.]", "", posted.one(field.id))
    if not told:
        return None
    least, most = field.least or 0, field.most if field.most is not None else 10**12
    if not re.fullmatch(r"-?\d{1,15}", told) or not least <= int(told) <= most:
        raise refusals.NumberOutOfRange(label=reader.label(field), least=least, most=most)
    return int(told)


def _money(_reader: Reader, field: FormField, posted: Posted) -> int | None:
    told = posted.one(field.id)
    return int(money.read(told)) if told else None


def _offered(reader: Reader, field: FormField, value: str) -> bool:
    if field.codes:
        return value in reader.world.codes(field.codes, field.only)
    return any(option.value == value for option in field.options)


def _choice(reader: Reader, field: FormField, posted: Posted) -> str | None:
    told = posted.one(field.id)
    if not told:
        return None
    if not _offered(reader, field, told):
        raise refusals.ChoiceUnknown(label=reader.label(field))
    return told


def _choices(reader: Reader, field: FormField, posted: Posted) -> list[str] | None:
    told = posted.many(field.id)
    if not all(_offered(reader, field, value) for value in told):
        raise refusals.ChoiceUnknown(label=reader.label(field))
    return told or None


def _yes_no(_reader: Reader, field: FormField, posted: Posted) -> bool | None:
    return {"yes": True, "no": False}.get(posted.one(field.id))


def _tick(_reader: Reader, field: FormField, posted: Posted) -> bool | None:
    return True if posted.one(field.id) else None


def _place(reader: Reader, field: FormField, posted: Posted) -> dict[str, str] | None:
    name = field.id
    commune_code = posted.one(f"{name}__match") or posted.one(f"{name}__commune")
    detail = posted.one(f"{name}__detail")
    province = posted.one(f"{name}__province")
    if not (commune_code or detail or province):
        return None
    commune = reader.world.commune(commune_code)
    if commune is None:
        raise refusals.PlaceUnknown(label=reader.label(field))
    if len(detail) > field.longest:
        raise refusals.TextTooLong(label=reader.label(field), longest=field.longest)
    text = ", ".join(part for part in (detail, commune.full_name) if part)
    return {"province": commune.province, "commune": commune.code, "detail": detail, "text": text}


def _facility(reader: Reader, field: FormField, posted: Posted) -> dict[str, str] | None:
    code = posted.one(field.id)
    if not code:
        return None
    if code != "other":
        codes = field.codes or "health_facilities"
        if code not in reader.world.codes(codes, field.only):
            raise refusals.ChoiceUnknown(label=reader.label(field))
        label, where = reader.world.label(codes, code, "vi"), reader.world.address(codes, code)
        return {"code": code, "text": ", ".join(part for part in (label, where) if part)}
    name, address = posted.one(f"{field.id}__other"), posted.one(f"{field.id}__other_address")
    if len(name.split()) < 2 or address.count(",") < 1:  # noqa: PLR2004 - commune and province
        raise refusals.FacilityIncomplete
    return {"code": "other", "text": f"{name}, {address}"}


def _group(reader: Reader, field: FormField, posted: Posted) -> list[dict[str, Any]] | None:
    rows, faults = read_rows(reader, field, posted)
    for fault in faults.values():
        raise fault
    return [row for row in rows if row] or None


def read_rows(
    reader: Reader, field: FormField, posted: Posted
) -> tuple[list[dict[str, Any]], dict[str, Refusal]]:
    """Return the rows of a group by their numbers, empty ones too, and what is wrong by posted name."""
    rows: list[dict[str, Any]] = []
    faults: dict[str, Refusal] = {}
    short = {part.id: part.short for part in field.fields}
    for number in range(min(posted.number(f"{field.id}__rows"), field.rows)):
        before = row_part(field.id, number, "")
        reading = read_fields(reader, field.fields, PostedRow(posted.values, before))
        faults.update({before + short[part]: fault for part, fault in reading.faults.items()})
        answers = reading.answers.items()
        rows.append({short[part]: answer for part, answer in answers if answer is not None})
    return rows, faults


_READERS: dict[str, Callable[[Reader, FormField, Posted], Any]] = {
    "text": _text,
    "long_text": _text,
    "person_name": _by(names.read),
    "personal_number": _by(personal_number.read),
    "date": _date,
    "time": _time,
    "phone": _by(phone.read),
    "email": _by(email.read),
    "number": _number,
    "money": _money,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "tick": _tick,
    "place": _place,
    "facility": _facility,
    "group": _group,
}


@dataclass(frozen=True)
class Reading:
    """What a page brought: the answers that could be read, and what is wrong by field id."""

    answers: dict[str, Any]
    faults: dict[str, Refusal]


def read_fields(reader: Reader, fields: Sequence[FormField], posted: Posted) -> Reading:
    """Read the fields of a page; unreadable ones are told, the others kept."""
    answers: dict[str, Any] = {}
    faults: dict[str, Refusal] = {}
    for field in fields:
        if field.type == "group":
            rows, wrong = read_rows(reader, field, posted)
            answers[field.id] = [row for row in rows if row] or None
            faults.update(wrong)
            continue
        try:
            answers[field.id] = reader.read(field, posted)
        except Refusal as refusal:
            faults[field.id] = refusal
    return Reading(answers, faults)
