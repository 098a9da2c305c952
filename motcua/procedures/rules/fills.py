"""Fills a result's template from answers and from what the legs returned.

A source is a field (`child.full_name`), a value of a leg (`leg.khai_sinh.book`) or words of the author's
own after `=`, in which sources may stand in braces: `=số {applicant.personal_number}`. Words with a brace
nobody answered are left out as a whole. After a bar stands how a value is written: `words` for a date in
words, `show` for a date as people write it, `year` for its year, `money` and `money_words` for an amount in
figures and in words, `raw` for the code itself, `rows` for a group's rows in words. Where a place names several
sources, the first answered one counts.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.kernel import money, partial_date, vietnamese
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.procedure import Result
from motcua.procedures.rules.showing import in_words, show
from motcua.procedures.rules.world import World

LegValues = Mapping[str, Mapping[str, Any]]
_BRACE = re.compile(r"\{([^{}]*)\}")


def filled(
    definition: Definition,
    result: Result,
    answers: Mapping[str, Any],
    legs: LegValues,
    world: World,
) -> dict[str, Any]:
    """Return the template's data: dotted keys of `fills` become nested; what is empty is left out."""
    known = _Known(definition, answers, legs, world)
    data: dict[str, Any] = {}
    for key, written in result.fills.items():
        sources = (written,) if isinstance(written, str) else written
        value = next((told for source in sources if (told := known.value(source))), None)
        if value is not None:
            _put(data, key.split("."), value)
    return data


def named(source: str) -> Iterator[tuple[str, str]]:
    """Yield every (source, manner) that a fill names, those in braces too; literals name none."""
    parts = _BRACE.findall(source) if source.startswith("=") else [source]
    for part in parts:
        name, _, manner = part.partition("|")
        yield name, manner


def _put(data: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        data = data.setdefault(part, {})
    data[path[-1]] = value


@dataclass(frozen=True)
class _Known:
    """What a result may tell."""

    definition: Definition
    answers: Mapping[str, Any]
    legs: LegValues
    world: World

    def value(self, source: str) -> Any:
        """Return what a source says, None or empty when it says nothing."""
        if source.startswith("="):
            return self._words(source[1:])
        name, _, manner = source.partition("|")
        if name.startswith("leg."):
            _, leg, told = name.split(".", 2)
            return _written(self.legs.get(leg, {}).get(told), manner)
        return self._answer(self.definition.fields[name], self.answers.get(name), manner)

    def _words(self, text: str) -> str | None:
        parts = {brace: self.value(brace) for brace in _BRACE.findall(text)}
        if not all(parts.values()):
            return None
        return _BRACE.sub(lambda found: str(parts[found[1]]), text)

    def _answer(self, field: FormField, answer: Any, manner: str) -> Any:
        if answer is None or manner == "raw":
            return answer
        if manner == "rows":
            return in_words(field, answer, self.world)
        if field.type == "date" or manner.startswith("money"):
            return _written(answer, manner)
        if field.type == "personal_number":
            return answer
        return show(field, answer, self.world)


def _written(value: Any, manner: str) -> Any:
    if value is None:
        return None
    return MANNERS[manner](str(value))


def _amount(text: str, write: Callable[[int], str]) -> str:
    """Return the amount written anew; what another system wrote and nobody can read stays as it came."""
    try:
        return write(money.read(text))
    except Refusal:
        return text


MANNERS: dict[str, Callable[[str], str]] = {
    "": str,
    "raw": str,
    "rows": str,
    "show": lambda iso: partial_date.show(partial_date.read(iso)),
    "words": lambda iso: vietnamese.date_in_words(partial_date.read(iso)),
    "year": lambda iso: iso[:4],
    "money": lambda text: _amount(text, money.show),
    "money_words": lambda text: _amount(text, vietnamese.money_in_words),
}
"""How a value may be written."""
