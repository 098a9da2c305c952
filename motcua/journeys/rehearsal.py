"""Rehearses the examples of a procedure over the rules alone: no database, no clock, no network.

An example is declared, planned and lived through exactly as filing and the heart do it; whatever differs from
what it expects is told with file and line.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.evolve import evolve
from motcua.dossiers.rules.facts import SYSTEM, Actor
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.refusals import NotYours
from motcua.journeys.planning import Declared, missing_papers, submission
from motcua.journeys.reasons import REFUSAL, SUPPLEMENT, beside
from motcua.journeys.refusals import NobodyServes
from motcua.journeys.written_world import WrittenWorld
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_time import ZONE
from motcua.procedures.rules.answers import look_over
from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.example import After, Doing, Example, Written
from motcua.procedures.rules.fills import filled
from motcua.procedures.rules.plan import Role
from motcua.procedures.rules.posting import posted
from motcua.procedures.rules.reading import Problem
from motcua.procedures.rules.reading_answers import Posted, Reader
from motcua.procedures.rules.world import Circumstances

CODE = "H24.284-000000-0000"
_APPLICANT = Actor(kind="applicant", id="example", name="example")
_OFFICIALS = get_args(Role)
HOUSE: tuple[type[a.Act], ...] = (
    a.Recount, a.Transfer, a.Restrict, a.EndHold, a.MoveContact,
)  # fmt: skip
"""What is done for reasons outside any procedure: an example has no calendar, merger, new number or request about data."""
ACTS: dict[str, type[a.Act]] = {
    "".join("_" + c.lower() if c.isupper() else c for c in kind.__name__).lstrip("_"): kind
    for kind in a.Act.__subclasses__()
    if kind not in {a.Submit, *HOUSE}
}
Place = tuple[str | int, ...]


@dataclass
class Rehearsal:
    """What came of an example: problems, and the case and dossier for whoever wants to go on from it."""

    written: Written
    definition: Definition
    world: WrittenWorld
    declared: Declared | None = None
    dossier: Dossier | None = None
    events: list[e.Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, place: Place, cause: str, hint: str = "") -> None:
        """Keep one difference."""
        self.problems.append(self.written.problem(place, cause, hint))

    def differs(self, place: Place, what: str, wanted: Any, found: Any) -> None:
        """Keep a difference when there is one."""
        if wanted != found:
            self.wrong(place, f"{what}: expected {_said(wanted)}, found {_said(found)}")

    def papers_issued(self) -> dict[str, dict[str, Any]]:
        """Return the data of each result whose leg is done."""
        if self.declared is None or self.dossier is None:
            return {}
        legs = {leg.id: leg.values for leg in self.dossier.legs.values()}
        done = {leg.id for leg in self.dossier.legs.values() if leg.state.value == "done"}
        answers = self.declared.settled.answers
        return {
            result.id: filled(self.definition, result, answers, legs, self.world)
            for result in self.definition.procedure.results
            if result.id in self.dossier.promised and result.stage in done
        }


def rehearse(folder: Folder, written: Written, catalogue: Path) -> Rehearsal:
    """Live through one example; its problems say what differs from what it expects."""
    example = written.example
    day = moment(example.at or "2026-11-23 08:00")
    definition = folder.definition
    now = Rehearsal(written, definition, WrittenWorld(catalogue, day.date()))
    if not _eligible(now, example):
        return now
    now.declared = _declared(now, example, day)
    if now.declared is None:
        return now
    _expect_declaration(now, example, now.declared)
    if not now.problems and (example.acts or _looks_at_dossier(example)):
        _live(now, example, now.declared, day)
    return now


def moment(text: str) -> datetime:
    """Return the moment written as `2026-11-20 09:15`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def _looks_at_dossier(example: Example) -> bool:
    return example.then != After()


def _eligible(now: Rehearsal, example: Example) -> bool:
    """Tell whether the journey goes on to the form; keep what is wrong with the way out."""
    told = example.before.answers
    questions = {q.id: q for q in now.definition.procedure.eligibility}
    for name, answer in told.items():
        options = {option.value for option in questions[name].options} if name in questions else ()
        if answer not in options:
            now.wrong(("before", "answers", name), f"`{name}` has no answer `{answer}`")
    out = next((q for q in questions if told.get(q, "") in questions[q].exits), None)
    now.differs(("expect", "leads_out"), "leads out", example.expect.leads_out, out)
    return out is None and not now.problems


