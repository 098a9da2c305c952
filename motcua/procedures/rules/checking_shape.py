"""The third part of the lint: what is written twice, out of reach, or in the wrong place."""

import re
from collections.abc import Iterator, Sequence

from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.procedure import Rate

Place = tuple[str | int, ...]
Finding = tuple[Place, str, str]
MOST_ROWS = 200
"""Rows of a group that a phone still bears."""

_OF_A_ROW = re.compile(r"\brow\.[a-z]")


def shape(definition: Definition) -> Iterator[Finding]:
    """Yield what cannot be meant as it stands."""
    for look in (_dates, _organisations, _questions, _groups, _rows_outside, _rates):
        yield from look(definition)


def _dates(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    if law.effective.until and law.effective.until < law.effective.since:
        yield ("effective", "until"), "the version ends before it begins", "`from` ≤ `until`"


def _organisations(definition: Definition) -> Iterator[Finding]:
    """An organisation is known by its own account only, and what it is called is filled in only where it may file."""
    start = definition.procedure.start
    if start.organisations and start.sign_in == "none":
        yield (
            ("start", "organisations"),
            "an organisation is known by its account only, and `sign_in` is `none`",
            "let `sign_in` be `account` or more",
        )
    for at, field in _fields(definition):
        if field.prefill.startswith("organisation_") and not start.organisations:
            hint = "let `start` say `organisations: true`, or leave `prefill` out"
            yield (*at, "prefill"), "no organisation may file this", hint


def _questions(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    for place, question in enumerate(law.eligibility):
        at: Place = ("eligibility", place)
        if question.id in definition.fields:
            yield (*at, "id"), f"`{question.id}` is a field of the form too", "rename one"
        yield from _twice((*at, "options"), [option.value for option in question.options])
    for at, field in _fields(definition):
        yield from _twice((*at, "options"), [option.value for option in field.options])


def _fields(definition: Definition) -> Iterator[tuple[Place, FormField]]:
    for place, page in enumerate(definition.procedure.form.pages):
        for number, field in enumerate(page.fields):
            at: Place = ("form", "pages", place, "fields", number)
            yield at, field
            for inner, part in enumerate(field.fields):
                yield (*at, "fields", inner), part


def _twice(at: Place, values: Sequence[str]) -> Iterator[Finding]:
    for place, value in enumerate(values):
        if value in values[:place]:
            yield (*at, place), f"`{value}` is offered twice", ""


def _groups(definition: Definition) -> Iterator[Finding]:
    for at, field in _fields(definition):
        if field.rows > MOST_ROWS:
            yield (*at, "rows"), f"{field.rows} rows", f"at most {MOST_ROWS}"
        names = [part.short for part in field.fields]
        for place, name in enumerate(names):
            here: Place = (*at, "fields", place)
            if name in names[:place]:
                yield (*here, "id"), f"`{name}` stands twice in a row", "rename one"
            if field.fields[place].type == "group":
                yield (*here, "type"), "a group inside a row", "make it a group of its own page"


def _rows_outside(definition: Definition) -> Iterator[Finding]:
    """`row.x` has a meaning only inside the rows of a group."""
    for place, page in enumerate(definition.procedure.form.pages):
        at: Place = ("form", "pages", place)
        told = [((*at, "when"), page.when)]
        for number, field in enumerate(page.fields):
            told.append(((*at, "fields", number, "when"), field.when))
            told.append(((*at, "fields", number, "required"), str(field.required)))
        told += [((*at, "checks", n, "that"), check.that) for n, check in enumerate(page.checks)]
        for where, text in told:
            if _OF_A_ROW.search(text):
                yield where, f"`{text}` names a row outside of a group", "use `group.all(r, r.x …)`"


def _rates(definition: Definition) -> Iterator[Finding]:
    """The first rate that fits counts: what stands behind one for all cases never does."""
    for place, fee in enumerate(definition.procedure.fees):
        for number, rate in enumerate(fee.rates[:-1]):
            if _for_all(rate):
                at = ("fees", place, "rates", number + 1)
                yield at, "this rate is never reached", "the one before fits every case"


def _for_all(rate: Rate) -> bool:
    return rate.channel is None and rate.province is None and rate.effective is None
