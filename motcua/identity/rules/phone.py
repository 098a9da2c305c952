"""Mobile numbers of Viet Nam (domain §6.4): 10 digits since the re-numbering of 2018."""

import re

from motcua.identity.rules.refusals import PhoneNotMobile

_MOBILE = re.compile(r"0[35789][0-9]{8}")


def mobile(typed: str) -> str:
    """Return a typed mobile number as E.164 (`+84912345678`).

    Spaces, dots, dashes and brackets are forgiven; `+84`, `84` and `0084` stand for the leading 0.
    Raises PhoneNotMobile when no SMS can reach it.
    """
    digits = re.sub(r"[\s.\-()\u00a0]", "", typed)
    local = re.sub(r"^(?:\+84|0084|84)0?(?=[35789][0-9]{8}$)", "0", digits)
    if not _MOBILE.fullmatch(local):
        raise PhoneNotMobile
    return "+84" + local[1:]


def spoken(e164: str) -> str:
    """Return a number as people write it: `0912 345 678`."""
    local = "0" + e164.removeprefix("+84") if e164.startswith("+84") else e164
    return f"{local[:4]} {local[4:7]} {local[7:]}".strip()


def masked(e164: str) -> str:
    """Return a number that its owner recognises and nobody else learns: `0912 ••• 678`."""
    local = spoken(e164)
    return f"{local[:4]} ••• {local[-3:]}"
