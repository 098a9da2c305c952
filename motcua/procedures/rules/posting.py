"""Writes an answer as a page would post it: the other way round of `reading_answers`.

Examples give answers in short (`{commune: "11284", detail: Thôn Phú Khê}`); read back through the page's own
readers they are checked exactly as what a person types.
"""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.procedures.rules.form import FormField, row_part

Post = dict[str, list[str]]


def posted(field: FormField, answer: Any) -> Post:
    """Return the names and values under which a page posts the answer."""
    return _POSTED.get(field.type, _plain)(field, answer)


def _plain(field: FormField, answer: Any) -> Post:
    return {field.id: [str(answer)]}


def _yes_no(field: FormField, answer: Any) -> Post:
    return {field.id: ["yes" if answer else "no"]}


def _tick(field: FormField, answer: Any) -> Post:
    return {field.id: ["yes"]} if answer else {}


def _choices(field: FormField, answer: Any) -> Post:
    return {field.id: [str(value) for value in answer]}


def _place(field: FormField, answer: Mapping[str, Any]) -> Post:
    return {f"{field.id}__{part}": [str(told)] for part, told in answer.items()}


def _facility(field: FormField, answer: Any) -> Post:
    """A code of the list, or `{name, address}` of another facility."""
    if isinstance(answer, Mapping):
        return {
            field.id: ["other"],
            f"{field.id}__other": [str(answer.get("name", ""))],
            f"{field.id}__other_address": [str(answer.get("address", ""))],
        }
    return _plain(field, answer)


def _group(field: FormField, answer: list[Mapping[str, Any]]) -> Post:
    told: Post = {f"{field.id}__rows": [str(len(answer))]}
    for number, row in enumerate(answer):
        told.update(posted_row(field, number, row))
    return told


def posted_row(field: FormField, number: int, row: Mapping[str, Any]) -> Post:
    """Return the names and values under which a page posts one row of a group."""
    before = row_part(field.id, number, "")
    return {
        before + name.partition(".")[2]: values
        for part in field.fields
        if part.short in row
        for name, values in posted(part, row[part.short]).items()
    }


_POSTED: dict[str, Callable[[FormField, Any], Post]] = {
    "yes_no": _yes_no,
    "tick": _tick,
    "choices": _choices,
    "place": _place,
    "facility": _facility,
    "group": _group,
}
