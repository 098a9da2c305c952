"""Whether a dossier still open could go on under another version of its procedure, and what it would need.

Plain Python over the rules: nothing is decided or changed here. Both versions are asked about the same case on the
same day – the day of filing –, so that only what the new text does is told, not what time has done since.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from motcua.dossiers.rules.clock import Law, leg_due_if_resumed, whole_promise
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.status import LegState, Status
from motcua.journeys.planning import Declared, Office, Offices, missing_papers, planned_legs
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_time import ZONE, Calendar
from motcua.procedures.rules.answers import Overview, look_over
from motcua.procedures.rules.definition import Definition, Settled
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.plan import Stage
from motcua.procedures.rules.posting import posted
from motcua.procedures.rules.reading_answers import Posted, Reader
from motcua.procedures.rules.world import Circumstances

Kind = Literal[
    "answer-missing", "answer-not-valid", "check-fails", "paper-missing", "fee", "due", "leg-due",
    "leg-new", "leg-dropped", "result-new", "result-dropped", "way-gone",
    "stage-gone", "step-gone", "step-other", "done-gone", "order", "returned-gone",
    "not-eligible", "nobody-serves",
]  # fmt: skip
HINDRANCES: frozenset[Kind] = frozenset(
    {"stage-gone", "step-gone", "step-other", "done-gone", "order", "returned-gone",
     "not-eligible", "nobody-serves"}
)  # fmt: skip
"""Findings with which a dossier cannot move; the others say what it would need."""
_AT_WORK = (LegState.OPEN, LegState.SUPPLEMENT)
_DECIDED = (LegState.DONE, LegState.REFUSED)


@dataclass(frozen=True)
class Finding:
    """One thing about one dossier: of what kind, about which field, paper, fee, leg; from what to what.

    Ids and dates and amounts only, never what somebody declared.
    """

    kind: Kind
    what: str = ""
    old: str = ""
    new: str = ""
    paid: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the new version would mean for one dossier."""

    code: str
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Literal["unchanged", "needs", "cannot"]:
        """Tell whether it goes on as it is, needs something, or cannot move."""
        if any(finding.kind in HINDRANCES for finding in self.findings):
            return "cannot"
        return "needs" if self.findings else "unchanged"


@dataclass(frozen=True)
class OpenCase:
    """A dossier that has not ended: its history's tale, what was declared, the papers that are there."""

    dossier: Dossier
    old: Definition
    answers: Mapping[str, Any]
    circumstances: Circumstances
    """As on the day of filing."""
    papers: frozenset[str]


@dataclass(frozen=True)
class Rehearsed:
    """The new version, and what one must know of the world to ask what it would mean."""

    new: Definition
    calendar: Calendar
    offices: Offices
    reader: Reader
    at: datetime


def weigh(case: OpenCase, under: Rehearsed) -> Outcome:
    """Return what the new version would mean for a dossier."""
    compared = _Compared(case, under)
    found = [*compared.eligibility(), *compared.legs(), *compared.results()]
    if case.dossier.status is not Status.FINISHED:  # what is decided needs no answers any more
        found += [
            *compared.answers(),
            *compared.papers(),
            *compared.fees(),
            *compared.dates(),
        ]
    return Outcome(case.dossier.code, tuple(found))


