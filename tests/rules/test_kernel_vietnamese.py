"""Vietnamese text: the search key, and numbers, dates and sums in words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.partial_date import PartialDate
from motcua.kernel.vietnamese import (
    NumberTooLarge,
    capitalised,
    date_in_words,
    fold,
    money_in_words,
    number_in_words,
)

NUMBERS = st.integers(0, 10**15)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đăng ký KHAI SINH", "dang ky khai sinh"),
        ("  xoá   đăng ký\tthường trú ", "xoa dang ky thuong tru"),
        ("Đường Nguyễn Huệ", "duong nguyen hue"),
        ("ƯỜNG ỡ ẫ ỷ Ộ", "uong o a y o"),
        ("3.000722", "3.000722"),
        ("Ƀ č ñ ŏ", "b c n o"),
    ],
)
def test_search_forgives_marks_case_and_spaces(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text(max_size=40))
def test_composed_and_decomposed_text_have_one_key(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (31, "ba mươi mốt"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (999, "chín trăm chín mươi chín"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_950, "một nghìn chín trăm năm mươi"),
        (2_026, "hai nghìn không trăm hai mươi sáu"),
        (8_000, "tám nghìn"),
        (10_015, "mười nghìn không trăm mười lăm"),
        (100_000, "một trăm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (25_300_000, "hai mươi lăm triệu ba trăm nghìn"),
        (1_000_000_000, "một tỷ"),
        (1_001_000_000_000, "một nghìn không trăm linh một tỷ"),
        (-15, "âm mười lăm"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_a_number_too_large_for_paper_is_refused() -> None:
    with pytest.raises(NumberTooLarge):
        number_in_words(10**18)


@given(NUMBERS, NUMBERS)
def test_different_numbers_have_different_words(one: int, two: int) -> None:
    assert (number_in_words(one) == number_in_words(two)) == (one == two)


@given(NUMBERS)
def test_words_are_single_spaced_and_lower_case(number: int) -> None:
    words = number_in_words(number)
    assert words == " ".join(words.split()) == words.lower()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            PartialDate(2026, 11, 23),
            "Ngày hai mươi ba tháng mười một năm hai nghìn không trăm hai mươi sáu",
        ),
        (PartialDate(1985, 4, 1), "Ngày một tháng tư năm một nghìn chín trăm tám mươi lăm"),
        (PartialDate(2005, 1), "Tháng một năm hai nghìn không trăm linh năm"),
        (PartialDate(1950), "Năm một nghìn chín trăm năm mươi"),
    ],
)
def test_a_date_in_words_says_only_what_is_known(moment: PartialDate, words: str) -> None:
    assert date_in_words(moment) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Không đồng"), (10_000, "Mười nghìn đồng"), (8_500, "Tám nghìn năm trăm đồng")],
)
def test_sums_in_words(amount: int, words: str) -> None:
    assert money_in_words(amount) == words


def test_only_the_first_letter_is_raised() -> None:
    assert capitalised("ủy ban nhân dân xã An Bình") == "Ủy ban nhân dân xã An Bình"
