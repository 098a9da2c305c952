"""The plan of a merger: read strictly, and what keeps it from being carried out said line by line."""

import pytest

from motcua.agencies.rules.mergers import PlanUnsoundError, problems, read_plan

PLAN = """
decision: Nghị quyết 1/NQ-UBTVQH15
since: 2027-01-01
new:
  - {code: H24.900, name: Ủy ban nhân dân xã mới, kind: commune_committee, place_code: "11239",
     province_code: "31", address: –, support_name: –, support_phone: –, support_hours: –}
becomes:
  - {from: [H24.239, H24.284], into: H24.900, continue_books_of: H24.239}
"""
KNOWN = {
    "H24.239": ("commune_committee", True), "H24.284": ("commune_committee", True),
    "G01.31.239": ("commune_police", True),
}  # fmt: skip


def wrong(old="", new="", *, followed=None):
    return list(problems(read_plan(PLAN.replace(old, new)), KNOWN, followed or {}))


def test_a_sound_plan_has_no_problems_and_names_each_successor():
    assert wrong() == []
    assert read_plan(PLAN).successors == {"H24.239": "H24.900", "H24.284": "H24.900"}


def test_one_may_become_part_of_another_that_is_there():
    assert wrong("[H24.239, H24.284], into: H24.900", "[H24.239], into: H24.284") == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("H24.284]", "H24.111]", "H24.111: no such agency"),
        ("H24.284]", "G01.31.239]", "G01.31.239 is a commune_police, H24.900 a commune_committee"),
        ("code: H24.900", "code: H24.284", "H24.284: this code is taken"),
        ("into: H24.900", "into: H24.777", "H24.777: no such agency; write it under `new`"),
        ("into: H24.900", "into: H24.284", "H24.284: becomes another itself"),
        ("books_of: H24.239", "books_of: H24.1", "H24.1: its books cannot go on"),
    ],
)
def test_what_is_wrong_is_said(old, new, line):
    assert any(told.startswith(line) for told in wrong(old, new))


def test_what_became_something_else_already_is_said():
    assert wrong(followed={"H24.239": "H24.777"}) == ["H24.239: became H24.777 already"]


@pytest.mark.parametrize("text", ["decision: x", "becomes: [", "since: hôm nay", "- 1"])
def test_a_plan_that_cannot_be_read_is_refused(text):
    with pytest.raises(PlanUnsoundError):
        read_plan(text)
