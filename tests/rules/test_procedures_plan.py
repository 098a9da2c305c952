"""How long the whole may take: for every case, or less where the chosen stages end sooner."""

import pytest

from motcua.procedures.rules.plan import Plan

SAID = {"vi": "Việc", "en": "Work"}
STEP = {"id": "decide", "kind": "draft", "role": "registrar", "name": SAID}


def stage(name: str, days: int | None, *after: str) -> dict[str, object]:
    limit = {"limit": {"amount": days, "basis": "luat"}} if days is not None else {}
    return {
        "id": name,
        "name": SAID,
        "agency": "receiving",
        "after": after,
        "steps": (STEP,),
        **limit,
    }


def plan(limit_by: str, *stages: dict[str, object], whole: int = 16) -> Plan:
    supplement = {"within": {"amount": 7, "basis": "luat"}}
    limit = {"amount": whole, "basis": "luat"}
    return Plan.model_validate(
        {"limit": limit, "limit_by": limit_by, "supplement": supplement, "stages": stages}
    )


CHAIN = (stage("death", 1), stage("residence", 5, "death"), stage("relatives", 5, "death"),
         stage("survivors", 10, "death", "relatives"))  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "days"),
    [
        (["death"], 1),
        (["death", "residence"], 6),
        (["death", "residence", "survivors"], 11),
        (["death", "residence", "relatives", "survivors"], 16),
    ],
)
def test_a_case_of_fewer_stages_is_promised_sooner(chosen: list[str], days: int) -> None:
    assert plan("stages", *CHAIN).limit_of(chosen).amount == days


def test_the_limit_of_the_law_holds_for_every_case_where_nothing_else_is_said() -> None:
    assert plan("whole", *CHAIN).limit_of(["death"]).amount == 16


def test_stages_never_take_longer_together_than_the_law_gives_the_whole() -> None:
    assert plan("stages", *CHAIN, whole=9).limit_of(["death", "survivors"]).amount == 9


def test_a_stage_without_a_limit_may_take_as_long_as_the_whole() -> None:
    assert plan("stages", stage("death", None)).limit_of(["death"]).amount == 16


def test_the_smallest_case_has_only_the_stages_that_every_case_has() -> None:
    chosen = {**stage("residence", 5, "death"), "when": "residence.wanted"}
    assert plan("stages", stage("death", 1), chosen).shortest().amount == 1
    assert plan("whole", stage("death", 1), chosen).shortest().amount == 16


def test_where_every_stage_is_chosen_the_smallest_case_is_the_shortest_of_them() -> None:
    either = [{**stage(name, days), "when": "a.b"} for name, days in (("known", 1), ("asked", 3))]
    assert plan("stages", *either).shortest().amount == 1
