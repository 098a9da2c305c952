"""Who must agree at a step, as the rows of its group name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.procedures.rules.plan import Stage, Step
from motcua.procedures.rules.procedure import Procedure

NAME, NUMBER, PHONE = "full_name", "personal_number", "phone"
"""The questions of a group that name a person: the first two are needed, the phone is where they are told."""


@dataclass(frozen=True)
class Named:
    """A person in a row; `files` for the applicant, who agrees by filing and is not asked."""

    name: str
    number: str
    phone: str = ""
    files: bool = False


def named(procedure: Procedure, step: Step, answers: Mapping[str, Any]) -> list[Named]:
    """Return the people of the step's group, each once, in the order they were declared."""
    rows = answers.get(step.of or "") or []
    own = _own_number(procedure, answers)
    people = {
        row[NUMBER]: Named(
            str(row.get(NAME, "")),
            row[NUMBER],
            str(row.get(PHONE) or ""),
            files=row[NUMBER] == own,
        )
        for row in rows
        if isinstance(row, Mapping) and row.get(NUMBER)
    }
    return list(people.values())


def _own_number(procedure: Procedure, answers: Mapping[str, Any]) -> str:
    """Return the applicant's own number: asked beside the applicant's name."""
    party = procedure.applicant.name.partition(".")[0]
    return str(answers.get(f"{party}.{NUMBER}") or "")


def consent_steps(stage: Stage) -> list[Step]:
    """Return the steps of a stage at which people are asked."""
    return [step for step in stage.steps if step.kind == "consent"]
