"""What somebody who typed some words is looking for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules.codes import code_list, read_code_list
from motcua.procedures.rules.search.asking import Known, Neighbours, understood
from motcua.procedures.rules.search.everyday import everyday
from motcua.procedures.rules.search.spelling import meant, parted
from motcua.procedures.rules.search.suggesting import events_named, suggestions
from motcua.procedures.rules.search.tokens import vector, words

NAMES = [
    "Đăng ký kết hôn",
    "Đăng ký khai sinh",
    "Cấp giấy xác nhận tình trạng hôn nhân",
    "Khai tử",
    "Hộ nghèo",
]
LIST = read_code_list(
    """
name: everyday_words
columns: [means]
rows:
  - {code: "a", vi: "làm; xin; giấy; cho", en: "how", means: ""}
  - {code: "b", vi: "hôn thú; giấy hôn thú", en: "marriage", means: "đăng ký kết hôn; kết hôn"}
""",
    where="test",
)
PHRASES = everyday(LIST)


def _known() -> Known:
    counts: dict[str, int] = {}
    for name in NAMES:
        for word in set(words(name)):
            counts[word] = counts.get(word, 0) + 1
    pairs = [pair for name in NAMES for pair in zip(words(name), words(name)[1:], strict=False)]
    return Known(counts, len(NAMES), Neighbours(pairs))


KNOWN = _known()


def alternatives(text: str) -> list[list[str]]:
    asked = understood(text, KNOWN, PHRASES)
    return [[" ".join(one.words) for one in concept.alternatives] for concept in asked.concepts]


def test_ky_and_ki_are_one_word_and_signs_do_not_matter() -> None:
    assert words("Đăng ký, KÍ lý-lí quý") == ["dang", "ki", "ki", "li", "li", "qui"]


def test_texts_of_a_vector_stand_apart() -> None:
    assert vector({"B": ["sinh"], "A": ["khai", "khai"]}) == "'khai':1A,6A 'sinh':11B"


def test_an_everyday_phrase_is_one_thing_whatever_it_is_called() -> None:
    assert alternatives("giay hon thu") == [
        ["giay hon thu", "dang ki ket hon", "ket hon", "dang ki ket hon", "ket hon"]
    ]


def test_words_without_meaning_weigh_next_to_nothing() -> None:
    light, word = understood("làm nghèo", KNOWN, PHRASES).concepts
    assert light.light
    assert light.weight < word.weight / 2


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("sihn", "sinh"), ("keets", "ket"), ("hoon", "hon"), ("xinh", "sinh"), ("trangg", "trang")],
)
def test_an_unknown_word_is_read_as_what_was_meant(typed: str, wanted: str) -> None:
    assert wanted in meant(typed, KNOWN.words)


def test_a_word_that_exists_is_another_one_where_its_neighbour_knows_better() -> None:
    known = Known({**KNOWN.words, "hom": 1}, KNOWN.services, KNOWN.beside)
    (_, second) = understood("ket hom", known, PHRASES).concepts
    assert "hon" in {one.words[0] for one in second.alternatives}


def test_words_typed_without_a_space_are_taken_apart() -> None:
    assert parted("khaisinh", KNOWN.words) == ("khai", "sinh")
    assert alternatives("khaisinh")[0][0] == "khai"


def test_the_last_word_may_be_unfinished() -> None:
    assert understood("khai si", KNOWN, PHRASES).concepts[-1].alternatives[-1].unfinished


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.001193", "1.001193"), ("1001193", "1.001193"), ("2.000815.000.00.00.H55", "2.000815"),
        ("1.0011", "1.0011"), ("001193", "001193"), ("14 tuổi", ""), ("2026", "2026"), ("12", ""),
    ],
)  # fmt: skip
def test_codes_are_known_however_they_are_written(typed: str, code: str) -> None:
    assert understood(typed, KNOWN, PHRASES).code == code


def test_what_is_near_is_offered() -> None:
    assert suggestions("hoonthu", ["hôn thú", "khai tử"]) == ["hôn thú"]
    assert suggestions("qqqq", ["hôn thú"]) == []


def test_an_occasion_of_life_is_heard_in_what_was_typed() -> None:
    named = events_named(words("em bé mới sinh"), code_list("life_events"))
    assert [row.code for row in named] == ["birth"]


@given(st.text(max_size=80))
def test_any_text_is_understood_somehow(text: str) -> None:
    asked = understood(text, KNOWN, PHRASES)
    assert all(one.words for concept in asked.concepts for one in concept.alternatives)
    assert all(0 <= item.rarity <= 1.1 for item in asked.telling)
