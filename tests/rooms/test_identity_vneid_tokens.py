"""What VNeID's tokens must be before we believe them, and what their claims say."""

import base64
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from motcua.adapters.vneid.claims import identity_of
from motcua.adapters.vneid.tokens import UnknownKey, check_claims, signed_claims
from motcua.identity.rules.people import ProvenOrganisation
from motcua.identity.rules.refusals import ProviderDistrusted

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
KEY = ECKey.generate_key("P-256", {"kid": "nay"})
KEYS = KeySet([KEY])
GOOD = {
    "iss": "https://vneid.example",
    "aud": "motcua",
    "sub": "tech-hoa",
    "nonce": "n-1",
    "iat": int(NOON.timestamp()),
    "exp": int(NOON.timestamp()) + 300,
}
HOA = {
    "sub": "tech-hoa",
    "TechID": "tech-hoa",
    "LoaiTaiKhoan": "1",
    "SoDinhDanh": "030194000001",
    "HoVaTen": "Nguyễn  Thị Hoa ",
    "GioiTinh": "Nữ",
    "NgaySinh": "02/05/1994",
    "DiaChi": "Thôn Đông",
    "SoDienThoai": "0912345678",
    "ThuDienTu": "hoa@vi-du.vn",
    "loAs": "2",
    "acr": "LoA2",
}


def token(claims=GOOD, key=KEY, **header):
    return jwt.encode({"alg": "ES256", "kid": "nay", **header}, claims, key)


def check(at=NOON, **changed):
    check_claims({**GOOD, **changed}, issuer=GOOD["iss"], client_id="motcua", nonce="n-1", at=at)


def test_a_token_of_the_provider_is_believed():
    assert signed_claims(token(), KEYS) == GOOD
    check()


def test_rs256_is_believed_too():
    key = RSAKey.generate_key(2048, {"kid": "nay"})
    assert signed_claims(token(key=key, alg="RS256"), KeySet([key])) == GOOD


def test_a_token_of_another_key_is_not():
    other = ECKey.generate_key("P-256", {"kid": "nay"})
    with pytest.raises(ProviderDistrusted):
        signed_claims(token(key=other), KEYS)


def test_a_key_never_seen_asks_for_fresh_keys():
    with pytest.raises(UnknownKey):
        signed_claims(token(kid="mới"), KEYS)


def test_an_unsigned_token_is_not_believed():
    head, body, _ = token().split(".")
    assert head
    with pytest.raises(ProviderDistrusted):
        signed_claims(f"eyJhbGciOiJub25lIn0.{body}.", KEYS)


def test_the_public_key_is_no_shared_secret():
    body = token().split(".")[1]
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"nay"}').rstrip(b"=").decode()
    mac = hmac.digest(KEY.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
    with pytest.raises(ProviderDistrusted):
        signed_claims(f"{head}.{body}.{base64.urlsafe_b64encode(mac).decode()}", KEYS)


@given(st.integers(0, 400), st.sampled_from("AZaz09-_"))
def test_a_token_changed_anywhere_is_not_believed(place, sign):
    whole = token()
    body_ends = whole.rindex(".")
    place %= body_ends
    changed = whole[:place] + sign + whole[place + 1 :]
    if changed != whole:
        with pytest.raises((ProviderDistrusted, UnknownKey)):
            signed_claims(changed, KEYS)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://vneid.example.evil"},
        {"aud": "somebody-else"},
        {"aud": ["somebody-else", "another"]},
        {"aud": ["motcua", "another"]},
        {"nonce": "n-2"},
        {"nonce": None},
        {"sub": ""},
        {"exp": None},
        {"iat": "today"},
    ],
)
def test_a_token_for_another_place_person_or_sign_in_is_refused(changed):
    with pytest.raises(ProviderDistrusted):
        check(**changed)


@pytest.mark.parametrize("minutes", [-9, 9])
def test_clocks_may_differ_by_ten_minutes(minutes):
    check(at=NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [-11, 16, 600])
def test_a_token_of_another_time_is_refused(minutes):
    with pytest.raises(ProviderDistrusted):
        check(at=NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize(("minutes", "good"), [(10, True), (11, False)])
def test_a_token_may_begin_to_hold_ten_minutes_from_now(minutes, good):
    begins = GOOD["iat"] + 60 * minutes
    if good:
        check(nbf=begins)
    else:
        with pytest.raises(ProviderDistrusted):
            check(nbf=begins)


def test_the_claims_say_who_she_is():
    hoa = identity_of(HOA)
    assert (hoa.full_name, hoa.birth_date, hoa.sex) == ("Nguyễn Thị Hoa", "1994-05-02", "female")
    assert (hoa.personal_number, hoa.phone) == ("030194000001", "+84912345678")


@pytest.mark.parametrize(
    ("loas", "acr", "levels"),
    [
        ("2", "LoA2", (2, 2)),
        ("2", "LoA1", (1, 2)),
        ("1", "LoA2", (1, 1)),
        ("2", "", (2, 2)),
        ("", "LoA1", (1, 1)),
    ],
)
def test_the_level_is_what_this_sign_in_proved(loas, acr, levels):
    proven = identity_of({**HOA, "loAs": loas, "acr": acr})
    assert (proven.level, proven.account_level) == levels


@pytest.mark.parametrize(
    "changed",
    [
        {"SoDinhDanh": ""},
        {"SoDinhDanh": "123"},
        {"HoVaTen": " "},
        {"loAs": "", "acr": ""},
        {"loAs": "", "acr": "LoA9"},
    ],
)
def test_claims_that_name_nobody_are_refused(changed):
    with pytest.raises(ProviderDistrusted):
        identity_of({**HOA, **changed})


COMPANY = {"LoaiTaiKhoan": "2", "MaSoThue": "0200123456", "TenDoanhNghiep": "Công ty  Gốm Chu Đậu"}


def test_an_organisations_account_says_who_and_for_whom():
    told = identity_of({**HOA, **COMPANY, "ChucDanh": "Giám đốc"})
    assert told.personal_number == "030194000001"
    assert told.organisation == ProvenOrganisation(
        code="0200123456", name="Công ty Gốm Chu Đậu", capacity="Giám đốc"
    )


@pytest.mark.parametrize(
    "changed", [{"MaSoThue": "12"}, {"TenDoanhNghiep": ""}, {"SoDinhDanh": ""}]
)
def test_an_organisation_without_code_name_or_officer_is_refused(changed):
    with pytest.raises(ProviderDistrusted):
        identity_of({**HOA, **COMPANY, **changed})


def test_what_is_missing_stays_empty():
    told = {name: HOA[name] for name in ("sub", "SoDinhDanh", "HoVaTen", "loAs")}
    hoa = identity_of(told)
    assert (hoa.subject, hoa.phone, hoa.birth_date, hoa.sex) == ("tech-hoa", "", "", "")
