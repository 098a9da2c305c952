"""Fills a result's template from answers and from what the legs returned.

A source is a field (`child.full_name`), a value of a leg (`leg.khai_sinh.book`), a circumstance
(`filing.place.commune`) or a literal (`=Việt Nam`). After a bar stands how it is written: `words` for a date in
words, `show` for a date as people write it, `raw` for the code itself.
"""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.kernel import partial_date, vietnamese
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.procedure import Result
from motcua.procedures.rules.showing import show
from motcua.procedures.rules.world import World

LegValues = Mapping[str, Mapping[str, Any]]


def filled(
    definition: Definition,
    result: Result,
    answers: Mapping[str, Any],
    legs: LegValues,
    world: World,
) -> dict[str, Any]:
    """Return the template's data: dotted keys of `fills` become nested; what is empty is left out."""
    data: dict[str, Any] = {}
    for key, written in result.fills.items():
        source, _, manner = written.partition("|")
        value = _value(definition, source, manner, answers, legs, world)
        if value not in (None, ""):
            _put(data, key.split("."), value)
    return data


def _put(data: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        data = data.setdefault(part, {})
    data[path[-1]] = value


def _value(
    definition: Definition,
    source: str,
    manner: str,
    answers: Mapping[str, Any],
    legs: LegValues,
    world: World,
) -> Any:
    if source.startswith("="):
        return source[1:]
    if source.startswith("leg."):
        _, leg, name = source.split(".", 2)
        return _written(legs.get(leg, {}).get(name), manner)
    field = definition.fields[source]
    return _answer(field, answers.get(source), manner, world)


def _answer(field: FormField, answer: Any, manner: str, world: World) -> Any:
    if answer is None or manner == "raw":
        return answer
    if field.type == "date":
        return _written(answer, manner)
    if field.type == "personal_number":
        return answer
    return show(field, answer, world)


def _written(value: Any, manner: str) -> Any:
    if value is None:
        return None
    return _MANNERS[manner](str(value))


_MANNERS: dict[str, Callable[[str], str]] = {
    "": str,
    "raw": str,
    "show": lambda iso: partial_date.show(partial_date.read(iso)),
    "words": lambda iso: vietnamese.date_in_words(partial_date.read(iso)),
}