def _declared(now: Rehearsal, example: Example, day: datetime) -> Declared | None:
    circumstances = _circumstances(now.world, example, day)
    answers = {**example.before.answers, **_read(now, example)}
    settled = now.definition.settle(answers, circumstances)
    try:
        kind = now.definition.procedure.start.receiving
        receiving = now.world.serving(kind, circumstances.commune)
    except NobodyServes:
        now.wrong(("before", "commune"), f"nobody serves `{circumstances.commune}`")
        return None
    unasked = [name for name in example.answers if name not in settled.answers]
    for name in unasked:
        if name in now.definition.fields and name not in example.expect.faults:
            now.wrong(("answers", name), f"`{name}` is not asked in this case", "leave it out")
    return Declared(now.definition, settled, circumstances, receiving, known_as=str)


def _circumstances(world: WrittenWorld, example: Example, day: datetime) -> Circumstances:
    before = example.before
    commune = world.commune(before.commune)
    return Circumstances(
        today=day.date(),
        channel=before.channel or "online",
        province=commune.province if commune else "",
        commune=before.commune,
        for_whom=before.for_whom or "self",
        relation=before.relation,
    )


def _read(now: Rehearsal, example: Example) -> dict[str, Any]:
    """Return the answers as the pages' own readers take them; faults must be the expected ones."""
    reader = Reader(now.world, now.world.day)
    answers: dict[str, Any] = {}
    found: dict[str, str] = {}
    for name, told in example.answers.items():
        known = now.definition.fields.get(name)
        if known is None:
            now.wrong(("answers", name), f"`{name}` is not a field of the form")
            continue
        try:
            answers[name] = reader.read(known, Posted(posted(known, told)))
        except Refusal as refusal:
            found[name] = refusal.code
    for name in found.keys() | example.expect.faults.keys():
        place: Place = ("expect", "faults") if name in example.expect.faults else ("answers", name)
        wanted = example.expect.faults.get(name, "")
        now.differs(place, f"`{name}`", wanted or "an answer", found.get(name, "an answer"))
    return answers


def _expect_declaration(now: Rehearsal, example: Example, declared: Declared) -> None:
    expect, values = example.expect, declared.settled.values
    pages = tuple(page.id for page in now.definition.asked_pages(values))
    if expect.pages is not None:
        now.differs(("expect", "pages"), "pages", expect.pages, pages)
    for page in set(expect.skips) & set(pages):
        now.wrong(("expect", "skips"), f"page `{page}` is asked")
    for name, wanted in expect.answers.items():
        found = declared.settled.answers.get(name)
        now.differs(("expect", "answers", name), f"`{name}`", wanted, found)
    _expect_overview(now, example, declared)
    _expect_papers(now, example, declared)
    _expect_plan(now, example, declared)


def _expect_overview(now: Rehearsal, example: Example, declared: Declared) -> None:
    overview = look_over(now.definition, declared.settled)
    expect = example.expect
    missing = sorted(item.field for item in overview.missing if item.field not in expect.faults)
    now.differs(("expect", "missing"), "missing", sorted(expect.missing), missing)
    stops = sorted({doubt.page for doubt in overview.doubtful if doubt.stops})
    doubts = sorted({doubt.page for doubt in overview.doubtful if not doubt.stops})
    now.differs(("expect", "stops"), "pages with an error", sorted(expect.stops), stops)
    now.differs(("expect", "doubts"), "pages with a doubt", sorted(expect.doubts), doubts)


def _expect_papers(now: Rehearsal, example: Example, declared: Declared) -> None:
    expect, values = example.expect, declared.settled.values
    needed = now.definition.papers(values)
    known = {item.paper.id for item in needed}
    for paper in set(example.papers or ()) - known:
        now.wrong(("papers",), f"paper `{paper}` is not called for in this case")
    if expect.papers is not None:
        required = sorted(p.paper.id for p in needed if p.required and not p.replaced)
        now.differs(("expect", "papers"), "required papers", sorted(expect.papers), required)
    missing = missing_papers(now.definition, values, example.papers or ())
    names = sorted(item.paper.id for item in missing)
    now.differs(
        ("expect", "missing_papers"), "missing papers", sorted(expect.missing_papers), names
    )


