"""Expressions, what counts of a declaration, papers, fees, results."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.answers import changes, look_over
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.expressions import BadExpression, ExpressionFailed, flat
from motcua.procedures.rules.fees import fees_due
from motcua.procedures.rules.fills import filled
from motcua.procedures.rules.plan import Sees
from motcua.procedures.rules.world import Circumstances
from tests.rules.procedure_sample import WORLD, sample

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> Definition:
    return sample(Path(tmp_path_factory.mktemp("sample"))).definition


def case(**more: Any) -> Circumstances:
    return Circumstances(**{"today": TODAY, "province": "31", "commune": "11284", **more})


HOME = {"province": "31", "commune": "11284", "detail": "", "text": "Xã Nam Thanh Miện, Hải Phòng"}
PLAIN = {
    "check.case": "plain",
    "mother.full_name": "Phạm Thị Lan",
    "mother.phone": "+84912345678",
    "mother.relation": "mother",
    "child.full_name": "Phạm Minh An",
    "child.birth_date": "2026-11-05",
    "child.sex": "female",
    "child.copies": 2,
    "child.poor": False,
}


# ── expressions ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "values", "told"),
    [
        ("known(child.full_name)", {}, False),
        ("known(child.full_name)", {"child.full_name": "An"}, True),
        ("full_date(child.birth_date)", {"child.birth_date": "2026-11"}, False),
        ("years_between(child.birth_date, today)", {"child.birth_date": "2020-11-24"}, 5),
        ("years_between(child.birth_date, today)", {"child.birth_date": "2020-11-23"}, 6),
        ("years_between(child.birth_date, today)", {"child.birth_date": "2020-02-29"}, 6),
        ("days_between(child.birth_date, today)", {"child.birth_date": "2026-11-20"}, 3),
        ("year_of(child.birth_date)", {"child.birth_date": "1994"}, 1994),
        ('same_name(child.full_name, "NGUYEN minh an")', {"child.full_name": "Nguyễn Minh An"}, True),
        ("first_word(child.full_name)", {"child.full_name": "H'Hen Niê"}, "H'Hen"),
        ("first_word(child.full_name)", {}, ""),
        ('number_fits("030196004321", "female", 1996)', {}, True),
        ('number_fits("030196004321", "male", 1996)', {}, False),
        ('number_fits("031326000284", "female", 2026)', {}, True),
        ('child.home.commune == "11284"', flat({"child.home": HOME}), True),
        ("child.copies > 1 && !child.poor", {"child.copies": 2}, True),
        ('filing.place.province == "31"', {"filing.place.province": "31"}, True),
        ("sum([child.copies, 3])", {"child.copies": 2}, 5),
        ("sum([1, 2, 3].filter(n, n > child.copies).map(n, n * 2))", {"child.copies": 1}, 10),
        ("sum([child.copies].filter(n, n > 0))", {}, 0),
    ],
)  # fmt: skip
def test_expressions_say(definition: Definition, text: str, values: Any, told: Any) -> None:
    assert definition.expressions.value(text, {"today": TODAY.isoformat(), **values}) == told


@pytest.mark.parametrize(
    "text", ["child.nickname == 'x'", "child.copies + 'x'", "launch()", "child.copies >", "1 +"]
)
def test_what_is_not_of_the_language_is_refused(definition: Definition, text: str) -> None:
    with pytest.raises(BadExpression):
        definition.expressions.compile(text)


def test_a_date_function_without_a_date_fails_and_the_condition_is_not_true(
    definition: Definition,
) -> None:
    text = "years_between(child.birth_date, today) < 6"
    with pytest.raises(ExpressionFailed):
        definition.expressions.value(text, {"today": "2026-11-23"})
    assert not definition.expressions.holds(text, {"today": "2026-11-23"})
    assert not definition.expressions.holds(f"!({text})", {"today": "2026-11-23"})


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(WORDS, WORDS)
def test_any_two_texts_leave_conditions_total(first: str, second: str) -> None:
    values = {"child.full_name": first, "mother.full_name": second, "today": "2026-11-23"}
    law = _shared()
    for text in ("same_name(child.full_name, mother.full_name)", "full_date(child.full_name)"):
        assert law.expressions.holds(text, values) in (True, False)
    word = law.expressions.value("first_word(child.full_name)", values)
    assert word == (first.split(maxsplit=1)[0] if first.split() else "")


def _shared() -> Definition:
    if not _KEPT:
        import tempfile

        _KEPT.append(sample(Path(tempfile.mkdtemp())).definition)
    return _KEPT[0]


_KEPT: list[Definition] = []


# ── what counts ─────────────────────────────────────────────────────────────────────────────────


def test_answers_to_hidden_questions_do_not_count(definition: Definition) -> None:
    told = definition.settle({**PLAIN, "child.reason": "vì sao"}, case())
    assert "child.reason" not in told.answers


def test_answers_come_back_when_their_question_does(definition: Definition) -> None:
    told = definition.settle({**PLAIN, "check.case": "special", "child.reason": "vì sao"}, case())
    assert told.answers["child.reason"] == "vì sao"


def test_what_was_answered_before_is_taken_and_not_asked(definition: Definition) -> None:
    told = definition.settle(PLAIN, case())
    page = definition.pages["child"]
    assert told.answers["child.guardian"] == "Phạm Thị Lan"
    assert "child.guardian" not in {f.id for f in definition.asked(page, told.values)}
    assert "child.guardian" in {f.id for f in definition.shown(page, told.values)}


def test_a_taken_answer_follows_its_source(definition: Definition) -> None:
    told = definition.settle(
        {**PLAIN, "child.guardian": "Ai đó", "mother.full_name": "Lê Thị Na"}, case()
    )
    assert told.answers["child.guardian"] == "Lê Thị Na"


def test_what_was_said_before_the_form_is_taken_too(definition: Definition) -> None:
    told = definition.settle(PLAIN, case(for_whom="other", relation="aunt"))
    assert told.answers["mother.relation"] == "aunt"


def test_a_computed_value_cannot_be_posted(definition: Definition) -> None:
    told = definition.settle({**PLAIN, "child.kind": "posted"}, case())
    assert told.answers["child.kind"] == "child of plain"


def test_eligibility_answers_stay_with_the_declaration(definition: Definition) -> None:
    told = definition.settle(PLAIN, case())
    again = definition.settle(told.answers, case())
    assert told.answers["check.case"] == "plain"
    assert again.answers == told.answers


@given(st.dictionaries(st.sampled_from(sorted(PLAIN)), st.just(None) | st.text(max_size=5)))
def test_settling_twice_changes_nothing(changed: dict[str, Any]) -> None:
    kept = {
        k: v for k, v in {**PLAIN, **changed}.items() if k not in ("child.copies", "child.poor")
    }
    once = _shared().settle(kept, case()).answers
    assert _shared().settle(once, case()).answers == once


def test_a_complete_declaration_is_complete(definition: Definition) -> None:
    assert look_over(definition, definition.settle(PLAIN, case())).complete


def test_what_is_missing_is_named_with_its_page(definition: Definition) -> None:
    told = {name: value for name, value in PLAIN.items() if name != "child.sex"}
    overview = look_over(definition, definition.settle(told, case()))
    assert [(item.page, item.field) for item in overview.missing] == [("child", "child.sex")]
    assert not overview.complete


def test_no_is_an_answer(definition: Definition) -> None:
    overview = look_over(definition, definition.settle({**PLAIN, "child.copies": 0}, case()))
    assert overview.missing == ()


def test_a_doubt_asks_but_does_not_stop(definition: Definition) -> None:
    overview = look_over(
        definition, definition.settle({**PLAIN, "child.full_name": "Lê An"}, case())
    )
    assert [doubt.stops for doubt in overview.doubtful] == [False]
    assert overview.complete


def test_an_error_stops_the_page(definition: Definition) -> None:
    overview = look_over(
        definition, definition.settle({**PLAIN, "child.birth_date": "2019-01-01"}, case())
    )
    assert overview.pages() == {"child"}


def test_changes_are_named_in_a_stable_order() -> None:
    assert changes({"b": 1, "a": 1, "c": 1}, {"b": 2, "a": 1, "d": 1}) == ("b", "c", "d")


def test_an_agency_sees_its_list_and_no_more(definition: Definition) -> None:
    sees = Sees(fields=("child.*", "mother.phone"))
    shown = definition.visible_to(sees, {"child.sex": "x", "mother.phone": "y", "mother.name": "z"})
    assert shown == {"child.sex": "x", "mother.phone": "y"}


# ── papers, fees, results ───────────────────────────────────────────────────────────────────────


def needed(definition: Definition, **changed: Any) -> dict[str, bool]:
    told = definition.settle({**PLAIN, **changed}, case())
    return {item.paper.id: item.replaced for item in definition.papers(told.values)}


def test_papers_follow_the_case(definition: Definition) -> None:
    assert needed(definition) == {"note": False}
    assert needed(definition, **{"check.case": "special"}) == {"note": False, "proof": False}


def test_data_already_held_replace_a_paper(definition: Definition) -> None:
    assert needed(definition, **{"child.code": "ABC"}) == {"note": True}


@pytest.mark.parametrize(
    ("channel", "province", "day", "amount"),
    [
        ("online", "31", date(2026, 11, 23), 0),
        ("online", "31", date(2026, 5, 31), 10_000),
        ("online", "01", date(2026, 11, 23), 10_000),
        ("counter", "31", date(2026, 11, 23), 16_000),
        ("post", "01", date(2026, 11, 23), 16_000),
    ],
)
def test_a_fee_depends_on_channel_province_and_day(
    definition: Definition, channel: str, province: str, day: date, amount: int
) -> None:
    values = definition.settle(PLAIN, case()).values
    (due,) = fees_due(definition, values, channel=channel, province=province, day=day)
    assert (due.amount, due.count) == (amount, 2)


def test_an_exemption_costs_nothing_and_says_why(definition: Definition) -> None:
    values = definition.settle({**PLAIN, "child.poor": True}, case()).values
    (due,) = fees_due(definition, values, channel="counter", province="31", day=TODAY)
    assert due.amount == 0
    assert due.exempted is not None
    assert due.exempted.name.vi == "Nghèo"


def test_a_fee_that_is_not_called_for_is_not_listed(definition: Definition) -> None:
    values = definition.settle({**PLAIN, "child.copies": 0}, case()).values
    assert fees_due(definition, values, channel="online", province="31", day=TODAY) == []


def shown(definition: Definition, **changed: Any) -> dict[str, Any]:
    answers = definition.settle({**PLAIN, **changed}, case()).answers
    (result,) = definition.results({**answers})
    return filled(definition, result, answers, {"one": {"number": "7/2026"}}, WORLD)


def test_a_result_is_filled_as_people_write(definition: Definition) -> None:
    assert shown(definition) == {
        "number": "7/2026",
        "child": {
            "name": "Phạm Minh An",
            "born": "2026-11-05",
            "born_words": "Ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu",
            "year": "2026",
            "sex": "Nữ",
            "sex_code": "female",
        },
        "words": "Giấy của Phạm Minh An, sinh ngày 05/11/2026",
        "where": "không rõ",
    }


def test_of_several_sources_the_first_answered_counts(definition: Definition) -> None:
    assert shown(definition, **{"child.code": "ABC"})["where"] == "ABC"
    both = shown(definition, **{"child.code": "ABC", "child.home": HOME})
    assert both["where"] == "Xã Nam Thanh Miện, Hải Phòng"


def test_words_with_an_unanswered_part_are_left_out(definition: Definition) -> None:
    assert "words" not in shown(definition, **{"child.birth_date": None})
