"""Email addresses: a plain check of the form, one spelling of the domain, and a mask.

Whether an address works is known only when a message to it arrives.
"""

import re
import unicodedata
from typing import ClassVar, Final, NewType

from motcua.kernel.refusal import Refusal, noop

Email = NewType("Email", str)

_LONGEST: Final = 254
_LOCAL: Final = re.compile(
    r"(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII
)
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})")


class EmailUnreadable(Refusal):
    """A text that is not an email address."""

    code: ClassVar[str] = "kernel.email-unreadable"
    text: ClassVar[str] = noop(
        "Địa chỉ thư điện tử (email) chưa đúng. Hãy ghi đủ phần tên, dấu @ và phần sau, "
        "ví dụ hoa.nguyen@gmail.com."
    )


class EmailWithDiacritics(Refusal):
    """Vietnamese letters with marks in an address, usually left by the keyboard."""

    code: ClassVar[str] = "kernel.email-with-diacritics"
    text: ClassVar[str] = noop(
        "Địa chỉ thư điện tử (email) không có dấu tiếng Việt. Hãy tắt bộ gõ tiếng Việt rồi nhập lại."
    )


def read(text: str) -> Email:
    """Read an address: spaces around it dropped, the domain in lower case.

    Raises EmailUnreadable, EmailWithDiacritics.

    >>> read(" Hoa.Nguyen@Gmail.COM ")
    'Hoa.Nguyen@gmail.com'
    """
    plain = unicodedata.normalize("NFC", text).strip()
    local, at, domain = plain.rpartition("@")
    domain = domain.lower()
    if not plain.isascii():
        raise EmailWithDiacritics if plain.replace("@", "").isprintable() else EmailUnreadable
    if not at or len(plain) > _LONGEST or not _LOCAL.fullmatch(local):
        raise EmailUnreadable
    if not _DOMAIN.fullmatch(domain):
        raise EmailUnreadable
    return Email(f"{local}@{domain}")


def mask(email: Email) -> str:
    """Return the address with most of its name hidden.

    >>> mask(Email("hoa.nguyen@gmail.com"))
    'h•••@gmail.com'
    """
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}•••@{domain}"
