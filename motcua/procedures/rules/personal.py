"""Which personal data a question asks: its kind in law, what hides it at the desk, how long it is kept.

A question says so itself (`personal`, `sensitive`, `keeps`); what it leaves out follows from its type, from its
code list, and from whether its party is a person (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 2: basic and
sensitive data). What was published before the language knew these keys is protected by the same rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from motcua.procedures.rules.form import Form, FormField
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.retention import personal_law

Kind = Literal["none", "basic", "sensitive"]
Veil = Literal["numbers", "contact", "address", "sensitive"]
"""The groups in which answers are hidden at the desk, and revealed."""

VEILS: tuple[Veil, ...] = get_args(Veil)
_NAMES_SOMEBODY = frozenset({"person_name", "personal_number"})
_ALWAYS = frozenset({"person_name", "personal_number", "phone", "email"})
# What may hold anything is taken for personal data, unless the question says that it is none.
_FREE = frozenset({"text", "long_text", "date", "place"})
_RANK: tuple[Kind, ...] = ("none", "basic", "sensitive")
_VEILED_TYPES: dict[str, Veil] = {
    "personal_number": "numbers",
    "phone": "contact",
    "email": "contact",
    "place": "address",
}


@dataclass(frozen=True)
class Personal:
    """What one question asks of a person; `veil` is None where nothing is hidden at the desk."""

    kind: Kind
    veil: Veil | None
    keeps: str

    @property
    def is_personal(self) -> bool:
        """Whether it is personal data at all."""
        return self.kind != "none"


def personal_data(procedure: Procedure) -> dict[str, Personal]:
    """Return what every question asks, those in the rows of groups too, by id."""
    persons = _persons(procedure.form)
    return {
        field.id: _of(field, persons, procedure.keeps)
        for _, field in every_question(procedure.form)
    }


def every_question(form: Form) -> Iterator[tuple[FormField | None, FormField]]:
    """Yield every question with the group in whose rows it stands, None for a question of its own."""
    for field in form.fields().values():
        yield None, field
        for part in field.fields:
            yield field, part


def _persons(form: Form) -> frozenset[str]:
    """Return the parties that are people: those of whom a name or a number is asked."""
    return frozenset(
        _party(field) for _, field in every_question(form) if field.type in _NAMES_SOMEBODY
    )


def _party(field: FormField) -> str:
    return field.id.partition(".")[0]


def _of(field: FormField, persons: frozenset[str], keeps: str) -> Personal:
    kind = _kind(field, persons)
    return Personal(kind, _veil(field, kind), field.keeps or keeps)


def _kind(field: FormField, persons: frozenset[str]) -> Kind:
    if field.personal:
        return field.personal
    if field.codes in personal_law().sensitive_lists:
        return "sensitive"
    if field.type == "group":
        return max((_kind(part, persons) for part in field.fields), key=_RANK.index)
    about = field.type in _ALWAYS or field.type in _FREE or _party(field) in persons
    return "basic" if about else "none"


def _veil(field: FormField, kind: Kind) -> Veil | None:
    if kind == "none":
        return None
    if field.type == "group":  # its questions are hidden one by one, unless it says otherwise
        return "sensitive" if field.sensitive else None
    if kind == "sensitive":
        return "sensitive"
    return _VEILED_TYPES.get(field.type) or ("numbers" if field.sensitive else None)
