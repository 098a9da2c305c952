"""Writes a kept answer as the controls of its page hold it, name by name: what a page shows, posted unchanged.

The other way round of `reading_answers`, for whoever fills a page again: another tab's answers put into this
one, or a page made anew around what could not be read.
"""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.kernel import partial_date, phone
from motcua.procedures.rules.form import FormField, row_part

Controls = dict[str, list[str]]


def controls(field: FormField, answer: Any) -> Controls:
    """Return the names of a field's controls and their values; an answer of None empties them."""
    return _CONTROLS.get(field.type, _plain)(field, answer)


def field_of(name: str) -> str:
    """Return the id of the field that a control belongs to."""
    return name.partition("__")[0]


def _plain(field: FormField, answer: Any) -> Controls:
    return {field.id: ["" if answer is None else str(answer)]}


def _phone(field: FormField, answer: str | None) -> Controls:
    return {field.id: [phone.show(phone.Phone(answer)) if answer else ""]}


def _date(field: FormField, answer: str | None) -> Controls:
    moment = partial_date.read(answer) if answer else None
    parts = (moment.day, moment.month, moment.year) if moment else (None, None, None)
    names = (f"{field.id}__{part}" for part in ("day", "month", "year"))
    return {name: [str(part or "")] for name, part in zip(names, parts, strict=True)}


def _yes_no(field: FormField, answer: bool | None) -> Controls:
    return {field.id: [] if answer is None else ["yes" if answer else "no"]}


def _tick(field: FormField, answer: bool | None) -> Controls:
    return {field.id: ["1"] if answer else []}


def _choice(field: FormField, answer: str | None) -> Controls:
    return {field.id: [answer] if answer else []}


def _choices(field: FormField, answer: list[str] | None) -> Controls:
    return {field.id: list(answer or [])}


def _place(field: FormField, answer: Mapping[str, str] | None) -> Controls:
    told = answer or {}
    parts = ("province", "commune", "detail")
    return {f"{field.id}__{part}": [told.get(part, "")] for part in parts}


def _facility(field: FormField, answer: Mapping[str, str] | None) -> Controls:
    told = answer or {}
    code = told.get("code", "")
    name, _, address = told.get("text", "").partition(", ") if code == "other" else ("", "", "")
    return {
        field.id: [code],
        f"{field.id}__other": [name],
        f"{field.id}__other_address": [address],
    }


def _group(field: FormField, answer: list[Mapping[str, Any]] | None) -> Controls:
    rows = answer or []
    held: Controls = {f"{field.id}__rows": [str(len(rows))]}
    for number, row in enumerate(rows):
        before = row_part(field.id, number, "")
        for part in field.fields:
            told = controls(part, row.get(part.short))
            held.update({before + name.partition(".")[2]: values for name, values in told.items()})
    return held


_CONTROLS: dict[str, Callable[[FormField, Any], Controls]] = {
    "phone": _phone,
    "date": _date,
    "yes_no": _yes_no,
    "tick": _tick,
    "choice": _choice,
    "choices": _choices,
    "place": _place,
    "facility": _facility,
    "group": _group,
}
