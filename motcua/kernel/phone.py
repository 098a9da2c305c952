"""Vietnamese telephone numbers, kept as E.164 (+84…).

Mobile numbers have ten digits since the renumbering of 2018; the prefix does not tell the network,
because numbers can be ported. Landlines are kept as a contact only: they receive no SMS.
"""

import re
import unicodedata
from typing import ClassVar, Final, NewType

from motcua.kernel.refusal import Refusal, noop

Phone = NewType("Phone", str)

# The eleven-digit prefixes that ended in 2018 and what they became.
RENUMBERED: Final = {
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0162": "032",
    "0163": "033",
    "0164": "034",
    "0165": "035",
    "0166": "036",
    "0167": "037",
    "0168": "038",
    "0169": "039",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}
_MOBILE: Final = re.compile(r"0[35789]\d{8}")
_LANDLINE: Final = re.compile(r"02\d{9,10}")
_ABROAD: Final = re.compile(r"^(?:\+84|0084|84(?=[235789]\d{8,10}$|1\d{9}$))0?")
_OLD_LENGTH: Final = 11


class PhoneUnreadable(Refusal):
    """A text that is not a telephone number of Việt Nam."""

    code: ClassVar[str] = "kernel.phone-unreadable"
    text: ClassVar[str] = noop(
        "Số điện thoại chưa đúng. Hãy nhập đủ 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09, "
        "ví dụ 0912 345 678."
    )


class PhoneRenumbered(Refusal):
    """A mobile number with one of the eleven-digit prefixes that ended in 2018."""

    code: ClassVar[str] = "kernel.phone-renumbered"
    text: ClassVar[str] = noop(
        "Đầu số {old} đã đổi thành {new} từ năm 2018. Hãy nhập lại số điện thoại với đầu số {new}."
    )


class PhoneLandline(Refusal):
    """A landline where a mobile number is needed, because a message will be sent to it."""

    code: ClassVar[str] = "kernel.phone-landline"
    text: ClassVar[str] = noop(
        "Đây là số máy bàn nên không nhận được tin nhắn. Hãy nhập số di động, ví dụ 0912 345 678."
    )


def read(text: str) -> Phone:
    """Read a mobile number in any usual spelling.

    Raises PhoneUnreadable, PhoneRenumbered (with the new prefix), PhoneLandline.

    >>> read("(+84) 912.345.678")
    '+84912345678'
    """
    national = _national(text)
    if _LANDLINE.fullmatch(national):
        raise PhoneLandline
    if not _MOBILE.fullmatch(national):
        raise PhoneUnreadable
    return Phone(f"+84{national[1:]}")


def read_contact(text: str) -> Phone:
    """Read a mobile number or a landline, for a person to ring; raises as `read`."""
    national = _national(text)
    if not (_MOBILE.fullmatch(national) or _LANDLINE.fullmatch(national)):
        raise PhoneUnreadable
    return Phone(f"+84{national[1:]}")


def show(phone: Phone) -> str:
    """Return the number as people in Việt Nam write it.

    >>> show(Phone("+84912345678"))
    '0912 345 678'
    """
    number = _domestic(phone)
    return f"{number[:4]} {number[4:7]} {number[7:]}"


def mask(phone: Phone) -> str:
    """Return the number with its middle hidden.

    >>> mask(Phone("+84912345678"))
    '091••••678'
    """
    number = _domestic(phone)
    return f"{number[:3]}{'•' * (len(number) - 6)}{number[-3:]}"


def _domestic(phone: Phone) -> str:
    return f"0{phone.removeprefix('+84')}"


def _national(text: str) -> str:
    """Return the digits with a leading 0; refuse prefixes that have been renumbered."""
    plain = re.sub(r"[\s.()\-\u2010-\u2015/]", "", unicodedata.normalize("NFKC", text))
    national = _ABROAD.sub("0", plain)
    if not national.isascii() or not national.isdigit():
        raise PhoneUnreadable
    new = RENUMBERED.get(national[:4])
    if new and len(national) == _OLD_LENGTH:
        raise PhoneRenumbered(old=national[:4], new=new)
    return national
