"""Proving that an id_token was made by the provider, for us, now, for this sign-in."""

from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from motcua.identity.rules.refusals import ProviderDistrusted

ALGORITHMS = ["ES256", "RS256"]
CLOCKS_MAY_DIFFER = timedelta(minutes=10)


class UnknownKey(LookupError):  # noqa: N818 - it asks for fresh keys, it is no fault yet
    """The token names a key that is not in the set we hold; a fresh set may have it."""


def signed_claims(token: str, keys: KeySet) -> dict[str, Any]:
    """Return the claims of a token with a valid signature.

    Raises UnknownKey, or ProviderDistrusted for a bad signature or an algorithm we do not take.
    """
    try:
        return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
    except InvalidKeyIdError as problem:
        raise UnknownKey from problem
    except (JoseError, ValueError, TypeError) as problem:
        raise ProviderDistrusted(reason=type(problem).__name__) from problem


def check_claims(
    claims: dict[str, Any], *, issuer: str, client_id: str, nonce: str, at: datetime
) -> None:
    """Refuse a token made elsewhere, for somebody else, at another time or for another sign-in.

    Raises ProviderDistrusted.
    """
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    faults = {
        "issuer": claims.get("iss") != issuer,
        "audience": client_id not in audiences,
        "party": len(audiences) > 1 and claims.get("azp") != client_id,
        "nonce": claims.get("nonce") != nonce,
        "subject": not claims.get("sub"),
        "time": not _in_time(claims, at),
    }
    found = [name for name, wrong in faults.items() if wrong]
    if found:
        raise ProviderDistrusted(reason=", ".join(found))


def _in_time(claims: dict[str, Any], at: datetime) -> bool:
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int | float) or not isinstance(expires, int | float):
        return False
    skew, now = CLOCKS_MAY_DIFFER.total_seconds(), at.timestamp()
    begins = claims.get("nbf", issued)
    if not isinstance(begins, int | float) or begins > now + skew:
        return False
    return abs(issued - now) <= skew and expires > now - skew
