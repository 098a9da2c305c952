"""Shows answers as people write them, for check pages, papers and desks."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.kernel import money, partial_date, personal_number, phone
from motcua.kernel.refusal import noop
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.world import World

YES, NO = noop("Có"), noop("Không")
_WORDS = {("vi", True): YES, ("vi", False): NO, ("en", True): "Yes", ("en", False): "No"}


Shown = Callable[[FormField, Any, World, str], str]
"""How an answer is put into words: `show`, or one that hides some of them (`veiling`)."""


def show(field: FormField, answer: Any, world: World, language: str = "vi") -> str:
    """Return the answer in words; empty when there is none."""
    if answer is None or answer in ("", []):
        return ""
    return _SHOWN.get(field.type, _plain)(field, answer, world, language)


def _plain(_field: FormField, answer: Any, _world: World, _language: str) -> str:
    return str(answer)


def _date(_field: FormField, answer: str, _world: World, _language: str) -> str:
    return partial_date.show(partial_date.read(answer))


def _code(field: FormField, answer: str, world: World, language: str) -> str:
    if field.codes:
        return world.label(field.codes, answer, language) or answer
    labels = {option.value: option.label.to(language) for option in field.options}
    return labels.get(answer, answer)


def _codes(field: FormField, answer: list[str], world: World, language: str) -> str:
    return ", ".join(_code(field, item, world, language) for item in answer)


def _bool(_field: FormField, answer: bool, _world: World, language: str) -> str:
    return _WORDS["en" if language == "en" else "vi", bool(answer)]


def _worded(_field: FormField, answer: Mapping[str, str], _world: World, _language: str) -> str:
    return answer.get("text", "")


def in_words(
    field: FormField, rows: list[dict[str, Any]], world: World, language: str = "vi"
) -> list[dict[str, str]]:
    """Return the rows of a group with every answer in words, by the short names of its questions."""
    parts = {part.short: part for part in field.fields}
    return [
        {name: show(parts[name], told, world, language) for name, told in row.items()}
        for row in rows
    ]


def row_words(
    field: FormField,
    row: Mapping[str, Any],
    world: World,
    language: str = "vi",
    *,
    shown: Shown = show,
) -> list[str]:
    """Return the answers of one row in the order of asking, with their question where they say nothing alone."""
    told = ((part, shown(part, row.get(part.short), world, language)) for part in field.fields)
    return [_told(part, words, language) for part, words in told if words]


def _told(part: FormField, words: str, language: str) -> str:
    if part.type == "tick":
        return part.label.to(language)
    return f"{part.label.to(language)}: {words}" if part.type in _BARE else words


_BARE = ("number", "money", "yes_no")


def _group(field: FormField, rows: list[dict[str, Any]], world: World, language: str) -> str:
    return "; ".join(", ".join(row_words(field, row, world, language)) for row in rows)


_SHOWN: dict[str, Shown] = {
    "date": _date,
    "choice": _code,
    "choices": _codes,
    "yes_no": _bool,
    "tick": _bool,
    "place": _worded,
    "facility": _worded,
    "group": _group,
    "personal_number": lambda _f, answer, _w, _l: personal_number.show(
        personal_number.read(answer)
    ),
    "phone": lambda _f, answer, _w, _l: phone.show(phone.read_contact(answer)),
    "money": lambda _f, answer, _w, _l: money.show(answer),
}


def table(
    definition: Definition,
    answers: Mapping[str, Any],
    world: World,
    language: str = "vi",
    *,
    shown: Shown = show,
) -> list[tuple[str, list[tuple[FormField, str]]]]:
    """Return the declaration as sections of (field, words), in the order of the form."""
    sections: dict[str, list[tuple[FormField, str]]] = {}
    for page in definition.procedure.form.pages:
        rows = [
            (field, shown(field, answers[field.id], world, language))
            for field in page.fields
            if field.id in answers
        ]
        if rows:
            sections.setdefault(page.section.to(language), []).extend(rows)
    return list(sections.items())
