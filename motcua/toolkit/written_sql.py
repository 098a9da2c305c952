"""Rows by SQL that is written out, for pages asked so often that building it anew each time would show."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model


def rows(
    models: Mapping[str, type[Model]], source: str, given: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Return what `source` (from … join … where …) finds, each row as a tuple of models in the order of `models`.

    `models`: alias in the statement → model; of each all columns are read. One query. A model with a field that
    Django converts after reading (a JSON field) cannot be read so: ValueError.
    """
    told = ", ".join(_columns(model, alias) for alias, model in models.items())
    with connection.cursor() as cursor:
        cursor.execute(f"select {told} {source}", given)
        return [_models(tuple(models.values()), row) for row in cursor.fetchall()]


@cache
def _columns(model: type[Model], alias: str) -> str:
    for field in model._meta.concrete_fields:  # noqa: SLF001 - a public API of Django
        if hasattr(field, "from_db_value"):
            raise ValueError(f"{model.__name__}.{field.name} is converted after reading")
    return ", ".join(f"{alias}.{column}" for column in _attributes(model, "column"))


@cache
def _attributes(model: type[Model], name: str) -> tuple[str, ...]:
    return tuple(getattr(field, name) for field in model._meta.concrete_fields)  # noqa: SLF001 - as above


def _models(wanted: tuple[type[Model], ...], row: tuple[Any, ...]) -> tuple[Model, ...]:
    made, start = [], 0
    for model in wanted:
        names = _attributes(model, "attname")
        made.append(model.from_db(None, names, row[start : start + len(names)]))
        start += len(names)
    return tuple(made)
