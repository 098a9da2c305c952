"""Amounts in đồng: whole numbers, never fractions, never below zero."""

import re
import unicodedata
from collections.abc import Iterable
from typing import ClassVar, Final, NewType

from motcua.kernel.refusal import Refusal, noop

Vnd = NewType("Vnd", int)

LARGEST: Final = 10**15
_DIGITS: Final = 30
_AMOUNT: Final = re.compile(r"(\d+|\d{1,3}(?:[.,\s]\d{3})+)\s*(?:đ|₫|đồng|vnd|vnđ)?", re.IGNORECASE)


class AmountUnsound(Refusal):
    """An amount below zero, too large, or not whole."""

    code: ClassVar[str] = "kernel.amount-unsound"
    text: ClassVar[str] = noop(
        "Số tiền phải là số nguyên đồng, không âm và nhỏ hơn một triệu tỷ. Hãy kiểm tra lại số tiền."
    )


class AmountUnreadable(Refusal):
    """A text that is not an amount of đồng."""

    code: ClassVar[str] = "kernel.amount-unreadable"
    text: ClassVar[str] = noop("Chưa đọc được số tiền. Hãy ghi bằng chữ số, ví dụ 10.000 đ.")


def vnd(amount: int) -> Vnd:
    """Return the amount in đồng; raises AmountUnsound."""
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount < LARGEST:
        raise AmountUnsound
    return Vnd(amount)


def read(text: str) -> Vnd:
    """Read an amount as people write it; raises AmountUnreadable, AmountUnsound.

    >>> read("10.000 đ"), read("1,500,000"), read("8000đ")
    (10000, 1500000, 8000)
    """
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise AmountUnreadable
    digits = re.sub(r"\D", "", found[1])
    if len(digits) > _DIGITS:  # of very many Python makes no number
        raise AmountUnsound
    return vnd(int(digits))


def show(amount: int) -> str:
    """Return the amount as people in Việt Nam read it.

    >>> show(10_000)
    '10.000 đ'
    """
    return f"{amount:,} đ".replace(",", ".")


def total(amounts: Iterable[int]) -> Vnd:
    """Return the sum of the amounts; raises AmountUnsound."""
    return vnd(sum(vnd(amount) for amount in amounts))
