"""Vietnamese text: a search key without diacritics, and numbers, dates and sums in words."""

import re
import unicodedata
from typing import ClassVar, Final

from motcua.kernel.partial_date import PartialDate
from motcua.kernel.refusal import Refusal, noop

# Letters whose stroke is not a combining mark, so that decomposition leaves them alone.
_STROKES: Final = str.maketrans(
    {"đ": "d", "ƀ": "b", "ħ": "h", "ł": "l", "ø": "o", "ı": "i", "ð": "d", "æ": "ae", "œ": "oe"}
)
_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION: Final = 10**9
_THOUSAND: Final = 1000
_APRIL: Final = 4


class NumberTooLarge(Refusal):
    """A number too large to be written in words on a paper."""

    code: ClassVar[str] = "kernel.number-too-large"
    text: ClassVar[str] = noop("Số quá lớn để viết bằng chữ. Hãy kiểm tra lại số tiền.")


def fold(text: str) -> str:
    """Return the search key of a text: lower case, no diacritics, đ as d, single spaces.

    Composed and decomposed input give the same key.

    >>> fold("  Đăng ký   KHAI SINH ")
    'dang ky khai sinh'
    """
    parts = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(plain.translate(_STROKES).split())


def number_in_words(number: int) -> str:
    """Write a whole number in Vietnamese words, as on official papers (nghìn, linh).

    >>> number_in_words(2026)
    'hai nghìn không trăm hai mươi sáu'
    >>> number_in_words(1_000_105)
    'một triệu một trăm linh năm'
    """
    if abs(number) >= _BILLION**2:
        raise NumberTooLarge
    if number < 0:
        return f"âm {number_in_words(-number)}"
    return " ".join(_spell(number, full=False)) or _DIGITS[0]


def date_in_words(moment: PartialDate) -> str:
    """Write a date in words for a certificate, saying only what is known of it.

    >>> date_in_words(PartialDate(2026, 11, 23))
    'Ngày hai mươi ba tháng mười một năm hai nghìn không trăm hai mươi sáu'
    """
    words = [f"năm {number_in_words(moment.year)}"]
    if moment.month:
        month = "tư" if moment.month == _APRIL else number_in_words(moment.month)
        words.insert(0, f"tháng {month}")
    if moment.day:
        words.insert(0, f"ngày {number_in_words(moment.day)}")
    return capitalised(" ".join(words))


def money_in_words(amount: int) -> str:
    """Write an amount of đồng in words, as on a receipt.

    >>> money_in_words(10_000)
    'Mười nghìn đồng'
    """
    return capitalised(f"{number_in_words(amount)} đồng")


def capitalised(text: str) -> str:
    """Return the text with its first letter in upper case and the rest untouched."""
    return re.sub(r"^\s*\w", lambda first: first.group().upper(), text)


def _spell(number: int, *, full: bool) -> list[str]:
    """Spell a number; `full` says the hundreds even when they are zero, because more stands before."""
    billions, rest = divmod(number, _BILLION)
    words = [*_spell(billions, full=full), "tỷ"] if billions else []
    for size, name in ((_THOUSAND**2, "triệu"), (_THOUSAND, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words += _group(group, full=full or bool(words))
            words += [name] if name else []
    return words


def _group(number: int, *, full: bool) -> list[str]:
    """Spell up to three digits."""
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    if tens == 0:
        linking = ["linh"] if words and units else []
        return words + linking + ([_DIGITS[units]] if units else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + _units(tens, units)


def _units(tens: int, units: int) -> list[str]:
    """Spell the last digit after a ten, where mốt, tư and lăm take over."""
    if units == 0:
        return []
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return [special.get(units, _DIGITS[units])]
