"""Amounts in đồng."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.money import AmountUnreadable, AmountUnsound, read, show, total, vnd


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0 đ"), (999, "999 đ"), (10_000, "10.000 đ"), (1_234_567, "1.234.567 đ")],
)
def test_amounts_are_shown_with_points(amount: int, shown: str) -> None:
    assert show(amount) == shown


@pytest.mark.parametrize(
    "typed",
    ["10.000 đ", "10,000", "10000đ", "10 000 đồng", "10.000 VND", " 10000₫ ", "10\u00a0000"],
)
def test_an_amount_is_read_in_any_spelling(typed: str) -> None:
    assert read(typed) == 10_000


@pytest.mark.parametrize("typed", ["", "mười nghìn", "10.00", "1.0000", "-5", "10.5 đ", "10 USD"])
def test_what_is_no_whole_amount_is_refused(typed: str) -> None:
    with pytest.raises(AmountUnreadable):
        read(typed)


@pytest.mark.parametrize("amount", [-1, 10**15, 1.5, True])
def test_an_unsound_amount_is_refused(amount: Any) -> None:
    with pytest.raises(AmountUnsound):
        vnd(amount)


def test_amounts_add_up() -> None:
    assert total([8_000, 2_000, 0]) == 10_000
    assert total([]) == 0


def test_a_sum_cannot_hide_a_negative_amount() -> None:
    with pytest.raises(AmountUnsound):
        total([10_000, -1])


@given(st.integers(0, 10**15 - 1))
def test_what_is_shown_is_read_back(amount: int) -> None:
    assert read(show(amount)) == amount


def test_a_number_without_end_is_unsound_and_no_fault() -> None:
    for typed in ("9" * 5000, "1" + ".111" * 2000):
        with pytest.raises(AmountUnsound):
            read(typed)
