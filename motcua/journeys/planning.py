"""What filing a case comes to: its legs with their agencies, its fees, its results, its missing papers.

Plain Python over the rules: `filing` uses it with today's offices, `rehearsal` with the catalogue's.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Consenters, FeeLine, PlannedLeg, Promised
from motcua.procedures.rules.consent import consent_steps, named
from motcua.procedures.rules.definition import Definition, NeededPaper, Settled
from motcua.procedures.rules.fees import FeeDue, fees_due
from motcua.procedures.rules.plan import AgencyRule, Stage
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.world import Circumstances


@dataclass(frozen=True)
class Office:
    """An agency as a plan names it; `party` is its own system where it works there."""

    code: str
    name: str
    party: str = ""


class Offices(Protocol):
    """Who serves where; raises NobodyServes where no agency of the kind does."""

    def serving(self, kind: str, commune: str) -> Office:
        """Return the agency of a kind for a commune."""


@dataclass(frozen=True)
class Declared:
    """A settled declaration in its circumstances, with the office that receives it.

    `known_as` turns a personal number into the key by which events know its person.
    """

    definition: Definition
    settled: Settled
    circumstances: Circumstances
    receiving: Office
    known_as: Callable[[str], str]

    def fees(self) -> list[FeeDue]:
        """Return what the case costs."""
        return fees_due(
            self.definition,
            self.settled.values,
            channel=self.circumstances.channel,
            province=self.circumstances.province,
            day=self.circumstances.today,
        )


def planned_legs(declared: Declared, offices: Offices) -> list[PlannedLeg]:
    """Return the legs of this case with the agency of each. Raises NobodyServes."""
    stages = declared.definition.stages(declared.settled.values)
    chosen = {stage.id for stage in stages}
    unpaid = [due.fee for due in declared.fees() if due.amount]
    return [
        PlannedLeg(
            id=stage.id,
            agency=(office := _office(declared, stage, offices)).code,
            agency_name=office.name,
            party=office.party,
            after=tuple(other for other in stage.after if other in chosen),
            blocked_by=tuple(fee.id for fee in unpaid if stage.id in fee.blocks),
            consenters=consenters(
                declared.definition.procedure, stage, declared.settled.answers, declared.known_as
            ),
        )
        for stage in stages
    ]


def consenters(
    law: Procedure, stage: Stage, answers: Mapping[str, Any], known_as: Callable[[str], str]
) -> Consenters:
    """Return the keys of those who must agree at each step of a stage; the applicant agrees by filing."""
    return {
        step.id: tuple(
            known_as(person.number) for person in named(law, step, answers) if not person.files
        )
        for step in consent_steps(stage)
    }


def _office(declared: Declared, stage: Stage, offices: Offices) -> Office:
    if not isinstance(stage.agency, AgencyRule):
        return declared.receiving
    commune = declared.circumstances.commune
    if stage.agency.place:
        place = declared.settled.answers.get(stage.agency.place) or {}
        commune = place.get("commune", commune)
    return offices.serving(stage.agency.kind, commune)


def chosen_ways(declared: Declared, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return result → way, the first offered where nothing was chosen."""
    results = declared.definition.results(declared.settled.values)
    return {result.id: chosen.get(result.id, result.ways[0]) for result in results}


def missing_papers(
    definition: Definition, values: Mapping[str, Any], there: Collection[str]
) -> list[NeededPaper]:
    """Return the required papers that are neither there nor replaced by data."""
    return [
        needed
        for needed in definition.papers(values)
        if needed.required and not needed.replaced and needed.paper.id not in there
    ]


def submission(
    declared: Declared, offices: Offices, *, ways: Mapping[str, str], version: str, code: str = ""
) -> a.Submit:
    """Return the act of filing; the code is given when it is recorded. Raises NobodyServes."""
    law = declared.definition.procedure
    chosen = chosen_ways(declared, ways)
    return a.Submit.model_validate(
        {
            "code": code,
            "procedure": law.code,
            "version": version,
            "agency": declared.receiving.code,
            "channel": declared.circumstances.channel,
            "legs": planned_legs(declared, offices),
            "fees": [_fee_line(declared, due) for due in declared.fees() if due.amount],
            "results": [
                Promised.model_validate({"id": result.id, "stage": result.stage, "way": way})
                for result in declared.definition.results(declared.settled.values)
                for way in [chosen[result.id]]
            ],
        }
    )


def _fee_line(declared: Declared, due: FeeDue) -> FeeLine:
    basis = declared.definition.procedure.basis(due.rate.basis)
    return FeeLine(id=due.fee.id, name=due.fee.name.vi, amount=due.amount, basis=basis.title.vi)
