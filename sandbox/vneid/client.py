"""The one relying party and what it may ask."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode, urlsplit

CLIENT_ID = "motcua"
RETURN_PATH = "/dang-nhap/vneid/tro-ve"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class UnknownClientError(ValueError):
    """The client or its return address is not registered: never redirect there."""


@dataclass(frozen=True)
class Asked:
    """A valid authorization request, or one to be refused with `error`."""

    redirect_uri: str
    state: str
    nonce: str
    code_challenge: str
    level: int
    error: str = ""

    def values(self) -> dict[str, str | int]:
        return asdict(self)


def read(query: Mapping[str, str], motcua_url: str) -> Asked:
    """Read an authorization request; raise UnknownClientError when it must not be answered."""
    redirect_uri = query.get("redirect_uri", "")
    if query.get("client_id") != CLIENT_ID:
        raise UnknownClientError(f"client_id must be {CLIENT_ID}.")
    if not may_return_to(redirect_uri, motcua_url):
        raise UnknownClientError("redirect_uri is not registered for this client.")
    return Asked(
        redirect_uri=redirect_uri,
        state=query.get("state", ""),
        nonce=query.get("nonce", ""),
        code_challenge=query.get("code_challenge", ""),
        level=2 if "LoA2" in query.get("acr_values", "").split() else 1,
        error=_error(query),
    )


def may_return_to(redirect_uri: str, motcua_url: str) -> bool:
    """Return the registered address, or the same path on any port of this machine."""
    if redirect_uri == motcua_url + RETURN_PATH:
        return True
    parts = urlsplit(redirect_uri)
    return (
        parts.scheme in {"http", "https"}
        and parts.hostname in _LOOPBACK
        and (parts.path, parts.query, parts.fragment) == (RETURN_PATH, "", "")
    )


def _error(query: Mapping[str, str]) -> str:
    if query.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in query.get("scope", "").split():
        return "invalid_scope"
    challenge = query.get("code_challenge", "")
    if query.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        return "invalid_request"  # PKCE with S256 is obligatory
    if "none" in query.get("prompt", "").split():
        return "login_required"
    return ""


def answer(redirect_uri: str, issuer: str, **values: str) -> str:
    """Return the address that takes the browser back, with code or error and the issuer (RFC 9207)."""
    given = {name: value for name, value in values.items() if value} | {"iss": issuer}
    return f"{redirect_uri}?{urlencode(given)}"
