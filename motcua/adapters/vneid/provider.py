"""VNeID as an OpenID Connect provider: code flow with PKCE (domain §5).

Real addresses are set by MOTCUA_VNEID_ISSUER and the client's id and secret; without them the
sandbox's provider answers. Nothing else differs.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from joserfc.jwk import KeySet

from motcua.adapters.vneid.claims import identity_of
from motcua.adapters.vneid.standing import CertificateRefused, clock_ahead, first_end
from motcua.adapters.vneid.tokens import UnknownKey, check_claims, signed_claims
from motcua.identity.ports import Departure, Standing
from motcua.identity.rules.people import ProvenIdentity
from motcua.identity.rules.refusals import (
    ConsentRefused,
    LevelTooLow,
    ProviderDistrusted,
    ProviderRefused,
    ProviderSilent,
    SignInLost,
)
from motcua.kernel.refusal import Refusal
from motcua.toolkit import http

DISCOVERY = "/.well-known/openid-configuration"
DISCOVERY_LASTS = timedelta(hours=1)
KEYS_ASKED_AGAIN_AFTER = timedelta(seconds=30)
_SAID_NO = {"access_denied": ConsentRefused, "consent_required": ConsentRefused}
_TOO_LOW = "unmet_authentication_requirements"  # OpenID's own name for it
_NOT_US = {401, 403}
_SAID_LATER = {"temporarily_unavailable", "server_error"}


@dataclass(frozen=True)
class Endpoints:
    """The provider's addresses and keys, as it published them at `read_at`."""

    authorize: str
    token: str
    userinfo: str
    jwks: str
    keys: KeySet
    read_at: datetime


class Vneid:
    """The identity provider of the country."""

    def __init__(self, *, issuer: str = "", client_id: str = "", client_secret: str = "") -> None:
        """Take what is not given from the settings."""
        self._issuer = issuer or settings.VNEID_ISSUER
        self._client_id = client_id or settings.VNEID_CLIENT_ID
        self._client_secret = client_secret or settings.VNEID_CLIENT_SECRET
        self._known: Endpoints | None = None

    def depart(self, *, return_to: str, level: int, at: datetime) -> Departure:
        """See IdentityProvider."""
        endpoints = self._endpoints(at)
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        verifier = secrets.token_urlsafe(48)
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": return_to,
            "scope": "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
            "acr_values": f"LoA{max(1, level)}",
        }
        address = f"{endpoints.authorize}?{urlencode(asked)}"
        return Departure(address=address, state=state, nonce=nonce, verifier=verifier)

    def arrive(
        self, *, departure: Departure, answer: Mapping[str, str], return_to: str, at: datetime
    ) -> ProvenIdentity:
        """See IdentityProvider."""
        self._refuse_answer(departure, answer)
        endpoints = self._endpoints(at)
        tokens = self._exchange(endpoints, answer["code"], departure.verifier, return_to)
        claims = self._verified(tokens.get("id_token"), at)
        check_claims(
            claims, issuer=self._issuer, client_id=self._client_id, nonce=departure.nonce, at=at
        )
        told = self._userinfo(endpoints, str(tokens.get("access_token", "")))
        if told.get("sub") != claims["sub"]:
            raise ProviderDistrusted(reason="userinfo")
        return identity_of({**told, **claims})

    def standing(self, at: datetime) -> Standing:
        """See IdentityProvider."""
        why, told, addresses = "", "", [self._issuer]
        ends: datetime | None = None
        try:
            reply = http.call("GET", f"{self._issuer}{DISCOVERY}")
            told = reply.headers.get("Date", "")
            known = self._discover(at)
            addresses += [known.jwks, known.token, known.userinfo]
        except (http.Unreachable, ProviderSilent):
            why = "silent"
        except Refusal:
            why = "keys"
        try:
            ends = first_end(addresses)
        except CertificateRefused:
            why = "certificate"
        except OSError:
            why = "silent"
        return Standing(why=why, certificate_ends=ends, clock_ahead=clock_ahead(told, at))

    def _refuse_answer(self, departure: Departure, answer: Mapping[str, str]) -> None:
        """Refuse an answer to another sign-in, from another issuer, or that says no."""
        if not hmac.compare_digest(answer.get("state", "").encode(), departure.state.encode()):
            raise SignInLost
        if answer.get("iss", self._issuer) != self._issuer:
            raise ProviderDistrusted(reason="issuer")
        error = answer.get("error", "")
        if error in _SAID_LATER:
            raise ProviderSilent
        if error == _TOO_LOW:
            raise LevelTooLow(needed=2)
        if error:
            raise _SAID_NO.get(error, ProviderRefused)(reason=error)
        if not answer.get("code"):
            raise SignInLost

    def _endpoints(self, at: datetime) -> Endpoints:
        """Return the provider's addresses, read again every hour."""
        known = self._known
        if known is None or at - known.read_at > DISCOVERY_LASTS:
            known = self._known = self._discover(at)
        return known

    def _discover(self, at: datetime) -> Endpoints:
        told = _asked("GET", f"{self._issuer}{DISCOVERY}")
        if told.get("issuer") != self._issuer:
            raise ProviderDistrusted(reason="issuer")
        try:
            return Endpoints(
                authorize=told["authorization_endpoint"],
                token=told["token_endpoint"],
                userinfo=told["userinfo_endpoint"],
                jwks=told["jwks_uri"],
                keys=KeySet.import_key_set(_asked("GET", told["jwks_uri"])),  # type: ignore[arg-type]
                read_at=at,
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise ProviderSilent(reason="discovery") from problem

    def _exchange(
        self, endpoints: Endpoints, code: str, verifier: str, return_to: str
    ) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_to,
            "code_verifier": verifier,
        }
        # RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
        pair = f"{quote(self._client_id, safe='')}:{quote(self._client_secret, safe='')}"
        headers = {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        return _asked("POST", endpoints.token, body=urlencode(form).encode(), headers=headers)

    def _verified(self, token: Any, at: datetime) -> dict[str, Any]:
        """Return the token's claims; an unknown key may be a new one, so ask for the keys once."""
        if not isinstance(token, str):
            raise ProviderDistrusted(reason="no id_token")
        known = self._endpoints(at)
        try:
            return signed_claims(token, known.keys)
        except UnknownKey:
            if at - known.read_at > KEYS_ASKED_AGAIN_AFTER:
                known = self._known = self._discover(at)
        try:
            return signed_claims(token, known.keys)
        except UnknownKey as problem:
            raise ProviderDistrusted(reason="key") from problem

    def _userinfo(self, endpoints: Endpoints, access_token: str) -> dict[str, Any]:
        return _asked("GET", endpoints.userinfo, headers=http.bearer(access_token))


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _asked(
    method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the JSON object the provider answers.

    Raises ProviderSilent when it does not answer or not with JSON; ProviderRefused when it does not
    know us; SignInLost when it refuses the code, which is old or was used before.
    """
    try:
        reply = http.call(method, url, body=body, headers=headers)
        if reply.status in _NOT_US:
            raise ProviderRefused(reason=str(reply.status))
        if not reply.ok:
            raise SignInLost(reason=str(reply.status))
        told = reply.json()
    except http.Unreachable as problem:
        raise ProviderSilent(reason=str(problem)) from problem
    if not isinstance(told, dict):
        raise ProviderSilent(reason="not an object")
    return told
