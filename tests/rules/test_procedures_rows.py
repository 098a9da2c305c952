"""What each row of a repeated group must say: asked by its own answers, told by its own name."""

from datetime import date
from typing import Any

import pytest

from motcua.procedures.rules.answers import look_over
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.posting import posted
from motcua.procedures.rules.reading_answers import Posted, Reader, read_fields
from motcua.procedures.rules.world import Circumstances
from tests.rules.procedure_sample import FORM, WORLD, sample

DAY = date(2026, 11, 23)
CHILDREN = """\
  - id: children
    section: {vi: "Con", en: "Children"}
    title: {vi: "Các con", en: "The children"}
    fields:
      - id: family.children
        type: group
        rows: 200
        label: {vi: "Con", en: "Child"}
        why: {basis: luat}
        fields:
          - {id: kid.full_name, type: person_name, label: {vi: "Tên", en: "Name"}}
          - {id: kid.sex, type: choice, codes: sexes, label: {vi: "Giới tính", en: "Sex"}}
          - {id: kid.school, type: yes_no, label: {vi: "Đi học?", en: "At school?"}}
          - {id: kid.class, type: text, when: row.school, label: {vi: "Lớp", en: "Class"}}
          - {id: kid.note, type: text, required: 'row.sex == "female"', label: {vi: "Ghi chú", en: "Note"}}
"""
AN = {"full_name": "Phạm Minh An", "sex": "male", "school": False}


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> Definition:
    return sample(tmp_path_factory.mktemp("p") / "p", form=FORM + CHILDREN).definition


def gaps(definition: Definition, *rows: dict[str, Any]) -> list[str]:
    settled = definition.settle({"family.children": list(rows)}, Circumstances(DAY))
    looked = look_over(definition, settled, [definition.pages["children"]])
    return [item.field for item in looked.missing]


def test_a_whole_row_lacks_nothing(definition: Definition) -> None:
    assert gaps(definition, AN) == []


def test_what_the_second_row_lacks_is_told_by_its_own_name(definition: Definition) -> None:
    assert gaps(definition, AN, {"full_name": "Phạm Minh Bình", "school": False}) == [
        "family.children__1__sex"
    ]


def test_a_question_that_depends_on_its_row_is_asked_only_there(definition: Definition) -> None:
    assert gaps(definition, AN, {**AN, "school": True}) == ["family.children__1__class"]


def test_a_question_may_be_obligatory_in_some_rows_only(definition: Definition) -> None:
    assert gaps(definition, AN, {**AN, "sex": "female"}) == ["family.children__1__note"]


def test_an_answer_that_its_row_does_not_ask_for_is_dropped(definition: Definition) -> None:
    rows = [{**AN, "class": "1A"}]
    settled = definition.settle({"family.children": rows}, Circumstances(DAY))
    assert settled.answers["family.children"] == [AN]


def test_an_unreadable_answer_keeps_the_others_of_its_row(definition: Definition) -> None:
    group = definition.fields["family.children"]
    post = posted(group, [AN, {**AN, "full_name": "Phạm 2"}])
    reading = read_fields(Reader(WORLD, DAY), [group], Posted(post))
    assert list(reading.faults) == ["family.children__1__full_name"]
    assert reading.answers["family.children"][1] == {"sex": "male", "school": False}


def test_two_hundred_rows_are_taken_and_no_more(definition: Definition) -> None:
    group = definition.fields["family.children"]
    reading = read_fields(Reader(WORLD, DAY), [group], Posted(posted(group, [AN] * 201)))
    assert len(reading.answers["family.children"]) == 200


def test_a_condition_looks_through_rows_by_the_name_of_their_group(definition: Definition) -> None:
    value = definition.expressions.value
    twice = "family.children.filter(kid, family.children.exists(o, o == kid)).size()"
    assert value("family.children.exists(kid, kid.school)", {}) is False
    assert value(twice, {"family.children": [AN, AN]}) == 2
