"""Passwords by NIST SP 800-63B-4: long and not well known; nothing else is asked for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules import passwords
from motcua.agencies.rules.access_refusals import PasswordTooLong, PasswordWellKnown, UsernameTaken
from motcua.agencies.rules.appointing import checked_name, needs_two
from motcua.agencies.rules.passkeys import site_of, went_back
from motcua.agencies.rules.refusals import PasswordTooShort
from motcua.agencies.rules.roles import Role
from motcua.agencies.rules.second_factor import bare_code, new_code

OWN = ("ho-tich.thanh-mien", "Trịnh Đức Thuận", "Ủy ban nhân dân xã Thanh Miện")
KNOWN = {"password", "qwertyuiop1234567", "iloveyou"}


def check(password):
    passwords.check(password, own=OWN, known=KNOWN)


@pytest.mark.parametrize(
    "password",
    ["lua dong que sen", "bốn con trâu ăn cỏ", "correct horse battery", "xe đạp màu tím 1987!"],
)
def test_a_sentence_of_ones_own_is_enough_without_any_mixture_of_signs(password):
    check(password)


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop1234567",
        "passwordpassword",
        "Password12345678",
        "iloveyouiloveyou",
        "123456789012345",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaa",
        "mật khẩu mật khẩu",
        "emyeuanh20112026",
    ],
)
def test_what_everybody_uses_is_refused(password):
    with pytest.raises(PasswordWellKnown):
        check(password)


@pytest.mark.parametrize(
    "password",
    ["Trịnh Đức Thuận 1", "ho-tich.thanh-mien", "UBND xã Thanh Miện 2026", "motcua-thuan-2026"],
)
def test_little_more_than_ones_own_names_is_refused(password):
    with pytest.raises(PasswordWellKnown):
        check(password)


def test_fourteen_signs_are_too_few_and_two_hundred_and_fifty_seven_too_many():
    with pytest.raises(PasswordTooShort):
        check("lua dong quese")
    with pytest.raises(PasswordTooLong):
        check("lúa đồng quê sen " * 16)


@given(st.text(min_size=1, max_size=40))
def test_two_keyboards_spell_one_password(text):
    parts = unicodedata.normalize("NFD", text)
    assert passwords.normal(parts) == passwords.normal(passwords.normal(text))


def test_a_code_on_paper_is_read_with_the_slips_of_who_types_it():
    code = new_code()
    assert len(code) == 19
    assert bare_code(f" {code.lower().replace('O', '0').replace('I', '1')} ") == bare_code(code)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://dichvu.example.vn", "https://dichvu.example.vn"),
        ("http://127.0.0.1:8000", "http://localhost:8000"),
        ("http://dichvu.example.vn", None),
        ("https://203.0.113.7", None),
    ],
)
def test_keys_belong_to_a_name_under_https(url, origin):
    found = site_of(url)
    assert (found and found.origin) == origin


@pytest.mark.parametrize(
    ("known", "told", "back"), [(0, 0, False), (0, 1, False), (5, 6, False), (5, 5, True), (5, 0, True)]
)  # fmt: skip
def test_a_counter_only_goes_on(known, told, back):
    assert went_back(known, told) is back


def test_who_signs_and_who_gives_posts_is_appointed_by_two():
    assert {role for role in Role if needs_two(role)} == {Role.LEADER, Role.ADMINISTRATOR}


@pytest.mark.parametrize("name", ["", "ab", "Tên Tôi", "a..b", "-ab", "x" * 81])
def test_a_user_name_is_plain(name):
    with pytest.raises(UsernameTaken):
        checked_name(name)