class _Compared:
    """One dossier under both versions."""

    def __init__(self, case: OpenCase, under: Rehearsed) -> None:
        self.case, self.under = case, under
        self.dossier, self.old, self.new = case.dossier, case.old, under.new
        self.now: Settled = under.new.settle(case.answers, case.circumstances)
        self.stages: dict[str, Stage] = {
            stage.id: stage for stage in under.new.stages(self.now.values)
        }

    @cached_property
    def was(self) -> Settled:
        """The case under the old version; settled only where the new one finds something."""
        return self.case.old.settle(self.case.answers, self.case.circumstances)

    # ── what was declared ───────────────────────────────────────────────────────────────────────

    def eligibility(self) -> Iterator[Finding]:
        """Yield the questions before the form whose answers lead out now."""
        for question in sorted(self._leading_out(self.new) - self._leading_out(self.old)):
            yield Finding("not-eligible", question)

    def _leading_out(self, definition: Definition) -> set[str]:
        told = self.case.answers
        questions = definition.procedure.eligibility
        return {asked.id for asked in questions if told.get(asked.id) in asked.exits}

    def answers(self) -> Iterator[Finding]:
        """Yield what must be answered now, what is no answer any more, and which checks fail now."""
        now = look_over(self.new, self.now)
        for item in now.missing:
            if item.field not in {known.field for known in self._before.missing}:
                yield Finding("answer-missing", item.field)
        yield from self._not_valid()
        for page in sorted({doubt.page for doubt in now.doubtful if doubt.stops}):
            if page not in {doubt.page for doubt in self._before.doubtful if doubt.stops}:
                yield Finding("check-fails", page)

    @cached_property
    def _before(self) -> Overview:
        """What was wrong under the old version already; looked at only where something is wrong now."""
        return look_over(self.old, self.was)

    def _not_valid(self) -> Iterator[Finding]:
        answered = {n for n, told in self.now.answers.items() if told not in (None, "", [])}
        otherwise = [
            field
            for field in self.new.fields.values()
            if field.id in answered and self.old.fields.get(field.id) != field
        ]
        if not otherwise:
            return
        pages = self.new.asked_pages(self.now.values)
        asked = {f.id for page in pages for f in self.new.asked(page, self.now.values)}
        for field in otherwise:
            if field.id in asked and not self._still_taken(field):
                yield Finding("answer-not-valid", field.id)

    def _still_taken(self, field: FormField) -> bool:
        before = self.old.fields.get(field.id)
        if before and before.type != field.type:
            return False
        return _readable(self.under.reader, field, self.now.answers[field.id])

    def papers(self) -> Iterator[Finding]:
        """Yield the papers that are called for now."""
        there = self.case.papers
        missing = missing_papers(self.new, self.now.values, there)
        if missing:
            before = missing_papers(self.old, self.was.values, there)
            missed = {item.paper.id for item in before}
            for item in missing:
                if item.paper.id not in missed:
                    yield Finding("paper-missing", item.paper.id)

    # ── money and time ──────────────────────────────────────────────────────────────────────────

    def fees(self) -> Iterator[Finding]:
        """Yield the fees that differ from those fixed at filing, in đồng."""
        fixed = {fee.id: fee.amount for fee in self.dossier.fees.values()}
        now = {due.fee.id: due.amount for due in self._declared().fees() if due.amount}
        for fee in sorted(fixed.keys() | now.keys()):
            before, after = fixed.get(fee, 0), now.get(fee, 0)
            if before != after:
                yield Finding("fee", fee, str(before), str(after), paid=fee in self.dossier.settled)

    def _declared(self) -> Declared:
        """Return the case as if filed on the first day of the new version, if that is later."""
        first_day = self.new.procedure.effective.since
        circumstances = self.case.circumstances
        day = max(circumstances.today, first_day)
        receiving = Office(self.dossier.agency, "")
        return Declared(
            self.new, self.now, replace(circumstances, today=day), receiving, known_as=str
        )

    def dates(self) -> Iterator[Finding]:
        """Yield the promised dates that would move: of the whole, and of the legs at work."""
        laws = self._law(self.old), self._law(self.new)
        before, after = (self._due(law) for law in laws)
        if before != after:
            yield Finding("due", "", _shown(before), _shown(after))
        for leg in self.dossier.legs.values():
            if leg.state in _AT_WORK and leg.id in self.stages:
                was, now = (
                    leg_due_if_resumed(law, self.dossier, leg, self.under.at) for law in laws
                )
                if was != now:
                    yield Finding("leg-due", leg.id, _shown(was), _shown(now))

    def _law(self, definition: Definition) -> Law:
        return Law(definition.procedure, self.under.calendar)

    def _due(self, law: Law) -> datetime | None:
        """Return the promised date; where the clock stands, as if it went on now."""
        if self.dossier.clock.received_at:
            promised = whole_promise(law, self._with_legs_of(law), self.under.at)
            return promised.due if promised else None
        legs = self._with_legs_of(law).legs
        return law.until(self.dossier.submitted_at, law.procedure.plan.limit_of(legs))

    def _with_legs_of(self, law: Law) -> Dossier:
        """Return the dossier with the legs this law would give it: the whole limit may count them."""
        if law.procedure is self.old.procedure:
            return self.dossier
        legs = {name: self.dossier.legs.get(name) for name in self.stages}
        return self.dossier.model_copy(update={"legs": legs})

    # ── legs and results ────────────────────────────────────────────────────────────────────────

    def legs(self) -> Iterator[Finding]:
        """Yield what becomes of the legs there are, and which ones are new."""
        for leg in self.dossier.legs.values():
            if leg.state is not LegState.CANCELLED:
                yield from self._leg(leg, self.stages.get(leg.id))
        new = [name for name in self.stages if name not in self.dossier.legs]
        for name in new:
            yield Finding("leg-new", name)
        if new and not self._served():
            yield Finding("nobody-serves", new[0])

    def _leg(self, leg: Leg, stage: Stage | None) -> Iterator[Finding]:
        if stage is None:
            gone: dict[LegState, Kind] = dict.fromkeys(_AT_WORK, "stage-gone")
            gone |= dict.fromkeys(_DECIDED, "done-gone")
            yield Finding(gone.get(leg.state, "leg-dropped"), leg.id)
        elif leg.state in _AT_WORK:
            yield from self._step(leg, stage)
        if stage and leg.state in (*_AT_WORK, *_DECIDED):
            yield from self._order(leg, stage)

    def _step(self, leg: Leg, stage: Stage) -> Iterator[Finding]:
        steps = {step.id: step.kind for step in stage.steps}
        where = f"{leg.id}.{leg.step}"
        if leg.step not in steps:
            yield Finding("step-gone", where)
        else:
            before = self.old.procedure.plan.stage(leg.id).step(leg.step).kind
            if steps[leg.step] != before:
                yield Finding("step-other", where, before, steps[leg.step])

    def _order(self, leg: Leg, stage: Stage) -> Iterator[Finding]:
        """Yield the legs that would have had to be done before this one began."""
        for other in stage.after:
            known = self.dossier.legs.get(other)
            waits = other in self.stages and (known is None or known.state is not LegState.DONE)
            if waits and other not in leg.after:
                yield Finding("order", leg.id, new=other)

    def _served(self) -> bool:
        try:
            planned_legs(self._declared(), self.under.offices)
        except Refusal:  # nobody does, or the place is none any more
            return False
        return True

    def results(self) -> Iterator[Finding]:
        """Yield results that would come, go, or not come in the way that was chosen."""
        results = {result.id: result for result in self.new.results(self.now.values)}
        for name, promised in self.dossier.promised.items():
            returned = name in self.dossier.returned
            if name not in results:
                yield Finding("returned-gone" if returned else "result-dropped", name)
            elif promised.way not in results[name].ways and not returned:
                yield Finding("way-gone", name, promised.way, results[name].ways[0])
        for name in results:
            if name not in self.dossier.promised:
                yield Finding("result-new", name)


def _readable(reader: Reader, field: FormField, answer: Any) -> bool:
    """Tell whether the page would still take the answer."""
    if field.type == "facility":
        listed = field.codes or "health_facilities"
        return answer.get("code") in ("other", *reader.world.codes(listed, field.only))
    try:
        reader.read(field, Posted(posted(field, answer)))
    except Refusal:
        return False
    return True


def _shown(moment: datetime | None) -> str:
    return moment.astimezone(ZONE).isoformat(timespec="minutes") if moment else ""
