"""Dossier codes: written, recognised, and mended when a person types them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.dossier_code import (
    LARGEST_NUMBER,
    AgencyCodeUnsound,
    DossierCodeUnreadable,
    DossierNumberUnsound,
    is_valid,
    make,
    normalise,
    read,
)

AGENCIES = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2,4}){0,3}", fullmatch=True)
DAYS = st.dates(date(2018, 1, 1), date(2099, 12, 31))
NUMBERS = st.integers(1, LARGEST_NUMBER)


def test_the_first_dossier_of_a_day() -> None:
    assert make("H23.23.15", date(2023, 7, 10), 1) == "H23.23.15-230710-0001"


@pytest.mark.parametrize(
    ("number", "ending"), [(9_999, "-9999"), (10_000, "-10000"), (123_456, "-123456")]
)
def test_the_number_widens_past_9999_and_never_wraps(number: int, ending: str) -> None:
    assert make("H24.1128", date(2026, 11, 23), number).endswith(ending)


@pytest.mark.parametrize("number", [0, -1, LARGEST_NUMBER + 1])
def test_a_number_that_no_code_can_carry_is_refused(number: int) -> None:
    with pytest.raises(DossierNumberUnsound):
        make("H24", date(2026, 11, 23), number)


@pytest.mark.parametrize("agency", ["", "h24", "24", "H2", "H24.1", "H24.12345", "H24-1", "H24\n"])
def test_an_agency_code_of_another_shape_is_refused(agency: str) -> None:
    with pytest.raises(AgencyCodeUnsound):
        make(agency, date(2026, 11, 23), 1)


@pytest.mark.parametrize(
    "code",
    [
        "H23.23.15-230710-0001",
        "H55.242-260101-9999",
        "G15-261123-0001",
        "H24.12.34.5678-261123-123456",
        "000.00.15.H05-190304-0012",
        "000.00.15.H05-200229-1234567",
    ],
)
def test_codes_of_both_orders_are_known(code: str) -> None:
    assert is_valid(code)
    assert read(code) == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "H23",
        "H23.23.15-230710",
        "H23.23.15-230710-001",
        "H23.23.15-230710-1234567",
        "H23.23.15-230231-0001",
        "H23.23.15-231301-0001",
        "000.00.15.H05-210229-0001",
        "H23.23.15.11.12-230710-0001",
        "H23.23.15-230710-0001x",
        "H23.23.15-230710-0001\n1",
        "23.23.15-230710-0001",
        "H٢٣-230710-0001",
        "' OR 1=1 --",
    ],
)
def test_what_is_not_a_code_is_refused(code: str) -> None:
    with pytest.raises(DossierCodeUnreadable):
        read(code)


@pytest.mark.parametrize(
    "typed",
    [
        "h23.23.15-230710-0001",
        "  H23.23.15-230710-0001\n",
        "H23.23.15 230710 0001",
        "H23.23.15 - 230710 - 0001",
        "H23.23.15–230710—0001",
        "H23 . 23 . 15-230710-0001",
        "H23.23.15-23071O-OOO1",
        "H23.23.15-230710-000l",
        "Ｈ23.23.15-230710-0001",
        "H23.23.15-230710-0001\u200b",
        "H23.23.15--230710--0001",
        "H23.23.15_230710_0001",
    ],
)
def test_what_a_person_types_is_mended(typed: str) -> None:
    assert read(typed) == "H23.23.15-230710-0001"


@given(AGENCIES, DAYS, NUMBERS)
def test_every_code_we_write_is_read_back(agency: str, day: date, number: int) -> None:
    code = make(agency, day, number)
    assert is_valid(code)
    assert read(code.lower()) == code


@given(AGENCIES, DAYS, NUMBERS, NUMBERS)
def test_two_numbers_of_a_day_never_share_a_code(
    agency: str, day: date, one: int, two: int
) -> None:
    assert (make(agency, day, one) == make(agency, day, two)) == (one == two)


@given(st.text(max_size=40))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_is_refused(text: str) -> None:
    try:
        code = read(text)
    except DossierCodeUnreadable:
        return
    assert is_valid(code)
