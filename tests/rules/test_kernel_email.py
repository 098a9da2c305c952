"""Email addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.email import Email, EmailUnreadable, EmailWithDiacritics, mask, read


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("hoa@example.vn", "hoa@example.vn"),
        (" Hoa.Nguyen@Gmail.COM\n", "Hoa.Nguyen@gmail.com"),
        ("hoa+khaisinh@mail.haiphong.gov.vn", "hoa+khaisinh@mail.haiphong.gov.vn"),
        ("o'neill_1-2@a-b.vn", "o'neill_1-2@a-b.vn"),
        ("a@xn--tcua-1ta.vn", "a@xn--tcua-1ta.vn"),
    ],
)
def test_an_address_is_read_and_its_domain_lowered(typed: str, address: str) -> None:
    assert read(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        *("", "hoa", "@example.vn", "hoa@", "hoa@example", "hoa@@example.vn", "a@b@example.vn"),
        *("hoa @example.vn", "hoa.@example.vn", ".hoa@example.vn", "ho..a@example.vn"),
        *(
            "hoa@-example.vn",
            "hoa@example-.vn",
            "hoa@exa_mple.vn",
            "hoa@example..vn",
            "hoa@1.2.3.4",
        ),
        *("hoa@example.vn\nBcc: x@y.vn", "a" * 65 + "@example.vn", "a@" + "b." * 130 + "vn"),
        *("hoa@example.vn,an@example.vn", "<hoa@example.vn>"),
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(EmailUnreadable):
        read(typed)


@pytest.mark.parametrize("typed", ["hòa@example.vn", "hoa@vídụ.vn", "nguyễn.hoa@gmail.com"])
def test_vietnamese_marks_are_told_apart(typed: str) -> None:
    with pytest.raises(EmailWithDiacritics):
        read(typed)


def test_the_mask_keeps_the_first_letter_and_the_domain() -> None:
    assert mask(Email("hoa.nguyen@gmail.com")) == "h•••@gmail.com"


@given(st.text(max_size=60))
def test_no_address_can_break_a_header(text: str) -> None:
    try:
        address = read(text)
    except (EmailUnreadable, EmailWithDiacritics):
        return
    assert address.isascii()
    assert not any(sign.isspace() or sign in '<>,;"' for sign in address)
