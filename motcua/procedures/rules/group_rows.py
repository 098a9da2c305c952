"""Rows of a repeated group, added and taken away by buttons that need no script."""

import re
from collections.abc import Mapping, Sequence

from motcua.procedures.rules.reading_answers import Posted

Values = dict[str, Sequence[str]]


def after_row_buttons(values: Mapping[str, Sequence[str]]) -> Posted:
    """Return what a page posted, with the row added or taken away that its button asked for.

    `_add=<group>` adds an empty row, `_remove=<group>__<number>` takes one out and moves up the rest.
    """
    told = dict(values)
    if group := Posted(told).one("_add"):
        rows = f"{group}__rows"
        told[rows] = [str(Posted(told).number(rows) + 1)]
    button = re.fullmatch(r"(.+)__([0-9]{1,4})", Posted(told).one("_remove"))
    return Posted(_without(told, button[1], int(button[2])) if button else told)


def _without(told: Values, group: str, gone: int) -> Values:
    kept: Values = {}
    of_a_row = re.compile(rf"{re.escape(group)}__([0-9]{{1,4}})__(.+)")
    for name, values in told.items():
        part = of_a_row.fullmatch(name)
        if part is None or int(part[1]) < gone:
            kept[name] = values
        elif int(part[1]) > gone:
            kept[f"{group}__{int(part[1]) - 1}__{part[2]}"] = values
    rows = f"{group}__rows"
    return {**kept, rows: [str(max(Posted(told).number(rows) - 1, 0))]}
