"""The addresses a relying party's server calls."""

import hmac
import sqlite3
from base64 import b64decode
from urllib.parse import unquote_plus

from joserfc.jwk import ECKey
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import organisations
from sandbox.store import fault
from sandbox.vneid import accounts, tokens
from sandbox.vneid.client import CLIENT_ID
from sandbox.web import Box, box_of, form_of

_NOT_KEPT = {"Cache-Control": "no-store"}


def issuer(box: Box) -> str:
    return box.settings.base_url + "/vneid"


async def configuration(request: Request) -> Response:
    if fault(box_of(request).store, "vneid") == "down":
        return _error("temporarily_unavailable", 503)
    base = issuer(box_of(request))
    return JSONResponse(
        {
            "issuer": base,
            "authorization_endpoint": base + "/authorize",
            "token_endpoint": base + "/token",
            "userinfo_endpoint": base + "/userinfo",
            "jwks_uri": base + "/jwks.json",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid"],
            "acr_values_supported": ["LoA1", "LoA2"],
            "authorization_response_iss_parameter_supported": True,
            "claims_supported": [
                "sub",
                "LoaiTaiKhoan",
                "TechID",
                "SoDinhDanh",
                "HoVaTen",
                "GioiTinh",
                "NgaySinh",
                "DiaChi",
                "SoDienThoai",
                "ThuDienTu",
                "MaSoThue",
                "TenDoanhNghiep",
                "ChucDanh",
                "loAs",
                "acr",
            ],
        }
    )


def _key(request: Request) -> ECKey:
    """Return the signing key, read once for each process."""
    state = request.app.state
    if not hasattr(state, "vneid_key"):
        state.vneid_key = tokens.signing_key(box_of(request).store)
    key: ECKey = state.vneid_key
    return key


async def jwks(request: Request) -> Response:
    public = _key(request).as_dict(private=False)
    return JSONResponse({"keys": [public | {"use": "sig", "alg": "ES256"}]})


async def token(request: Request) -> Response:
    """Exchange a code for tokens: client_secret_basic and the PKCE verifier are obligatory."""
    box = box_of(request)
    if fault(box.store, "vneid") == "down":
        return _error("temporarily_unavailable", 503)
    if not _is_client(
        request.headers.get("authorization", ""), box.settings.secrets["vneid-client"]
    ):
        return _error("invalid_client", 401, {"WWW-Authenticate": 'Basic realm="vneid"'})
    form = await form_of(request)
    if form.get("grant_type") != "authorization_code":
        return _error("unsupported_grant_type", 400)
    row = tokens.redeem(
        box.store,
        form.get("code", ""),
        form.get("redirect_uri", ""),
        form.get("code_verifier", ""),
    )
    if row is None:
        return _error("invalid_grant", 400)
    access = tokens.issue(box.store, row)
    about = _about(box, row)
    answer = {
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": tokens.TOKEN_LIFE,
        "scope": "openid",
        "id_token": tokens.id_token(_key(request), issuer(box), row["nonce"], access, about),
    }
    return JSONResponse(answer, headers=_NOT_KEPT)


def _about(box: Box, row: sqlite3.Row) -> dict[str, str]:
    person = box.people[row["personal_number"]]
    told = tokens.claims(person, row["level"], accounts.level(box.store, person))
    organisation = organisations.load().get(row["organisation"])
    return told | (tokens.of_organisation(organisation, person) if organisation else {})


def _is_client(header: str, wanted: str) -> bool:
    kind, _, given = header.partition(" ")
    try:
        name, _, secret = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return False
    same = hmac.compare_digest(unquote_plus(secret).encode(), wanted.encode())
    return kind.lower() == "basic" and unquote_plus(name) == CLIENT_ID and same


def _error(code: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": code}, status, _NOT_KEPT | (headers or {}))


async def userinfo(request: Request) -> Response:
    box = box_of(request)
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    row = tokens.holder(box.store, given) if kind.lower() == "bearer" else None
    if row is None:
        header = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return _error("invalid_token", 401, header)
    return JSONResponse(_about(box, row), headers=_NOT_KEPT)


ROUTES = [
    Route("/vneid/.well-known/openid-configuration", configuration),
    Route("/vneid/jwks.json", jwks),
    Route("/vneid/token", token, methods=["POST"]),
    Route("/vneid/userinfo", userinfo, methods=["GET", "POST"]),
]
