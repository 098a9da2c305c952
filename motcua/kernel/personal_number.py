"""Personal numbers (số định danh cá nhân): 12 digits, NĐ 137/2015/NĐ-CP Điều 13.

Three digits for the place of birth registration, one for century and sex, two for the year of birth,
six at random. There is no check digit, so a number can only look odd, never be proved wrong; numbers
are never changed, whatever becomes of the province.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, NewType

from motcua.kernel.partial_date import PartialDate
from motcua.kernel.refusal import Refusal, noop

PersonalNumber = NewType("PersonalNumber", str)
Sex = Literal["male", "female"]

# Codes of provinces (TT 07/2016/TT-BCA Điều 7); persons born abroad carry a country code from 100 on.
_PROVINCE_CODES: Final = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 "
    "037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 "
    "077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
)
PROVINCES: Final = frozenset(_PROVINCE_CODES.split())
_FIRST_COUNTRY: Final = "100"
_LENGTH: Final = 12
_OLD_LENGTH: Final = 9


class PersonalNumberUnreadable(Refusal):
    """A text that is not a number of twelve digits."""

    code: ClassVar[str] = "kernel.personal-number-unreadable"
    text: ClassVar[str] = noop(
        "Số định danh cá nhân có đúng 12 chữ số. Hãy xem số trên thẻ căn cước hoặc trong VNeID rồi "
        "nhập lại."
    )


class PersonalNumberOld(Refusal):
    """A nine-digit number of the old identity card, no longer valid since 2025."""

    code: ClassVar[str] = "kernel.personal-number-old"
    text: ClassVar[str] = noop(
        "Đây là số chứng minh nhân dân 9 số, hết giá trị từ 01/01/2025. Hãy nhập số định danh 12 số "
        "trên thẻ căn cước hoặc trong VNeID."
    )


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd about a number that a person should look at; it never blocks."""

    code: str
    text: str


PREFIX_UNKNOWN: Final = Doubt(
    "kernel.personal-number-prefix-unknown",
    noop("Ba số đầu không phải mã tỉnh, thành phố đã biết. Hãy so lại với thẻ căn cước."),
)
SEX_DIFFERS: Final = Doubt(
    "kernel.personal-number-sex-differs",
    noop("Chữ số thứ tư của số định danh không khớp với giới tính đã khai. Hãy kiểm tra cả hai."),
)
YEAR_DIFFERS: Final = Doubt(
    "kernel.personal-number-year-differs",
    noop("Số định danh không khớp với năm sinh đã khai. Hãy kiểm tra cả hai."),
)


def read(text: str) -> PersonalNumber:
    """Read a number, forgiving spaces, dots and dashes.

    Raises PersonalNumberUnreadable, PersonalNumberOld.

    >>> read("030 185.001 234")
    '030185001234'
    """
    plain = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text))
    if not (plain.isascii() and plain.isdigit()):
        raise PersonalNumberUnreadable
    if len(plain) == _OLD_LENGTH:
        raise PersonalNumberOld
    if len(plain) != _LENGTH:
        raise PersonalNumberUnreadable
    return PersonalNumber(plain)


def sex_of(number: PersonalNumber) -> Sex:
    """Return the sex that the fourth digit tells."""
    return "female" if int(number[3]) % 2 else "male"


def year_of(number: PersonalNumber) -> int:
    """Return the year of birth that the fourth to sixth digits tell."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def doubts(
    number: PersonalNumber, sex: Sex | None = None, birth: PartialDate | None = None
) -> list[Doubt]:
    """Return what is odd about the number beside the declared sex and birth; None: not declared.

    >>> doubts(PersonalNumber("030185001234"), "female", PartialDate(1985))
    []
    """
    prefix = number[:3]
    found = [PREFIX_UNKNOWN] if prefix < _FIRST_COUNTRY and prefix not in PROVINCES else []
    if sex is not None and sex_of(number) != sex:
        found.append(SEX_DIFFERS)
    if birth is not None and year_of(number) != birth.year:
        found.append(YEAR_DIFFERS)
    return found


def mask(number: PersonalNumber) -> str:
    """Return the number with its middle hidden.

    >>> mask(PersonalNumber("030185001289"))
    '0301••••••89'
    """
    return f"{number[:4]}••••••{number[-2:]}"


def show(number: PersonalNumber) -> str:
    """Return the number in groups that can be read aloud.

    >>> show(PersonalNumber("030185001289"))
    '030 185 001 289'
    """
    return " ".join(number[start : start + 3] for start in range(0, _LENGTH, 3))