def _expect_plan(now: Rehearsal, example: Example, declared: Declared) -> None:
    expect, values = example.expect, declared.settled.values
    if expect.fees is not None:
        fees = {due.fee.id: due.amount for due in declared.fees()}
        now.differs(("expect", "fees"), "fees", expect.fees, fees)
    if expect.results is not None:
        results = sorted(result.id for result in now.definition.results(values))
        now.differs(("expect", "results"), "results", sorted(expect.results), results)
    if expect.legs is not None:
        stages = [stage.id for stage in now.definition.stages(values)]
        now.differs(("expect", "legs"), "legs", sorted(expect.legs), sorted(stages))


# ── the dossier's life ──────────────────────────────────────────────────────────────────────────


def _live(now: Rehearsal, example: Example, declared: Declared, day: datetime) -> None:
    law = Law(now.definition.procedure, now.world.calendar)
    try:
        act = submission(declared, now.world, ways=example.ways, version="example", code=CODE)
    except NobodyServes as refusal:
        now.wrong(("answers",), f"a leg has no agency: {refusal.code}")
        return
    by = _APPLICANT if act.channel == "online" else _official("front_desk", act.agency)
    _tell(now, law, act, by, day)
    _expect_offices(now, example)
    at = day
    for number, doing in enumerate(example.acts):
        place: Place = ("acts", number)
        at = moment(doing.at) if doing.at else at
        if not _do(now, law, doing, place, at):
            return
        if doing.then:
            _expect_after(now, doing.then, (*place, "then"))
    _expect_after(now, example.then, ("then",))


def _tell(now: Rehearsal, law: Law, act: a.Act, by: Actor, at: datetime) -> None:
    """Let the heart decide; results that come online are with the person as soon as their leg is done."""
    told = decide(law, now.dossier, act, by, at)
    for event in told:
        now.dossier = evolve(now.dossier, event)
    now.events += told
    for event in told:
        if isinstance(event, e.LegDone):
            for promised in _dossier(now).promised.values():
                if promised.stage == event.leg and promised.way == "online":
                    returned = a.ReturnResult(result=promised.id, way="online")
                    _tell(now, law, returned, SYSTEM, at)


def _dossier(now: Rehearsal) -> Dossier:
    if now.dossier is None:
        raise ValueError("nothing was filed")
    return now.dossier


def _do(now: Rehearsal, law: Law, doing: Doing, place: Place, at: datetime) -> bool:
    """Do one act; tell whether the journey can go on."""
    kind = ACTS.get(doing.does)
    if kind is None:
        now.wrong((*place, "does"), f"there is no act `{doing.does}`", ", ".join(sorted(ACTS)))
        return False
    try:
        act = kind.model_validate(_details(now, kind, doing))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        now.wrong((*place, "with"), f"{doing.does}: {first['loc']}: {first['msg']}")
        return False
    _reasons_known(now, act, (*place, "with"))
    try:
        _tell(now, law, act, _actor(now, act, doing.by), at)
    except Refusal as refusal:
        if refusal.code != doing.refused:
            cause = f"{doing.does}: expected {doing.refused or 'done'}, found {refusal.code}"
            now.wrong((*place, "refused"), cause, _whose(now, act, refusal))
        return refusal.code == doing.refused
    now.differs((*place, "refused"), doing.does, doing.refused or "done", "done")
    return not doing.refused


def _reasons_known(now: Rehearsal, act: a.Act, place: Place) -> None:
    """A reason is a code of the lists, as the desk offers them; free text alone is no reason."""
    for code in beside(now.definition.procedure, getattr(act, "faults", ())):
        now.wrong(place, f"there is no reason `{code}` here", f"{REFUSAL} or {SUPPLEMENT}")


