"""Names of persons in every language of Việt Nam."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.names import (
    LONGEST,
    NameEmpty,
    NameHasSigns,
    NameNotLatin,
    NameParts,
    NameTooLong,
    capitals,
    fold,
    mask,
    match_key,
    read,
    sort_key,
    split,
)

NAMES = [
    "Nguyễn Thị Thu Hoa",
    "H'Hen Niê",
    "H’Hen Niê",
    "Y Êban",
    "Y Ƀhăm Êñuôl",
    "K'Brếp",
    "Siu Č̆uin",
    "Rơ Chăm H'Nhung",
    "Ksor Y Ơ̆",
    "Giàng A Phàng",
    "Ê",
    "Thạch Sô Phia",
    "Tôn Nữ Hoàng Thị Ngọc Diễm Quỳnh",
    "Trần-Lê Minh",
    "Jean-Pierre O'Neill",
    "Wừ Zơ Fin",
    "NGUYỄN VĂN AN",
]
LETTERS = st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạốồổỗộƀñjwzfHĐÊ")
WORDS = st.text(LETTERS, min_size=1, max_size=7)
PERSONS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize("name", NAMES)
def test_a_lawful_name_is_kept_as_written(name: str) -> None:
    assert read(name) == unicodedata.normalize("NFC", name)


def test_spaces_are_collapsed_and_letters_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "  Nguyễn \t Thị\u00a0 Hòa ")
    assert read(decomposed) == "Nguyễn Thị Hòa"


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_an_empty_name_is_refused(name: str) -> None:
    with pytest.raises(NameEmpty):
        read(name)


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        *(("Nguyễn Văn 2", "2"), ("An@", "@"), ("Lê (An)", "("), ("A_n", "_"), ("Hoa.", ".")),
        *(("Hoa🌸", "🌸"), ("'An", "'"), ("An-", "-"), ("An - Bình", "-"), ("An''h", "'")),
        *(
            ("Nguyễn\u200bAn", "\u200b"),
            ("<b>An</b>", "<"),
            ("An, Bình", ","),
            ("\u0301An", "\u0301"),
        ),
    ],
)
def test_digits_and_signs_are_refused_and_named(name: str, sign: str) -> None:
    with pytest.raises(NameHasSigns) as refused:
        read(name)
    assert refused.value.data == {"sign": sign}


@pytest.mark.parametrize("name", ["王小明", "Иван", "Nguyễn Vаn", "សុខ"])
def test_other_scripts_are_refused_even_when_they_look_alike(name: str) -> None:
    with pytest.raises(NameNotLatin):
        read(name)


def test_a_name_without_end_is_refused() -> None:
    assert read("A" * LONGEST)
    with pytest.raises(NameTooLong):
        read("A" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Đặng Thị Hòa", "dang thi hoa"),
        ("H'Hen Niê", "hhen nie"),
        ("Y Ƀhăm Êñuôl", "y bham enuol"),
        ("Trần-Lê  Minh", "tran le minh"),
        ("Ksor Y Ơ̆", "ksor y o"),
    ],
)
def test_search_forgives_every_mark(name: str, key: str) -> None:
    assert fold(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà"),
        ("Lê Thúy", "lê thuý"),
        ("TRẦN KHOẺ", "Trần Khỏe"),
        ("H'Hen Niê", "H’Hen  Niê"),
        ("Đỗ Loan", unicodedata.normalize("NFD", "đỗ loan")),
    ],
)
def test_two_spellings_of_one_name_match(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Hoa", "Hòa"), ("Hoá", "Hòa"), ("Đan", "Dan"), ("Ân", "Ăn"), ("Ña", "Nã")),
        *(("An Bình", "Anbình"), ("Thơ", "Thô")),
    ],
)
def test_different_names_do_not_match(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Thị Thu Hoa", NameParts("Nguyễn", "Thị Thu", "Hoa")),
        ("Lê An", NameParts("Lê", "", "An")),
        ("Ê", NameParts("", "", "Ê")),
        ("", NameParts("", "", "")),
    ],
)
def test_a_name_is_taken_apart_by_position(name: str, parts: NameParts) -> None:
    assert split(name) == parts


def test_lists_are_in_vietnamese_order_by_given_name() -> None:
    ordered = [
        *("Lê An", "Trần An", "Lê Văn Anh", "Đỗ Ánh", "Lê Ăn", "Bùi Ân", "Hồ Bình", "Lê Cường"),
        *("Lê Dung", "Lê Đức", "Lê Hoa", "Lê Hòa", "Lê Hoả", "Lê Hoã", "Lê Hóa", "Lê Hoạ"),
        *("Lê Ơn", "Lê Uyên", "Lê Ưng", "Lê Yến"),
    ]
    mixed = ordered[1::2] + ordered[::2]
    assert sorted(mixed, key=sort_key) == ordered


def test_same_given_and_family_names_are_ordered_by_what_stands_between() -> None:
    names = ["Lê Văn An", "Lê An", "Lê Thị An"]
    assert sorted(names, key=sort_key) == ["Lê An", "Lê Thị An", "Lê Văn An"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn T•• H••"),
        ("Hoa", "H••"),
        ("Y Ê̆ban", "Y Ê̆••"),
        ("Lê An", "Lê A••"),
    ],
)
def test_the_mask_shows_the_family_and_initials(name: str, shown: str) -> None:
    assert mask(name) == shown


def test_certificates_print_capitals() -> None:
    assert capitals("Đặng Thị Hòa ƀ ư̆") == "ĐẶNG THỊ HÒA Ƀ Ư̆"


@given(PERSONS)
def test_every_name_of_letters_is_read_and_read_again_the_same(name: str) -> None:
    assert read(read(name)) == read(name)


@given(PERSONS)
def test_keys_do_not_care_for_case_or_form(name: str) -> None:
    changed = unicodedata.normalize("NFD", name.upper())
    assert match_key(changed) == match_key(name)
    assert fold(changed) == fold(name)
    assert sort_key(changed) == sort_key(name)


@given(PERSONS)
def test_the_search_key_is_plain_letters(name: str) -> None:
    assert fold(name).replace(" ", "").isascii()


@given(st.text(max_size=30))
def test_any_text_is_a_name_or_is_refused_in_words(text: str) -> None:
    try:
        name = read(text)
    except (NameEmpty, NameTooLong, NameHasSigns, NameNotLatin) as refusal:
        words = refusal.text.format(**refusal.data)
    else:
        words = name
    assert words
