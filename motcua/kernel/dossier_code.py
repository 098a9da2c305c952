"""Dossier codes: `<agency>-<yymmdd>-<nnnn>` (TT 01/2018/TT-VPCP Điều 19).

The number runs per agency and day; past 9,999 it grows wider instead of starting again. Nothing may
be concluded from the parts of a code: agencies merge and codes stay, so the agency is kept beside it.
"""

import re
import unicodedata
from datetime import date
from typing import ClassVar, Final, NewType

from motcua.kernel.refusal import Refusal, noop

DossierCode = NewType("DossierCode", str)

LARGEST_NUMBER: Final = 999_999
# Since QĐ 20/2020/QĐ-TTg the largest unit comes first; from 2018 to 2020 it came last.
_AGENCY: Final = r"[A-Z]\d{2}(?:\.\d{2,4}){0,3}"
_AGENCY_OLD: Final = r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"
_CODE: Final = re.compile(rf"(?:{_AGENCY}-(\d{{6}})-\d{{4,6}}|{_AGENCY_OLD}-(\d{{6}})-\d{{4,9}})")
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D_]")
_HIDDEN: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_LOOKALIKES: Final = str.maketrans("OIL", "011")


class DossierCodeUnreadable(Refusal):
    """A text that is not a dossier code."""

    code: ClassVar[str] = "kernel.dossier-code-unreadable"
    text: ClassVar[str] = noop(
        "Mã hồ sơ chưa đúng. Mã có dạng H23.23.15-230710-0001 và được in trên giấy tiếp nhận hồ sơ; "
        "hãy nhập lại đủ ba phần, cách nhau bằng dấu gạch ngang."
    )


class DossierNumberUnsound(Refusal):
    """A running number that cannot stand in a code."""

    code: ClassVar[str] = "kernel.dossier-number-unsound"
    text: ClassVar[str] = noop("Số thứ tự hồ sơ phải từ 1 đến 999.999. Hãy báo người quản trị.")


class AgencyCodeUnsound(Refusal):
    """An agency code that cannot stand in a dossier code."""

    code: ClassVar[str] = "kernel.agency-code-unsound"
    text: ClassVar[str] = noop(
        "Mã cơ quan {agency} chưa đúng. Hãy ghi một chữ cái và hai chữ số, rồi các nhóm số cách nhau "
        "bằng dấu chấm, ví dụ H23.23.15."
    )


def make(agency: str, day: date, number: int) -> DossierCode:
    """Write the code of the `number`-th dossier received by the agency on `day`.

    Raises AgencyCodeUnsound, DossierNumberUnsound.

    >>> make("H23.23.15", date(2023, 7, 10), 1)
    'H23.23.15-230710-0001'
    >>> make("H23.23.15", date(2023, 7, 10), 12_345)
    'H23.23.15-230710-12345'
    """
    if not is_agency_code(agency):
        raise AgencyCodeUnsound(agency=agency)
    if not 1 <= number <= LARGEST_NUMBER:
        raise DossierNumberUnsound(number=number)
    return DossierCode(f"{agency}-{day:%y%m%d}-{number:04d}")


def is_agency_code(text: str) -> bool:
    """Tell whether the text is an agency code in the order of QĐ 20/2020."""
    return bool(re.fullmatch(_AGENCY, text, re.ASCII))


def is_valid(text: str) -> bool:
    """Tell whether the text is exactly a dossier code, in the new or the old order."""
    found = re.fullmatch(_CODE, text) if text.isascii() else None
    return bool(found) and _is_date(found[1] or found[2]) if found else False


def normalise(text: str) -> str:
    """Return what a person typed as it was probably meant; the result need not be valid.

    Spaces, lower case, long dashes, invisible signs and letters typed for digits are mended.

    >>> normalise(" h23.23.15 – 23071O - 0001 ")
    'H23.23.15-230710-0001'
    """
    plain = _DASHES.sub("-", _HIDDEN.sub("", unicodedata.normalize("NFKC", text)))
    plain = re.sub(r"\s*([.-])[\s-]*", r"\1", plain.strip().upper())
    plain = re.sub(r"\s+", "-", plain)
    agency, dash, rest = plain.partition("-")
    return f"{agency}{dash}{rest.translate(_LOOKALIKES)}"


def read(text: str) -> DossierCode:
    """Read a code as a person typed it; raises DossierCodeUnreadable."""
    code = normalise(text)
    if not is_valid(code):
        raise DossierCodeUnreadable
    return DossierCode(code)


def _is_date(digits: str) -> bool:
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return False
    return True