def _whose(now: Rehearsal, act: a.Act, refusal: Refusal) -> str:
    """Return who may do the act, where the refusal says that somebody else must."""
    if not isinstance(refusal, NotYours):
        return ""
    by = set(MOVES[type(act)].by)
    leg = _dossier(now).legs.get(getattr(act, "leg", ""))
    if "leg" in by and leg is not None and leg.step:
        step = now.definition.procedure.plan.stage(leg.id).step(leg.step)
        by = (by - {"leg"}) | {"answer_leg, by message" if leg.party else str(step.role)}
    return "by: " + ", ".join(sorted(by))


def _details(now: Rehearsal, kind: type[a.Act], doing: Doing) -> dict[str, Any]:
    """Return the act's details, with what goes without saying: the present step, a fee's amount."""
    told = dict(doing.how)
    dossier, known = _dossier(now), kind.model_fields
    leg = dossier.legs.get(str(told.get("leg", "")))
    if "step" in known and "step" not in told and leg:
        told["step"] = leg.step
    if kind is a.AnswerLeg:
        told = {"question": "example", "outcome": "done", **told}
    if kind is a.SettleFee and told.get("fee") in dossier.fees:
        told = {"amount": dossier.fees[told["fee"]].amount, "reference": "example", **told}
    return told


def _actor(now: Rehearsal, act: a.Act, by: str) -> Actor:
    dossier = _dossier(now)
    if by == "applicant":
        return _APPLICANT.model_copy(update={"id": dossier.applicant})
    if by == "system":
        return SYSTEM
    if by == "person":  # examples know people by their numbers
        return Actor(kind="person", id=getattr(act, "person", ""), name="example")
    if by not in _OFFICIALS:
        return Actor(kind="agency", id=by, name=by)
    leg = dossier.legs.get(getattr(act, "leg", ""))
    at_leg = leg is not None and by in ("police_officer", "insurance_clerk")
    return _official(by, leg.agency if leg and at_leg else dossier.agency)


def _official(role: str, agency: str) -> Actor:
    return Actor(kind="official", id=f"{role}@{agency}", name=role, role=role, agency=agency)


def _expect_offices(now: Rehearsal, example: Example) -> None:
    for leg, agency in (example.expect.legs or {}).items():
        found = _dossier(now).legs[leg].agency
        now.differs(("expect", "legs", leg), f"agency of `{leg}`", agency, found)


def _expect_after(now: Rehearsal, after: After, place: Place) -> None:
    dossier = _dossier(now)
    for name, look in _LOOKS.items():
        wanted = getattr(after, name)
        if wanted is not None:
            now.differs((*place, name), name, wanted, look(now, dossier))
    for name in ("legs", "steps"):
        for leg, wanted in getattr(after, name).items():
            known = dossier.legs.get(leg)
            found = None if known is None else known.state.value if name == "legs" else known.step
            now.differs((*place, name, leg), f"leg `{leg}`", wanted, found)
    for result, shown in after.shows.items():
        data = now.papers_issued().get(result)
        if data is None:
            now.wrong((*place, "shows", result), f"result `{result}` is not issued")
            continue
        for path, wanted in shown.items():
            found = _at(data, path)
            now.differs((*place, "shows", result, path), f"`{result}` {path}", wanted, found)


def _due(_now: Rehearsal, dossier: Dossier) -> str | None:
    due = dossier.clock.due
    if dossier.clock.standing:
        return "standing"
    return due.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if due else None


def _on_time(now: Rehearsal, _dossier: Dossier) -> bool | None:
    finished = [event for event in now.events if isinstance(event, e.Finished)]
    return finished[-1].on_time if finished else None


_LOOKS: dict[str, Callable[[Rehearsal, Dossier], Any]] = {
    "status": lambda _now, dossier: dossier.status.name.lower(),
    "due": _due,
    "unpaid": lambda _now, dossier: tuple(fee.id for fee in dossier.unpaid),
    "returned": lambda _now, dossier: tuple(sorted(dossier.returned)),
    "on_time": _on_time,
}


def _at(data: Mapping[str, Any], path: str) -> Any:
    found: Any = data
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) or "none" if isinstance(value, (list, tuple)) else str(value)


def rehearse_all(folder: Folder, examples: list[Written], catalogue: Path) -> Iterator[Rehearsal]:
    """Yield the rehearsal of each example; one that is only a base for others is declared too."""
    for written in examples:
        yield rehearse(folder, written, catalogue)
