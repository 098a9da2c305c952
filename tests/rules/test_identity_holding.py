"""Whose a number is, and when two ways of signing in are one person's (docs/why/0028)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.identity.rules.holding import (
    SILENT,
    Known,
    fell_silent,
    knows_birth_date,
    must_be_one_person,
)
from motcua.identity.rules.refusals import AnotherPerson

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
HOA = Known(
    full_name="Nguyễn Thị Hoa",
    birth_date="1994-05-02",
    personal_number="030194000001",
    verified=True,
)


def one_person(name="Nguyễn Thị Hoa", birth="1994", number=""):
    try:
        must_be_one_person(Known(full_name=name, birth_date=birth, personal_number=number), HOA)
    except AnotherPerson:
        return False
    return True


def test_a_number_used_sixty_days_ago_is_still_its_accounts():
    assert not fell_silent(NOON - SILENT, NOON)
    assert fell_silent(NOON - SILENT - timedelta(seconds=1), NOON)
    assert fell_silent(None, NOON)


@pytest.mark.parametrize(
    ("told", "known", "right"),
    [("1960", "1960", True), ("1960-03-01", "1960", True), ("1960", "1960-03-01", False),
     ("1961", "1960", False), ("1960-03-02", "1960-03-01", False), ("", "1960", False), ("1960", "", False)],
)  # fmt: skip
def test_a_birth_date_is_said_no_less_exactly_than_it_is_known(told, known, right):
    assert knows_birth_date(told, known) is right


def test_a_told_number_decides_alone():
    assert one_person(name="Tên Gọi Ở Nhà", birth="", number="030194000001")
    assert not one_person(number="030194000002")


def test_without_a_number_name_and_birth_date_must_agree():
    assert one_person(name="nguyễn thị hoa")
    assert not one_person(name="Nguyễn Thị Hòa")
    assert not one_person(birth="1995")
    assert not one_person(birth="")


@given(st.text("0123456789", min_size=12, max_size=12).filter(lambda n: n != HOA.personal_number))
def test_no_other_number_is_ever_the_same_person(number):
    assert not one_person(number=number)
