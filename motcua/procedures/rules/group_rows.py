"""Rows of a repeated group, added and taken away by buttons that need no script."""

import re
from collections.abc import Mapping, Sequence

from motcua.procedures.rules.reading_answers import Posted

Values = dict[str, Sequence[str]]
ROW_BUTTONS = ("_add", "_remove", "_edit")
"""What the buttons of rows post; the page then shows itself again."""
MOST_GROUPS = 20
"""Groups of one page: each is looked for among all that was posted, and a stranger may post thousands."""


def after_row_buttons(values: Mapping[str, Sequence[str]]) -> Posted:
    """Return what a page posted, with the row added or taken away that its button asked for.

    `_add=<group>` adds an empty row, `_remove=<group>__<number>` takes one out and moves up the rest.
    Rows left empty are taken out, so that a row's number is the number of its answers.
    """
    told = dict(values)
    if button := re.fullmatch(r"(.+)__([0-9]{1,4})", Posted(told).one("_remove")):
        told = _without(told, button[1], int(button[2]))
    for name in [name for name in told if name.endswith("__rows")][:MOST_GROUPS]:
        told = _without_empty_rows(told, name.removesuffix("__rows"))
    if group := Posted(told).one("_add"):
        rows = f"{group}__rows"
        told[rows] = [str(Posted(told).number(rows) + 1)]
    return Posted(told)


def _without_empty_rows(told: Values, group: str) -> Values:
    of_a_row = re.compile(rf"{re.escape(group)}__([0-9]{{1,4}})__(.+)")
    parts = {name: found for name in told if (found := of_a_row.fullmatch(name))}
    answered = sorted({int(found[1]) for name, found in parts.items() if any(told[name])})
    place = {number: fresh for fresh, number in enumerate(answered)}
    kept: Values = {name: values for name, values in told.items() if name not in parts}
    for name, found in parts.items():
        if int(found[1]) in place:
            kept[f"{group}__{place[int(found[1])]}__{found[2]}"] = told[name]
    return {**kept, f"{group}__rows": [str(len(answered))]} if parts else told


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
