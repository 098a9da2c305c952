"""The second half of the lint: what nobody reads, what cannot come true, what a phone cannot bear."""

import re
from collections.abc import Collection, Iterator, Mapping

from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.fills import named
from motcua.procedures.rules.form import FormField

Place = tuple[str | int, ...]
Finding = tuple[Place, str, str]
Told = tuple[Place, str]
"""Where an expression stands, and its text."""

MOST_QUESTIONS = 8
"""Questions on one page of a phone; more belong on the next."""

_COMPARED = re.compile(r'([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)\s*[=!]=\s*"([^"]*)"')
_AMONG = re.compile(r"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)\s+in\s+\[([^\]]*)\]")


def use(
    definition: Definition, told: list[Told], codes: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """Yield what is declared in vain. `told` are all expressions, `codes` the lists by name."""
    yield from _dead_fields(definition, told)
    for look in (_elsewhere, _dead_papers, _pages, _fees, _twice, _order):
        yield from look(definition)
    for at, text in told:
        yield from _impossible(definition, at, text, codes)


def _dead_fields(definition: Definition, told: list[Told]) -> Iterator[Finding]:
    """Asking what nobody reads is against the law (NĐ 224/2026 Đ18) and against patience."""
    read = _read_fields(definition, told)
    stages = definition.procedure.plan.stages
    for place, page in enumerate(definition.procedure.form.pages):
        for number, field in enumerate(page.fields):
            seen = any(stage.sees == "all" or stage.sees.allows(field.id) for stage in stages)
            if not seen and field.id not in read:
                at = ("form", "pages", place, "fields", number, "id")
                yield at, f"nobody reads `{field.id}`", "let a stage see it, or do not ask it"


def _read_fields(definition: Definition, told: list[Told]) -> set[str]:
    law = definition.procedure
    read = {law.subject, *(name for name in law.applicant.model_dump().values() if name)}
    for _, text in told:
        read |= set(re.findall(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", text))
    for result in law.results:
        for written in result.fills.values():
            for source in (written,) if isinstance(written, str) else written:
                read |= {name for name, _ in named(source)}
    read |= {step.of for stage in law.plan.stages for step in stage.steps if step.of}
    return read | {take.source for field in definition.fields.values() for take in field.take}


def _elsewhere(definition: Definition) -> Iterator[Finding]:
    """Another agency sees an allow-list, and never where to write to the applicant (goals R80)."""
    law = definition.procedure
    for place, stage in enumerate(law.plan.stages):
        at: Place = ("plan", "stages", place, "sees")
        if stage.agency == "receiving":
            continue
        if stage.sees == "all":
            yield at, f"`{stage.id}` is done elsewhere and sees all", "list what it needs"
        elif law.applicant.email and stage.sees.allows(law.applicant.email):
            yield (*at, "fields"), f"`{law.applicant.email}` goes to another agency", "leave it out"


def _dead_papers(definition: Definition) -> Iterator[Finding]:
    stages = definition.procedure.plan.stages
    for place, paper in enumerate(definition.procedure.papers):
        if not any(stage.sees == "all" or paper.id in stage.sees.papers for stage in stages):
            yield ("papers", place, "id"), f"nobody reads `{paper.id}`", "let a stage see it"


def _pages(definition: Definition) -> Iterator[Finding]:
    ended = definition.procedure.effective.until is not None  # history is not asked anew
    for place, page in enumerate(definition.procedure.form.pages):
        at: Place = ("form", "pages", place, "fields")
        asked = [field for field in page.fields if field.compute is None]
        if len(asked) > MOST_QUESTIONS:
            yield at, f"{len(asked)} questions on one page", f"at most {MOST_QUESTIONS}: divide it"
        if asked and all(field.required is False for field in asked):
            yield at, "every question may be left out", "then nobody can tell that the page is done"
        for number, field in enumerate(page.fields):
            silent = field.compute is None and field.why is None
            if silent and not (ended and _organises(field, definition)):
                yield (*at, number), f"`{field.id}` does not say why it is asked", "add `why`"


def _organises(field: FormField, definition: Definition) -> bool:
    """Tell whether a question only steers the form itself: others take from it or depend on it."""
    conditions = [
        text
        for other in definition.fields.values()
        for text in (str(other.when), str(other.required), *(take.when for take in other.take))
    ]
    conditions += [page.when for page in definition.procedure.form.pages]
    return any(field.id in text for text in conditions)


def _fees(definition: Definition) -> Iterator[Finding]:
    for place, fee in enumerate(definition.procedure.fees):
        last = fee.rates[-1]
        if last.channel or last.province or last.effective:
            at = ("fees", place, "rates", len(fee.rates) - 1)
            yield at, f"`{fee.id}` has no rate for other cases", "end with a rate for all of them"


def _twice(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    for place, stage in enumerate(law.plan.stages):
        ids = [step.id for step in stage.steps]
        for number, step in enumerate(ids):
            if step in ids[:number]:
                yield ("plan", "stages", place, "steps", number, "id"), f"`{step}` twice", ""
    for place, result in enumerate(law.results):
        for key in result.fills:
            if any(other.startswith(f"{key}.") for other in result.fills):
                yield ("results", place, "fills", key), f"`{key}` is a value and a group", ""


def _order(definition: Definition) -> Iterator[Finding]:
    """What decides whether something is asked must have been answered before it."""
    later = set(definition.fields)
    for place, page in enumerate(definition.procedure.form.pages):
        at: Place = ("form", "pages", place)
        yield from _not_later((*at, "when"), page.when, later)
        for number, field in enumerate(page.fields):
            yield from _field_order((*at, "fields", number), field, later)
            later.discard(field.id)


def _field_order(at: Place, field: FormField, later: set[str]) -> Iterator[Finding]:
    yield from _not_later((*at, "when"), field.when, later)
    if field.compute:
        yield from _not_later((*at, "compute"), field.compute, later)
    for number, take in enumerate(field.take):
        yield from _not_later((*at, "take", number), f"{take.source} {take.when}", later)


def _not_later(at: Place, text: str, later: set[str]) -> Iterator[Finding]:
    words = set(re.findall(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", text))
    for name in sorted(words & later):
        yield at, f"`{name}` is not answered yet here", "only questions before this one count"


def _impossible(
    definition: Definition, at: Place, text: str, codes: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """Compare with what can be answered: `x == "fathr"` is never true."""
    compared = [(name, [value]) for name, value in _COMPARED.findall(text)]
    compared += [(name, re.findall(r'"([^"]*)"', values)) for name, values in _AMONG.findall(text)]
    for name, values in compared:
        known = _answers(definition, name, codes)
        for value in values:
            if known is not None and value and value not in known:
                hint = "known: " + ", ".join(sorted(known)[:12])
                yield at, f"`{name}` is never `{value}`", hint


def _answers(
    definition: Definition, name: str, codes: Mapping[str, Collection[str]]
) -> Collection[str] | None:
    for question in definition.procedure.eligibility:
        if question.id == name:
            return {option.value for option in question.options}
    field = definition.fields.get(name)
    if field is None or field.type != "choice":
        return None
    return codes.get(field.codes) if field.codes else {option.value for option in field.options}
