"""Conditions in people's words: which answers call for a paper."""

from pathlib import Path

import pytest

from motcua.procedures.rules.cases import case_words
from motcua.procedures.rules.definition import Definition
from tests.rules.procedure_sample import FORM, LAW, WORLD, sample

OTHER = '  somebody_else: {value: other, label: {vi: "Cho con", en: "For my child"}}\n'
LAW_FOR_OTHERS = LAW.replace(
    'start: {sign_in: none, place_question: {vi: "Ở đâu?", en: "Where?"}}\n',
    'start:\n  sign_in: none\n  place_question: {vi: "Ở đâu?", en: "Where?"}\n' + OTHER,
)


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> Definition:
    folder = sample(Path(tmp_path_factory.mktemp("sample")), law=LAW_FOR_OTHERS, form=FORM)
    return folder.definition


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("true", ""),
        (True, ""),
        ('check.case == "special"', "Trường hợp nào? “Đặc biệt”"),
        ('check.case != "special"', "Trường hợp nào? không phải “Đặc biệt”"),
        ('check.case in ["plain", "special"]', "Trường hợp nào? “Thường” hoặc “Đặc biệt”"),
        ("child.poor", "Nghèo? “Có”"),
        ("!child.poor", "Nghèo? “Không”"),
        ('child.poor && check.case == "special"', "Nghèo? “Có”, và Trường hợp nào? “Đặc biệt”"),
        ('child.poor || (check.case == "special")', "Nghèo? “Có”, hoặc Trường hợp nào? “Đặc biệt”"),
        ('filing.for_whom != "self"', "Quý vị nộp hồ sơ cho ai? “Cho con”"),
        ('filing.for_whom == "other"', "Quý vị nộp hồ sơ cho ai? “Cho con”"),
    ],
)  # fmt: skip
def test_answers_are_told_as_the_form_asks_them(definition, condition, words):
    assert case_words(definition, condition, WORLD) == words


@pytest.mark.parametrize(
    "condition",
    [
        "child.copies > 0",
        "known(child.full_name)",
        "full_date(child.birth_date) && days_between(child.birth_date, today) > 60",
        'filing.for_whom == "self"',
        'filing.relation == "mother"',
        'check.case == "special" &&',
        'child.full_name == "An"',
    ],
)
def test_what_only_counting_tells_is_not_put_in_words(definition, condition):
    assert case_words(definition, condition, WORLD) is None


def test_english_is_spoken_too(definition):
    said = case_words(definition, 'check.case in ["plain", "special"]', WORLD, "en")
    assert said == "Which case? “Plain” or “Special”"


def test_of_a_long_list_of_answers_nothing_is_said(definition):
    every = 'check.case in ["plain", "special", "other", "plain"]'
    assert case_words(definition, every, WORLD) is None
