"""Looks over a declaration: what is missing, what contradicts itself, what is worth a second look."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.definition import Answers, Definition, Settled
from motcua.procedures.rules.form import Check, FormField, Page, row_part
from motcua.procedures.rules.refusals import AnswerMissing, RowIncomplete


@dataclass(frozen=True)
class Missing:
    """A required question without an answer."""

    page: str
    field: str
    refusal: Refusal


@dataclass(frozen=True)
class Doubtful:
    """A check that does not hold: an error, or a question whether it is really so."""

    page: str
    check: Check

    @property
    def stops(self) -> bool:
        """Tell whether the declaration cannot go on with it."""
        return self.check.level == "error"


@dataclass(frozen=True)
class Overview:
    """Everything wrong with a declaration, page by page."""

    missing: tuple[Missing, ...]
    doubtful: tuple[Doubtful, ...]

    @property
    def complete(self) -> bool:
        """Tell whether it can be filed."""
        return not self.missing and not any(doubt.stops for doubt in self.doubtful)

    def pages(self) -> frozenset[str]:
        """Return the pages that must be looked at again."""
        stopping = {doubt.page for doubt in self.doubtful if doubt.stops}
        return frozenset(stopping | {item.page for item in self.missing})


def look_over(
    definition: Definition, settled: Settled, pages: Iterable[Page] | None = None
) -> Overview:
    """Return what is missing or doubtful on the pages (all of the case when none are named)."""
    chosen = definition.asked_pages(settled.values) if pages is None else pages
    missing: list[Missing] = []
    doubtful: list[Doubtful] = []
    for page in chosen:
        missing += _missing(definition, settled, page)
        doubtful += [
            Doubtful(page.id, check)
            for check in page.checks
            if not definition.expressions.holds(check.that, settled.values)
        ]
    return Overview(tuple(missing), tuple(doubtful))


_NOTHING: tuple[Any, ...] = (None, "", [])


def _missing(definition: Definition, settled: Settled, page: Page) -> Iterator[Missing]:
    for field in definition.asked(page, settled.values):
        told: Any = settled.answers.get(field.id)
        if told in _NOTHING:
            if definition.required(field, settled.values):
                yield Missing(page.id, field.id, AnswerMissing(label=field.label))
        elif field.type == "group":
            for name, gap in row_gaps(definition, field, told, settled.values):
                yield Missing(page.id, name, gap)


def row_gaps(
    definition: Definition, group: FormField, rows: list[Answers], values: Mapping[str, Any]
) -> Iterator[tuple[str, RowIncomplete]]:
    """Yield what rows of a group must answer and do not, by the names their questions post under."""
    for number, row in enumerate(rows):
        for part, required in definition.parts(group, row, values):
            if required and row.get(part.short) in _NOTHING:
                gap = RowIncomplete(label=group.label, number=number + 1, part=part.label)
                yield row_part(group.id, number, part.short), gap


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields whose answers differ, in a stable order."""
    names = sorted(before.keys() | after.keys())
    return tuple(name for name in names if before.get(name) != after.get(name))
