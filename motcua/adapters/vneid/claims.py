"""What VNeID's claims say in our words (domain §5)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from motcua.identity.rules.people import ProvenIdentity, ProvenOrganisation
from motcua.identity.rules.refusals import ProviderDistrusted
from motcua.kernel import partial_date, personal_number, phone
from motcua.kernel.refusal import Refusal

ORGANISATION = "2"
_CODE = re.compile(r"[0-9]{10}(-?[0-9]{3})?")  # a tax code, of a branch with three digits more
_SEXES = {"nam": "male", "nữ": "female"}
_LEVELS = {"1": 1, "2": 2, "loa1": 1, "loa2": 2}


def identity_of(claims: Mapping[str, Any]) -> ProvenIdentity:
    """Return who the claims speak of.

    An organisation's account (NĐ 69/2024) names the person who uses it and the organisation they act for. That it
    tells the person's number and name in the same claims as a person's own account is [U].
    Raises ProviderDistrusted when a claim that identifies the person or the organisation is missing or malformed.
    """
    number = _read_or_nothing(personal_number.read, _text(claims, "SoDinhDanh"))
    name = " ".join(unicodedata.normalize("NFC", _text(claims, "HoVaTen")).split())
    if not number or not name:
        raise ProviderDistrusted(reason="claims")
    level, account_level = levels_of(claims)
    return ProvenIdentity(
        subject=_text(claims, "TechID") or _text(claims, "sub"),
        personal_number=number,
        full_name=name,
        level=level,
        account_level=account_level,
        birth_date=_birth_date(_text(claims, "NgaySinh")),
        sex=_SEXES.get(_text(claims, "GioiTinh").lower(), ""),
        phone=_read_or_nothing(phone.read, _text(claims, "SoDienThoai")),
        email=_text(claims, "ThuDienTu"),
        address=_text(claims, "DiaChi"),
        organisation=organisation_of(claims),
    )


def organisation_of(claims: Mapping[str, Any]) -> ProvenOrganisation | None:
    """Return the organisation of the account, None for a person's own. `ChucDanh` as its officer's capacity is [U]."""
    if _text(claims, "LoaiTaiKhoan") != ORGANISATION:
        return None
    code = _text(claims, "MaSoThue") or _text(claims, "MaSoDoanhNghiep")
    name = " ".join(unicodedata.normalize("NFC", _text(claims, "TenDoanhNghiep")).split())
    if not _CODE.fullmatch(code) or not name:
        raise ProviderDistrusted(reason="organisation")
    return ProvenOrganisation(code=code, name=name, capacity=_text(claims, "ChucDanh"))


def levels_of(claims: Mapping[str, Any]) -> tuple[int, int]:
    """Return the level of this sign-in (`acr`, never above the account's) and of the account (`loAs`)."""
    account = _LEVELS.get(_text(claims, "loAs").lower(), 0)
    reached = _LEVELS.get(_text(claims, "acr").lower(), account)
    if not reached:
        raise ProviderDistrusted(reason="level")
    return (min(reached, account), account) if account else (reached, reached)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return "" if value is None else str(value).strip()


def _read_or_nothing(read: Callable[[str], str], text: str) -> str:
    """Return what the kernel reads; a landline is no place for our messages, for instance."""
    try:
        return read(text)
    except Refusal:
        return ""


def _birth_date(text: str) -> str:
    return _read_or_nothing(lambda typed: partial_date.read(typed).iso(), text)
