"""Every way in which one field of a procedure can be otherwise."""

import types
import typing
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from motcua.procedures.rules.form import Effective, Option
from motcua.procedures.rules.plan import Sees, TimeLimit
from motcua.procedures.rules.texts import Grounds, Text

Place = tuple[Any, ...]
FRESH: dict[type, Any] = {
    str: "child.full_name",
    int: 7,
    date: date(2030, 1, 1),
    Text: Text(vi="mới", en="new"),
    Grounds: Grounds(basis="luat"),
    TimeLimit: TimeLimit(amount=9, basis="luat"),
    Effective: Effective.model_validate({"from": date(2030, 1, 1)}),
    Sees: Sees(fields=("child.*",)),
    Option: Option(value="x", label=Text(vi="x", en="x")),
}


def mutations(model: BaseModel, at: Place = ()) -> Iterator[tuple[Place, BaseModel]]:
    """Yield where and the model with exactly one field changed there, given or taken away."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        for place, other in _otherwise(value, field.annotation, (*at, name)):
            yield place, model.model_copy(update={name: other})


def _otherwise(value: Any, annotation: Any, at: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, BaseModel):
        yield from mutations(value, at)
    elif isinstance(value, tuple):
        yield from _of_several(value, at)
    elif isinstance(value, dict):
        yield from _of_named(value, at)
    else:
        yield from ((at, other) for other in _plain(value, annotation))
    if value not in (None, ()) and _may_be_left_out(annotation):
        yield (*at, "away"), None


def _of_several(values: tuple[Any, ...], at: Place) -> Iterator[tuple[Place, Any]]:
    for number, item in enumerate(values):
        yield (*at, number, "away"), (*values[:number], *values[number + 1 :])
        for place, other in _otherwise(item, type(item), (*at, number)):
            yield place, (*values[:number], other, *values[number + 1 :])
    if len(values) > 1 and values != values[::-1]:
        yield (*at, "order"), values[::-1]


def _of_named(values: dict[str, Any], at: Place) -> Iterator[tuple[Place, Any]]:
    for name, value in values.items():
        yield (*at, name, "away"), {k: v for k, v in values.items() if k != name}
        for place, other in _otherwise(value, type(value), (*at, name)):
            yield place, {**values, name: other}


def _plain(value: Any, annotation: Any) -> list[Any]:
    choices = [item for item in _choices(annotation) if item != value]
    if choices:
        return choices
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    if isinstance(value, date):
        return [value + timedelta(days=1)]
    if isinstance(value, str) and value:
        return [f"{value}x"]
    return [FRESH[kind] for kind in _kinds(annotation) if kind in FRESH][:1]


def _kinds(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _kinds(part)


def _choices(annotation: Any) -> list[str]:
    if typing.get_origin(annotation) is typing.Literal:
        return [str(item) for item in typing.get_args(annotation)]
    parts = typing.get_args(annotation)
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [choice for part in parts for choice in _choices(part)]
    return []


def _may_be_left_out(annotation: Any) -> bool:
    return type(None) in typing.get_args(annotation)
