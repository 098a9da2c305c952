"""Turns a repeated group into rows: a whole row closes to one line, the one being written stays open.

Closed rows carry their answers along as hidden fields, so that the page posts the same names with two
hundred rows as with one, and a phone shows one set of questions at a time.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.answers import row_gaps
from motcua.procedures.rules.form import FormField, row_part
from motcua.procedures.rules.posting import posted_row
from motcua.procedures.rules.reading_answers import Reader, read_rows
from motcua.procedures.rules.showing import row_words
from motcua.ui.fields import Row

if TYPE_CHECKING:
    from motcua.portal.field_views import Shown

Told = dict[str, Any]
MOST_OPEN = 10
"""So many rows a page for the time without network holds open; of more each is one line."""


def group_rows(shown: "Shown", group: FormField, answer: list[Told] | None) -> list[Row]:
    """Return the rows of a group as posted, or as answered before; one empty row when there is none."""
    told, unread = _told(shown, group, answer)
    opened = _unfinished(shown, group, told, {*shown.faults, *unread})
    several, every = len(told) > 1, shown.open_rows and len(told) <= MOST_OPEN
    return [
        _open(shown, group, number, row, removable=several)
        if every or number in opened or not row
        else _closed(shown, group, number, row)
        for number, row in enumerate(told or [{}])
    ]


def _told(
    shown: "Shown", group: FormField, answer: list[Told] | None
) -> tuple[list[Told], Mapping[str, Refusal]]:
    if shown.posted is None:
        return answer or [], {}
    reader = Reader(shown.case.world, shown.case.circumstances.today, shown.language)
    return read_rows(reader, group, shown.posted)


def _unfinished(shown: "Shown", group: FormField, told: list[Told], wrong: set[str]) -> set[int]:
    """Return the numbers of rows with something wrong or missing, or that a button asked to open."""
    values = shown.case.settled.values
    names = wrong | {name for name, _ in row_gaps(shown.case.definition, group, told, values)}
    if shown.posted is not None:
        pressed = shown.posted.one("_ask").replace(group.id.replace(".", "-"), group.id)
        names |= {pressed, f"{shown.posted.one('_edit')}__"}
    before = f"{group.id}__"
    numbers = {
        name.removeprefix(before).split("__")[0] for name in names if name.startswith(before)
    }
    return {int(number) for number in numbers if re.fullmatch(r"[0-9]{1,4}", number)}


def _open(shown: "Shown", group: FormField, number: int, row: Told, *, removable: bool) -> Row:
    asked = shown.case.definition.parts(group, row, shown.case.settled.values)
    steering = " ".join(f"{part.when} {part.required}" for part in group.fields)
    fields = [
        shown.view(
            part,
            name=row_part(group.id, number, part.short),
            answer=row.get(part.short, ""),
            required=required,
            asks=f"row.{part.short}" in steering,
        )
        for part, required in asked
    ]
    return Row(number, fields, removable=removable)


def _closed(shown: "Shown", group: FormField, number: int, row: Told) -> Row:
    title, *rest = row_words(group, row, shown.case.world, shown.language)
    hidden = [
        (name, value) for name, values in posted_row(group, number, row).items() for value in values
    ]
    return Row(number, title=title, closed=True, summary=" · ".join(rest), hidden=hidden)
