"""Vietnamese as it is read aloud: no figure, code, date or abbreviation that a voice would stumble over."""

import re
from collections.abc import Callable
from typing import Final

from motcua.kernel.partial_date import PartialDate
from motcua.kernel.refusal import Refusal
from motcua.kernel.vietnamese import date_in_words, number_in_words

PACE: Final = 180
"""Syllables a minute of somebody who reads for a loudspeaker: slower than the news."""

_DIGITS: Final = {
    "0": "không", "1": "một", "2": "hai", "3": "ba", "4": "bốn",
    "5": "năm", "6": "sáu", "7": "bảy", "8": "tám", "9": "chín",
}  # fmt: skip
_LETTERS: Final = {
    "A": "a", "B": "bê", "C": "xê", "D": "đê", "E": "e", "G": "giê", "H": "hát", "I": "i",
    "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "P": "pê", "Q": "quy", "R": "rờ", "S": "sờ",
    "T": "tê", "V": "vê", "X": "ích",
}  # fmt: skip
_SHORT: Final = {
    "UBND": "Ủy ban nhân dân",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "CCCD": "căn cước công dân",
    "CMND": "chứng minh nhân dân",
    "TP.": "thành phố",
    "VNĐ": "đồng",
    "PDF": "pê đê ép",
}
_LONG_NUMBER: Final = 5
"""From so many figures on a number is a code, and is read figure by figure."""


def digits(text: str) -> str:
    """Return figures read one by one, groups kept apart by commas.

    >>> digits("0220 000 0284")
    'không hai hai không, không không không, không hai tám bốn'
    """
    groups = re.findall(r"\d+", text)
    return ", ".join(" ".join(_DIGITS[digit] for digit in group) for group in groups)


def address(url: str) -> str:
    """Return a web address as it is said: no scheme, dots and strokes by name.

    >>> address("https://dichvucong.haiphong.gov.vn/q/khai-sinh")
    'dichvucong chấm haiphong chấm gov chấm vn, gạch chéo q, gạch chéo khai, gạch ngang, sinh'
    """
    bare = url.split("://", maxsplit=1)[-1].strip("/")
    signs = {".": " chấm ", "/": ", gạch chéo ", "-": ", gạch ngang, ", ":": ", hai chấm, "}
    said = "".join(signs.get(sign, sign) for sign in bare)
    return _tidy(re.sub(r"\d+", lambda found: f" {digits(found[0])} ", said))


def spoken(text: str) -> str:
    """Return a text with everything in words that a voice can read straight off.

    >>> spoken("Nộp trước 15:00 ngày 01/07/2026: lệ phí 10.000 đồng (mã 1.000689).")
    'Nộp trước mười lăm giờ ngày một tháng bảy năm hai nghìn không trăm hai mươi sáu: lệ phí mười nghìn đồng, mã một chấm không không không sáu tám chín.'
    """
    text = text.replace("\u00a0", " ")
    for short, whole in _SHORT.items():
        text = re.sub(rf"\b{re.escape(short)}(?!\w)", whole, text)
    for pattern, say in _SAID:
        text = pattern.sub(say, text)
    return _tidy(text)


def syllables(text: str) -> int:
    """Return how many syllables a text in words has: Vietnamese writes each apart."""
    return sum(any(letter.isalpha() for letter in word) for word in text.split())


def _date(found: re.Match[str]) -> str:
    day, month, year = (int(part) for part in found.groups())
    return _day_words(found[0], year, month, day)


def _month(found: re.Match[str]) -> str:
    return _day_words(found[0], int(found[2]), int(found[1]))


def _day_words(written: str, *parts: int) -> str:
    """Return a date in words; what only looks like one stays as it is, for the numbers to be read."""
    try:
        said = date_in_words(PartialDate(*parts))
    except (Refusal, ValueError):
        return written
    return said[:1].lower() + said[1:]


def _time(found: re.Match[str]) -> str:
    hour, minute = number_in_words(int(found[1])), int(found[2])
    return f"{hour} giờ {number_in_words(minute)} phút" if minute else f"{hour} giờ"


def _amount(found: re.Match[str]) -> str:
    return number_in_words(int(found[0].replace(".", "")))


def _number(found: re.Match[str]) -> str:
    told = found[0]
    if len(told) >= _LONG_NUMBER or (told.startswith("0") and len(told) > 2):  # noqa: PLR2004 - 01/07
        return digits(told)
    return number_in_words(int(told))


def _code(found: re.Match[str]) -> str:
    signs = {**_LETTERS, **_DIGITS}
    return " ".join(signs.get(sign, sign) for sign in found[0])


def _dotted(found: re.Match[str]) -> str:
    return f"{digits(found[1])} chấm {digits(found[2])}"


_SAID: Final[list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]] = [
    (re.compile(r"(?:\b[Nn]gày )?\b(\d{1,2})/(\d{1,2})/(\d{4})\b"), _date),
    (re.compile(r"(?:\btháng )?\b(\d{1,2})/(\d{4})\b"), _month),
    (re.compile(r"\b(\d)\.(\d{6})\b"), _dotted),
    (re.compile(r"(?<=\d) ?[–-] ?(?=\d)"), " đến "),
    (re.compile(r"\b(\d{1,2})[:h](\d{2})\b"), _time),
    (re.compile(r"\b\d{1,3}(?:\.\d{3})+\b"), _amount),
    (re.compile(r"(?<=\d) ?(?:đ|₫)(?!\w)"), " đồng"),
    (re.compile(r"(?<=[a-zà-ỹ]) (?:đ|₫)(?!\w)"), " đồng"),
    (re.compile(r"\b(?=[A-Z]*\d)[A-Z]+\d+[A-Z0-9]*\b"), _code),
    (re.compile(r"(?<=\d),(?=\d)"), " phẩy "),
    (re.compile(r"\d+"), _number),
    (re.compile(r" ?%"), " phần trăm"),
    (re.compile(r"\s?[(/–]\s?|\s?-\s"), ", "),
    (re.compile(r"\s?\)(?=[.,;:!?])"), ""),
    (re.compile(r"\s?\)\s?"), ", "),
    (re.compile(r"[“”\"*]"), ""),
    (re.compile(r"…"), "..."),
]


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    text = re.sub(r"(?:,\s*)+(?=[,.;:!?])", "", text)
    return text.strip(" ,")
