"""What VNeID's claims say in our words (domain §5)."""

from collections.abc import Mapping
from typing import Any

from motcua.identity.rules.birth_date import from_vietnamese
from motcua.identity.rules.people import ProvenIdentity
from motcua.identity.rules.personal_number import is_personal_number
from motcua.identity.rules.phone import mobile
from motcua.identity.rules.refusals import NotAPerson, PhoneNotMobile, ProviderDistrusted

ORGANISATION = "2"
_SEXES = {"nam": "male", "nữ": "female"}
_LEVELS = {"1": 1, "2": 2, "loa1": 1, "loa2": 2}


def identity_of(claims: Mapping[str, Any]) -> ProvenIdentity:
    """Return who the claims speak of.

    Raises NotAPerson for an organisation's account, ProviderDistrusted when a claim that identifies
    the person is missing or malformed.
    """
    if _text(claims, "LoaiTaiKhoan") == ORGANISATION:
        raise NotAPerson
    number, name = _text(claims, "SoDinhDanh"), _text(claims, "HoVaTen")
    if not is_personal_number(number) or not name:
        raise ProviderDistrusted(reason="claims")
    return ProvenIdentity(
        subject=_text(claims, "TechID") or _text(claims, "sub"),
        personal_number=number,
        full_name=name,
        level=level_of(claims),
        birth_date=from_vietnamese(_text(claims, "NgaySinh")),
        sex=_SEXES.get(_text(claims, "GioiTinh").lower(), ""),
        phone=_mobile_or_nothing(_text(claims, "SoDienThoai")),
        email=_text(claims, "ThuDienTu"),
        address=_text(claims, "DiaChi"),
    )


def level_of(claims: Mapping[str, Any]) -> int:
    """Return the assurance level, the lower one when `loAs` and `acr` differ."""
    said = [_text(claims, "loAs"), _text(claims, "acr")]
    levels = [_LEVELS.get(level.lower(), 0) for level in said if level]
    if not levels or min(levels) == 0:
        raise ProviderDistrusted(reason="level")
    return min(levels)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return "" if value is None else str(value).strip()


def _mobile_or_nothing(number: str) -> str:
    """Return the number as E.164; a landline or a foreign one is no place for our SMS."""
    try:
        return mobile(number)
    except PhoneNotMobile:
        return ""
