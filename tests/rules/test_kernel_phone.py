"""Vietnamese telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.phone import (
    RENUMBERED,
    Phone,
    PhoneLandline,
    PhoneRenumbered,
    PhoneUnreadable,
    mask,
    read,
    read_contact,
    show,
)


@pytest.mark.parametrize(
    "typed",
    [
        *("0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "(0912) 345 678"),
        *("+84912345678", "+84 912 345 678", "84912345678", "0084912345678", "+84 (0)912345678"),
        *("０９１２３４５６７８", "0912–345–678", "\u00a00912345678"),
    ],
)
def test_a_mobile_number_is_read_in_any_spelling(typed: str) -> None:
    assert read(typed) == "+84912345678"


@pytest.mark.parametrize("typed", ["0841234567", "+84841234567", "84841234567"])
def test_a_number_that_begins_with_084_is_not_taken_for_the_country_code(typed: str) -> None:
    assert read(typed) == "+84841234567"


@pytest.mark.parametrize(
    "typed",
    [
        *("", "abc", "091234567", "09123456789", "0112345678", "0612345678", "912345678"),
        *("+85512345678", "113", "0912345678x", "٠٩١٢٣٤٥٦٧٨"),
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(PhoneUnreadable):
        read(typed)


@pytest.mark.parametrize("typed", ["01681234567", "+841681234567", "0168 123 4567", "841681234567"])
def test_an_old_prefix_is_told_its_new_one(typed: str) -> None:
    with pytest.raises(PhoneRenumbered) as refused:
        read(typed)
    assert refused.value.data == {"old": "0168", "new": "038"}


def test_all_old_prefixes_have_a_new_one_of_their_own() -> None:
    assert len(RENUMBERED) == len(set(RENUMBERED.values())) == 21


@given(st.sampled_from(sorted(RENUMBERED)), st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_the_new_number_is_a_mobile_number(old: str, rest: str) -> None:
    assert read(RENUMBERED[old] + rest) == f"+84{RENUMBERED[old][1:]}{rest}"


def test_a_landline_cannot_receive_a_message() -> None:
    with pytest.raises(PhoneLandline):
        read("0220 3734 567")


def test_a_landline_can_be_a_contact() -> None:
    assert read_contact("(0220) 3734 567") == "+842203734567"


def test_a_contact_must_still_be_a_number() -> None:
    with pytest.raises(PhoneUnreadable):
        read_contact("0220 373")


def test_a_refusal_never_carries_the_number_itself() -> None:
    with pytest.raises(PhoneRenumbered) as refused:
        read("01681234567")
    assert "1234567" not in str(refused.value)


@pytest.mark.parametrize(
    ("phone", "shown"), [("+84912345678", "0912 345 678"), ("+842203734567", "0220 373 4567")]
)
def test_it_is_shown_in_groups(phone: str, shown: str) -> None:
    assert show(Phone(phone)) == shown


def test_the_mask_hides_the_middle() -> None:
    assert mask(Phone("+84912345678")) == "091••••678"


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_number_is_one_however_it_is_shown(national: str) -> None:
    phone = read(national)
    assert read(show(phone)) == read(phone) == read(phone[1:]) == phone
