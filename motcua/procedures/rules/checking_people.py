"""The lint of what is asked of people once a dossier is filed: consents, and what a refusal reopens."""

from collections.abc import Iterator

from motcua.procedures.rules.consent import NAME, NUMBER
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.plan import Reopen, Stage, Step

Place = tuple[str | int, ...]
Finding = tuple[Place, str, str]


def people(definition: Definition) -> Iterator[Finding]:
    """Yield consents nobody can give, and reopened things that mend nothing."""
    for place, stage in enumerate(definition.procedure.plan.stages):
        at: Place = ("plan", "stages", place)
        if isinstance(stage.on_refusal, Reopen):
            yield from _reopened(definition, (*at, "on_refusal"), stage, stage.on_refusal)
        for number, step in enumerate(stage.steps):
            here = (*at, "steps", number)
            if step.kind == "consent":
                yield from _consent(definition, here, step)
            if step.paper:
                yield from _paper(definition, (*here, "paper"), stage, step.paper)


def _reopened(
    definition: Definition, at: Place, stage: Stage, reopens: Reopen
) -> Iterator[Finding]:
    if not (reopens.fields or reopens.papers):
        yield at, "reopens nothing", "name `fields` or `papers`, or write `keep`"
    for field in reopens.fields:
        if field not in definition.fields:
            yield (*at, "fields"), f"`{field}` is not declared", "name questions of the form"
        elif stage.sees != "all" and not stage.sees.allows(field):
            yield (
                (*at, "fields"),
                f"`{stage.id}` does not see `{field}`",
                "let it see what may be mended",
            )
    for paper in reopens.papers:
        yield from _paper(definition, (*at, "papers"), stage, paper)


def _paper(definition: Definition, at: Place, stage: Stage, paper: str) -> Iterator[Finding]:
    known = {item.id for item in definition.procedure.papers}
    if paper not in known:
        yield at, f"`{paper}` is not declared", "known: " + ", ".join(sorted(known)[:12])
    elif stage.sees != "all" and paper not in stage.sees.papers:
        yield at, f"`{stage.id}` does not see `{paper}`", "let it see the paper"


def _consent(definition: Definition, at: Place, step: Step) -> Iterator[Finding]:
    group = definition.fields.get(step.of or "")
    if group is None or group.type != "group":
        yield (*at, "of"), f"`{step.of}` is not a group", "name the group whose rows are the people"
        return
    parts = {part.short: part for part in group.fields}
    for name, kind in ((NAME, "person_name"), (NUMBER, "personal_number")):
        yield from _named(at, group, parts.get(name), name, kind)


def _named(
    at: Place, group: FormField, part: FormField | None, name: str, kind: str
) -> Iterator[Finding]:
    if part is None or part.type != kind:
        yield (
            (*at, "of"),
            f"`{group.id}` has no `{name}`",
            f"ask each for a `{kind}` named `{name}`",
        )
    elif str(part.required).lower() != "true":
        hint = "without it the person is not asked"
        yield (*at, "of"), f"`{name}` of `{group.id}` may be left out", hint
