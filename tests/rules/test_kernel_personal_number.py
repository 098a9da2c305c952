"""Personal numbers: twelve digits, doubts that never block, a mask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.partial_date import PartialDate
from motcua.kernel.personal_number import (
    PREFIX_UNKNOWN,
    PROVINCES,
    SEX_DIFFERS,
    YEAR_DIFFERS,
    Doubt,
    PersonalNumber,
    PersonalNumberOld,
    PersonalNumberUnreadable,
    Sex,
    doubts,
    mask,
    read,
    sex_of,
    show,
    year_of,
)

MOTHER = PersonalNumber("030195001234")


@pytest.mark.parametrize(
    "typed",
    [
        *("030195001234", " 030 195 001 234 ", "030.195.001.234", "030-195-001234"),
        *("０３０１９５００１２３４", "030195001234\n", "030\u00a0195\u00a0001234"),
    ],
)
def test_a_number_is_read_in_any_spelling(typed: str) -> None:
    assert read(typed) == MOTHER


@pytest.mark.parametrize(
    "typed", ["", "03019500123", "0301950012345", "03019500123A", "١٢٣٤٥٦٧٨٩٠١٢", "030195/001234"]
)
def test_what_is_not_twelve_digits_is_refused(typed: str) -> None:
    with pytest.raises(PersonalNumberUnreadable):
        read(typed)


def test_the_old_nine_digit_number_is_recognised_and_the_way_on_is_said() -> None:
    with pytest.raises(PersonalNumberOld) as refused:
        read("142 345 678")
    assert "12 số" in refused.value.text


def test_a_refusal_never_carries_the_number_itself() -> None:
    with pytest.raises(PersonalNumberUnreadable) as refused:
        read("03019500123")
    assert "0301950" not in str(refused.value)


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("030095001234", "male", 1995),
        ("030195001234", "female", 1995),
        ("031226001234", "male", 2026),
        ("031326001234", "female", 2026),
        ("031900001234", "female", 2300),
    ],
)
def test_the_fourth_digit_tells_century_and_sex(number: str, sex: Sex, year: int) -> None:
    found = PersonalNumber(number)
    assert (sex_of(found), year_of(found)) == (sex, year)


def test_a_number_that_fits_leaves_no_doubt() -> None:
    assert doubts(MOTHER, "female", PartialDate(1995, 5, 20)) == []


@pytest.mark.parametrize(
    ("sex", "birth", "expected"),
    [
        ("male", PartialDate(1995), [SEX_DIFFERS]),
        ("female", PartialDate(1996), [YEAR_DIFFERS]),
        ("female", PartialDate(2095 - 100 + 1), [YEAR_DIFFERS]),
        ("male", PartialDate(2000), [SEX_DIFFERS, YEAR_DIFFERS]),
        (None, None, []),
    ],
)
def test_what_does_not_fit_is_a_doubt(
    sex: Sex | None, birth: PartialDate | None, expected: list[Doubt]
) -> None:
    assert doubts(MOTHER, sex, birth) == expected


def test_the_same_two_digits_of_another_century_are_a_doubt() -> None:
    child = PersonalNumber("031326001234")
    assert doubts(child, "female", PartialDate(1926)) == [YEAR_DIFFERS]


def test_an_unknown_province_is_a_doubt_but_a_foreign_country_is_not() -> None:
    assert doubts(PersonalNumber("003195001234")) == [PREFIX_UNKNOWN]
    assert doubts(PersonalNumber("102195001234")) == []


def test_all_63_old_provinces_are_known() -> None:
    assert len(PROVINCES) == 63
    assert {"001", "030", "031", "079", "096"} <= PROVINCES


def test_the_mask_hides_the_middle() -> None:
    assert mask(PersonalNumber("030195001289")) == "0301••••••89"


def test_it_is_shown_in_groups_to_read_aloud() -> None:
    assert show(MOTHER) == "030 195 001 234"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_any_twelve_digits_are_accepted_and_keep_their_value(digits: str) -> None:
    number = read(show(PersonalNumber(digits)))
    assert number == digits
    assert doubts(number, sex_of(number)) in ([], [PREFIX_UNKNOWN])
