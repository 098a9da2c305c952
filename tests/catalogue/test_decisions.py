"""A part decided at a desk here and one decided by message bring the same values."""

import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest

from motcua.procedures.rules.fills import named
from motcua.procedures.rules.plan import Stage, Step
from motcua.procedures.rules.procedure import Procedure
from sandbox.exchange import desk, results
from sandbox.exchange.facts import Facts
from sandbox.store import SETTINGS_SCHEMA
from tests.catalogue.test_procedures import READ

SYSTEMS = {"commune_police": "residence", "social_insurance": "insurance"}
SENT = {
    "child.full_name": "Trần Minh An",
    "child.birth_date": "2026-11-20",
    "child.sex": "female",
    "child.personal_number": "031326000001",
}


def decisions() -> Iterator[tuple[Procedure, Stage, Step]]:
    for folder in READ.values():
        law = folder.procedure
        for stage in law.plan.stages:
            if stage.agency == "receiving" or stage.agency.kind not in SYSTEMS:
                continue
            for step in stage.steps:
                if step.kind == "decide":
                    yield law, stage, step


def brought(stage: Stage, step: Step) -> set[str]:
    """Return the names of what the agency's own system answers."""
    assert stage.agency != "receiving"
    system = SYSTEMS[stage.agency.kind]
    doing = results.doing(system, step.task)
    assert doing is not None, f"{system} does not know {step.task}"
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    db.executescript(SETTINGS_SCHEMA + desk.SCHEMA)
    task = results.Task("H1", step.task, {}, Facts({"fields": SENT}), date(2026, 11, 23))
    return set(doing(db, task))


CASES = [
    pytest.param(*case, id=f"{case[0].code} {case[1].id} {case[2].id}") for case in decisions()
]


@pytest.mark.parametrize(("law", "stage", "step"), CASES)
def test_what_an_official_types_is_what_the_message_brings(law, stage, step):
    assert {value.id for value in step.asks} <= brought(stage, step)


@pytest.mark.parametrize(("law", "stage", "step"), CASES)
def test_what_a_paper_shows_of_a_decision_is_asked_of_the_official(law, stage, step):
    shown = {
        name.split(".", 2)[2]
        for result in law.results
        for written in result.fills.values()
        if isinstance(written, str)
        for name, _ in named(written)
        if name.startswith(f"leg.{stage.id}.")
    }
    assert shown <= {value.id for value in step.asks}
