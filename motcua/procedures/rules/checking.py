"""The lint of the language: what a procedure's types cannot see."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.checking_people import people
from motcua.procedures.rules.checking_shape import shape
from motcua.procedures.rules.checking_use import use
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.expressions import ALWAYS, BadExpression, ExpressionFailed
from motcua.procedures.rules.fills import MANNERS, named
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.plan import Sees
from motcua.procedures.rules.reading import Problem
from motcua.procedures.rules.retention import personal_law
from motcua.procedures.rules.texts import Grounds

Place = tuple[str | int, ...]
Finding = tuple[Place, str, str]
_BOOL, _INT = "BOOL", "INT"


def check(folder: Folder, codes: Mapping[str, Collection[str]], papers: Path) -> list[Problem]:
    """Return every problem of a procedure that reads well; none means it may be published.

    `codes` are the code lists by name, `papers` the folder of paper templates.
    """
    definition = folder.definition
    findings: list[Finding] = []
    for look in _LOOKS:
        findings += look(definition)
    findings += _code_lists(definition, codes)
    findings += _books(definition, codes)
    findings += _templates(definition, papers)
    told = [(at, text) for at, text, _ in expressions(definition)]
    findings += use(definition, told, codes)
    findings += shape(definition)
    findings += people(definition)
    problems = [Problem(*folder.line(place), cause, hint) for place, cause, hint in findings]
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def expressions(definition: Definition) -> Iterator[tuple[Place, str, str]]:
    """Yield where each expression stands, its text and the type it must have."""
    law = definition.procedure
    for place, page in enumerate(law.form.pages):
        at: Place = ("form", "pages", place)
        yield (*at, "when"), page.when, _BOOL
        for number, rule in enumerate(page.checks):
            yield (*at, "checks", number, "that"), rule.that, _BOOL
        for number, field in enumerate(page.fields):
            yield from _of_field(field, (*at, "fields", number))
    for name, items in (("papers", law.papers), ("fees", law.fees), ("results", law.results)):
        for place, item in enumerate(items):
            yield from _of_item(item, (name, place))
    for place, stage in enumerate(law.plan.stages):
        yield ("plan", "stages", place, "when"), stage.when, _BOOL


def _of_field(field: FormField, at: Place) -> Iterator[tuple[Place, str, str]]:
    yield (*at, "when"), field.when, _BOOL
    if isinstance(field.required, str):
        yield (*at, "required"), field.required, _BOOL
    if field.compute:
        wanted = _INT if field.type in ("number", "money") else "STRING"
        yield (*at, "compute"), field.compute, wanted
    for number, take in enumerate(field.take):
        yield (*at, "take", number, "when"), take.when, _BOOL
    for number, part in enumerate(field.fields):
        yield from _of_field(part, (*at, "fields", number))


def _of_item(item: Any, at: Place) -> Iterator[tuple[Place, str, str]]:
    yield (*at, "when"), item.when, _BOOL
    for key in ("required", "replaced_when"):
        text = getattr(item, key, None)
        if isinstance(text, str):
            yield (*at, key), text, _BOOL
    if hasattr(item, "count"):
        yield (*at, "count"), item.count, _INT
    for number, exemption in enumerate(getattr(item, "exemptions", ())):
        yield (*at, "exemptions", number, "when"), exemption.when, _BOOL


def _typed(definition: Definition) -> Iterator[Finding]:
    for at, text, wanted in expressions(definition):
        try:
            found = definition.expressions.type_of(text)
        except BadExpression as error:
            yield at, f"`{text}`: {error}", "name fields as `party.fact`, as in form.yaml"
            continue
        if found != wanted:
            yield at, f"`{text}` gives {found}, {wanted} is needed here", ""
        yield from _total(definition, at, text)


def _total(definition: Definition, at: Place, text: str) -> Iterator[Finding]:
    try:
        definition.expressions.value(text, {"today": "2026-11-23"})
    except ExpressionFailed:
        yield at, f"`{text}` fails before its fields are answered", "guard it: `known(x) && …`"


def _unique(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    lists: dict[str, list[str]] = {
        "papers": [paper.id for paper in law.papers],
        "fees": [fee.id for fee in law.fees],
        "results": [result.id for result in law.results],
        "legal_basis": [basis.id for basis in law.legal_basis],
    }
    for name, ids in lists.items():
        for place, item in enumerate(ids):
            if item in ids[:place]:
                yield (name, place, "id"), f"`{item}` is declared twice", ""
    seen: set[str] = set()
    for place, page in enumerate(law.form.pages):
        for number, field in enumerate(page.fields):
            if field.id in seen:
                yield ("form", "pages", place, "fields", number, "id"), f"`{field.id}` twice", ""
            seen.add(field.id)


def _references(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    stages = {stage.id for stage in law.plan.stages}
    for place, fee in enumerate(law.fees):
        for stage in fee.blocks:
            yield from _known(("fees", place, "blocks"), stage, stages)
    for place, result in enumerate(law.results):
        yield from _known(("results", place, "stage"), result.stage, stages)
    named = {law.subject, *(name for name in law.applicant.model_dump().values() if name)}
    for name in sorted(named):
        yield from _known(("applicant",), name, set(definition.fields))
    questions = set(definition.fields) | {question.id for question in law.eligibility}
    for place, stumble in enumerate(law.stumbles):
        yield from _known(("stumbles", place, "field"), stumble.field, questions)
    for at, field in _fields(definition):
        for number, take in enumerate(field.take):
            yield from _same_type(definition, (*at, "take", number), field, take.source)


def _signing(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    for place, paper in enumerate(law.papers):
        if paper.sign is None:
            continue
        at = ("papers", place, "sign")
        for name in (paper.sign.by, *paper.sign.shows):
            yield from _known(at, name, set(definition.fields))
        if "phone" in paper.sign.ways and paper.sign.by != law.applicant.name:
            hint = "the code goes to the applicant: let others sign on `paper`"
            yield (*at, "ways"), f"`{paper.sign.by}` cannot sign on the phone", hint


def _resting(definition: Definition) -> Iterator[Finding]:
    """Every field, paper, fee and clock rests on an article of a declared instrument."""
    law = definition.procedure
    bases = {basis.id: basis for basis in law.legal_basis}
    for at, grounds in _grounds(law, ()):
        yield from _known((*at, "basis"), grounds.basis, set(bases))
        whole = grounds.basis not in bases or not bases[grounds.basis].articles
        if not (grounds.article or grounds.note or whole):
            hint = "add `article`; where none is known say so in `note`"
            yield at, f"`{grounds.basis}` is named without its article", hint


def _grounds(item: object, at: Place) -> Iterator[tuple[Place, Grounds]]:
    if isinstance(item, Grounds):
        yield at, item
    if isinstance(item, BaseModel):
        for name in type(item).model_fields:
            yield from _grounds(getattr(item, name), (*at, name))
    elif isinstance(item, tuple):
        for place, part in enumerate(item):
            yield from _grounds(part, (*at, place))


def _fields(definition: Definition) -> Iterator[tuple[Place, FormField]]:
    for place, page in enumerate(definition.procedure.form.pages):
        for number, field in enumerate(page.fields):
            yield ("form", "pages", place, "fields", number), field


def _known(at: Place, name: str, known: set[str]) -> Iterator[Finding]:
    if name not in known:
        yield at, f"`{name}` is not declared", "known: " + ", ".join(sorted(known)[:12])


def _same_type(
    definition: Definition, at: Place, field: FormField, source: str
) -> Iterator[Finding]:
    other = definition.fields.get(source)
    if source in ALWAYS:
        return
    if other is None:
        yield at, f"`{source}` is not a field", ""
    elif other.type != field.type:
        yield at, f"`{source}` is a {other.type}, this field a {field.type}", ""


def _plan(definition: Definition) -> Iterator[Finding]:
    """Stages wait only for stages before them, so that there is no circle and all are reached."""
    law = definition.procedure
    before: set[str] = set()
    for place, stage in enumerate(law.plan.stages):
        at: Place = ("plan", "stages", place)
        for other in stage.after:
            if other not in before:
                yield (*at, "after"), f"`{other}` does not come before `{stage.id}`", ""
        before.add(stage.id)
        if stage.agency != "receiving" and stage.agency.place:
            yield from _known((*at, "agency", "place"), stage.agency.place, set(definition.fields))
        yield from _longer(definition, at, stage.limit, stage.id)
        if stage.sees != "all":
            yield from _allowed(definition, (*at, "sees"), stage.sees)
        for number, step in enumerate(stage.steps):
            if step.sees:
                yield from _allowed(definition, (*at, "steps", number, "sees"), step.sees)


def _longer(definition: Definition, at: Place, limit: Any, stage: str) -> Iterator[Finding]:
    whole = definition.procedure.plan.limit
    if limit and limit.unit == whole.unit and limit.amount > whole.amount:
        yield (*at, "limit"), f"`{stage}` may take longer than the whole dossier", ""


def _allowed(definition: Definition, at: Place, sees: Sees) -> Iterator[Finding]:
    law = definition.procedure
    names = set(definition.fields) | {question.id for question in law.eligibility}
    parties = {f"{name.split('.', maxsplit=1)[0]}.*" for name in names}
    for field in sees.fields:
        yield from _known((*at, "fields"), field, names | parties)
    for paper in sees.papers:
        yield from _known((*at, "papers"), paper, {item.id for item in law.papers})


def _exits(definition: Definition) -> Iterator[Finding]:
    for place, question in enumerate(definition.procedure.eligibility):
        values = {option.value for option in question.options}
        for name in question.exits:
            yield from _known(("eligibility", place, "exits", name), name, values)
        if values <= set(question.exits):
            yield ("eligibility", place), "every answer leads out: nobody can file", ""


def _fills(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    stages = {stage.id for stage in law.plan.stages}
    for place, result in enumerate(law.results):
        for key, written in result.fills.items():
            at: Place = ("results", place, "fills", key)
            for source in (written,) if isinstance(written, str) else written:
                for name, manner in named(source):
                    yield from _fill(definition, at, name, manner, stages)


def _fill(
    definition: Definition, at: Place, name: str, manner: str, stages: set[str]
) -> Iterator[Finding]:
    yield from _known(at, manner, set(MANNERS))
    if name.startswith("leg."):
        yield from _known(at, name.split(".")[1], stages)
    else:
        yield from _known(at, name, set(definition.fields))


def _partial(definition: Definition) -> Iterator[Finding]:
    law = definition.procedure
    if law.level == "partial" and law.level_reason is None:
        yield ("level",), "a partial service must say why (NĐ 224/2026 Đ14)", "add `level_reason`"


def _code_lists(definition: Definition, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    for at, field in _fields(definition):
        if field.codes:
            yield from _known((*at, "codes"), field.codes, set(known))
    for key in ("fields_of_law", "life_events"):
        for place, code in enumerate(getattr(definition.procedure, key)):
            yield from _known((key, place), code, set(known[key]))


def _books(definition: Definition, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """A leg writes into one book, which the list of books names."""
    for place, stage in enumerate(definition.procedure.plan.stages):
        told = [(number, step.book) for number, step in enumerate(stage.steps) if step.book]
        for number, book in told:
            at: Place = ("plan", "stages", place, "steps", number, "book")
            yield from _known((*at, "kind"), book.kind, set(known["books"]))
            if book.each:
                yield from _known((*at, "each"), book.each, set(definition.fields))
            if (number, book) != told[0]:
                yield at, f"`{stage.id}` writes into a book twice", "one step of a stage registers"


def _classes(definition: Definition) -> Iterator[Finding]:
    """How long it is kept names a class of the catalogue."""
    known = {one.id for one in personal_law().classes} | {""}
    yield from _known(("keeps",), definition.procedure.keeps, known)
    for at, field in _fields(definition):
        yield from _known((*at, "keeps"), field.keeps, known)
        for number, part in enumerate(field.fields):
            yield from _known((*at, "fields", number, "keeps"), part.keeps, known)


def _templates(definition: Definition, papers: Path) -> Iterator[Finding]:
    for place, result in enumerate(definition.procedure.results):
        if not (papers / f"{result.template}.typ").exists():
            yield ("results", place, "template"), f"no paper `{result.template}`", str(papers)


_LOOKS: tuple[Callable[[Definition], Iterator[Finding]], ...] = (
    _typed,
    _unique,
    _references,
    _signing,
    _resting,
    _plan,
    _exits,
    _fills,
    _partial,
    _classes,
)
