"""Hides what an official need not see yet: numbers, contacts, addresses, sensitive answers.

The groups in `lifted` are shown; the others only as far as one must know them apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.kernel import email, personal_number, phone
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.personal import VEILS, Personal, Veil
from motcua.procedures.rules.showing import row_words, show
from motcua.procedures.rules.world import World

HIDDEN = "••••••"
_TAIL = 3
_LONG = 7


@dataclass(frozen=True)
class Veiling:
    """How answers of one procedure are shown to somebody for whom these groups are lifted.

    `strict`: the use of the data is restricted – whatever is personal is hidden, and wholly.
    """

    definition: Definition
    lifted: frozenset[str] = frozenset()
    strict: bool = False

    def veil(self, field: FormField) -> Veil | None:
        """Return the group that hides a question now, None when it is shown."""
        found = self.definition.personal.get(field.id)
        veil = self._veil(found) if found else None
        return veil if veil not in self.lifted else None

    def _veil(self, known: Personal) -> Veil | None:
        if known.veil is None and self.strict and known.is_personal:
            return "sensitive"
        return known.veil

    def show(self, field: FormField, answer: Any, world: World, language: str = "vi") -> str:
        """Return the answer in words, hidden where it is not lifted; empty when there is none."""
        if answer is None or answer in ("", []):
            return ""
        veil = self.veil(field)
        if veil is not None:
            return HIDDEN if self.strict else _hidden(field, answer, veil)
        if field.type == "group":
            rows = (row_words(field, row, world, language, shown=self.show) for row in answer)
            return "; ".join(", ".join(row) for row in rows)
        return show(field, answer, world, language)

    def groups_in(self, answers: Mapping[str, Any]) -> tuple[Veil, ...]:
        """Return the groups that these answers have something of, lifted or not, in their order."""
        found = {self._veil(known) for known in self._asked(answers)}
        return tuple(veil for veil in VEILS if veil in found)

    def _asked(self, answers: Mapping[str, Any]) -> Iterable[Personal]:
        for name, answer in answers.items():
            field = self.definition.fields.get(name)
            if field is None or answer in (None, "", []):
                continue
            yield self.definition.personal[name]
            for part in field.fields:
                if any(row.get(part.short) for row in answer):
                    yield self.definition.personal[part.id]


def _hidden(field: FormField, answer: Any, veil: Veil) -> str:
    if veil == "sensitive":
        return HIDDEN
    if field.type == "personal_number":
        return personal_number.mask(personal_number.PersonalNumber(str(answer)))
    if field.type == "phone":
        return phone.mask(phone.read_contact(answer))
    if field.type == "email":
        return email.mask(email.Email(str(answer)))
    if field.type == "place":
        return _commune_only(answer)
    return _end_of(str(answer))


def _commune_only(answer: Mapping[str, str]) -> str:
    """Return the commune and province of a place, without house and street."""
    detail, text = answer.get("detail", ""), answer.get("text", "")
    if not detail:
        return text
    return f"{HIDDEN}{text.removeprefix(detail)}"


def _end_of(text: str) -> str:
    return f"{HIDDEN}{text[-_TAIL:]}" if len(text) >= _LONG else HIDDEN
