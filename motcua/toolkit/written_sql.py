"""Rows by SQL that is written out, for pages asked so often that building it anew each time would show."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from motcua.toolkit.sealed_fields import Sealed


def rows(
    models: Mapping[str, type[Model]], source: str, given: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Return what `source` (from … join … where …) finds, each row as a tuple of models in the order of `models`.

    `models`: alias in the statement → model; of each all columns are read, and what is sealed is opened. One query. A
    model with a field that Django converts after reading (a JSON field) cannot be read so: ValueError.
    """
    told = ", ".join(_columns(model, alias) for alias, model in models.items())
    with connection.cursor() as cursor:
        cursor.execute(f"select {told} {source}", given)
        return [_models(tuple(models.values()), row) for row in cursor.fetchall()]


@cache
def _columns(model: type[Model], alias: str) -> str:
    for field in model._meta.concrete_fields:  # noqa: SLF001 - a public API of Django
        if hasattr(field, "from_db_value") and not isinstance(field, Sealed):
            raise ValueError(f"{model.__name__}.{field.name} is converted after reading")
    return ", ".join(f"{alias}.{column}" for column in _attributes(model, "column"))


@cache
def _attributes(model: type[Model], name: str) -> tuple[str, ...]:
    return tuple(getattr(field, name) for field in model._meta.concrete_fields)  # noqa: SLF001 - as above


@cache
def _sealed(model: type[Model]) -> tuple[tuple[int, Callable[[bytes], Any]], ...]:
    """Return where the model's sealed columns stand, and what opens each."""
    fields = enumerate(model._meta.concrete_fields)  # noqa: SLF001 - as above
    return tuple((place, field.opened) for place, field in fields if isinstance(field, Sealed))


def _models(wanted: tuple[type[Model], ...], row: tuple[Any, ...]) -> tuple[Model, ...]:
    made, start = [], 0
    for model in wanted:
        names = _attributes(model, "attname")
        values = list(row[start : start + len(names)])
        for place, opened in _sealed(model):
            values[place] = None if values[place] is None else opened(values[place])
        made.append(model.from_db(None, names, values))
        start += len(names)
    return tuple(made)
