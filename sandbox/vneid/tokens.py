"""Codes into tokens: signed claims about the person."""

import hashlib
import hmac
import json
import secrets
import sqlite3
import time
from base64 import urlsafe_b64encode
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from sandbox.organisations import Organisation
from sandbox.people import Person
from sandbox.store import Store
from sandbox.vneid.client import CLIENT_ID

SCHEMA = """
create table if not exists provider_key(id integer primary key check (id = 1), jwk text not null);
create table if not exists token(
  hash text primary key,
  code text not null,
  personal_number text not null,
  organisation text not null,
  level integer not null,
  expires real not null
) without rowid;
create index if not exists token_code on token(code);
"""
TOKEN_LIFE = 900  # seconds


def signing_key(store: Store) -> ECKey:
    """Return the provider's key, made at first use and kept."""
    made = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"})
    made.ensure_kid()
    with store.transaction() as db:
        db.execute(
            "insert into provider_key(id, jwk) values (1, ?) on conflict do nothing",
            (json.dumps(made.as_dict(private=True)),),
        )
    kept = store.value("select jwk from provider_key")
    return ECKey.import_key(json.loads(kept))


def redeem(store: Store, code: str, redirect_uri: str, verifier: str) -> sqlite3.Row | None:
    """Return the sign-in behind the code, once; None when anything does not fit.

    A code shown a second time also ends the tokens made from it (RFC 6749 §4.1.2).
    """
    row = store.one(
        "select s.*, c.code, c.used_at, c.expires as code_expires"
        " from code c join signin s on s.id = c.signin where c.code = ?",
        code,
    )
    if row is None or row["code_expires"] < time.time():
        return None
    if row["used_at"] is not None:
        with store.transaction() as db:
            db.execute("delete from token where code = ?", (code,))
        return None
    if row["redirect_uri"] != redirect_uri or not _proves(verifier, row["code_challenge"]):
        return None
    return row


def _proves(verifier: str, challenge: str) -> bool:
    """RFC 7636, S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(_base64(digest), challenge)


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def issue(store: Store, row: sqlite3.Row) -> str:
    """Use the code up and return an access token for userinfo."""
    token = secrets.token_urlsafe(32)
    now = time.time()
    with store.transaction() as db:
        db.execute("update code set used_at = ? where code = ?", (now, row["code"]))
        db.execute("delete from token where expires < ?", (now,))
        db.execute(
            "insert into token(hash, code, personal_number, organisation, level, expires)"
            " values (?, ?, ?, ?, ?, ?)",
            (
                _hash(token),
                row["code"],
                row["personal_number"],
                row["organisation"],
                row["level"],
                now + TOKEN_LIFE,
            ),
        )
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def holder(store: Store, token: str) -> sqlite3.Row | None:
    """Who the access token speaks for: personal_number, organisation and level, or None."""
    return store.one(
        "select personal_number, organisation, level from token where hash = ? and expires > ?",
        _hash(token),
        time.time(),
    )


def claims(person: Person, level: int, account_level: int) -> dict[str, str]:
    """Say what a relying party is told, in the names of the real service (domain §5).

    `level` is how strongly this sign-in was made, `account_level` what the account is.
    """
    return {
        "sub": person.tech_id,
        "LoaiTaiKhoan": "1",
        "TechID": person.tech_id,
        "SoDinhDanh": person.personal_number,
        "HoVaTen": person.name,
        "GioiTinh": person.sex_words,
        "NgaySinh": person.birth_date.strftime("%d/%m/%Y"),
        "DiaChi": person.address,
        "SoDienThoai": person.phone,
        "ThuDienTu": person.email,
        "loAs": str(account_level),
        "acr": f"LoA{level}",
    }


def of_organisation(organisation: Organisation, person: Person) -> dict[str, str]:
    """Say what an organisation's account tells besides; that it tells of its officer in these claims is unconfirmed [U]."""
    return {
        "sub": organisation.tech_id,
        "LoaiTaiKhoan": "2",
        "TechID": organisation.tech_id,
        "MaSoThue": organisation.code,
        "TenDoanhNghiep": organisation.name,
        "ChucDanh": organisation.officers[person.personal_number],
    }


def id_token(key: ECKey, issuer: str, nonce: str, access_token: str, about: dict[str, str]) -> str:
    """Return the signed statement who signed in, when and how."""
    now = int(time.time())
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    payload: dict[str, Any] = about | {
        "iss": issuer,
        "aud": CLIENT_ID,
        "iat": now,
        "auth_time": now,
        "exp": now + 300,
        "at_hash": _base64(half),
    }
    if nonce:
        payload["nonce"] = nonce
    return jwt.encode({"alg": "ES256", "kid": key.kid}, payload, key)
