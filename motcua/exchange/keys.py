"""Our own signing key and what others may read of it."""

import base64
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from motcua.toolkit.keys import kept_key


def own_key() -> Ed25519PrivateKey:
    """Return our private key, made at first use and kept in the home folder."""
    return kept_key(Path(settings.HOME) / "secrets" / "exchange-key.pem")


def own_jwks() -> dict[str, Any]:
    """Return our public key as a JWKS; its key id is our party code."""
    raw = own_key().public_key().public_bytes_raw()
    x = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    key = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA"}
    return {"keys": [{**key, "kid": settings.EXCHANGE_CODE, "x": x}]}


def public_keys(jwks: Any, *, kid: str) -> list[Ed25519PublicKey]:
    """Return the Ed25519 keys of that id in a JWKS; whatever else is in it is passed over."""
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    fitting = [
        key for key in listed or [] if isinstance(key, dict)
        and (key.get("kty"), key.get("crv"), key.get("kid")) == ("OKP", "Ed25519", kid)
    ]  # fmt: skip
    found = []
    for key in fitting:
        try:
            x = str(key.get("x"))
            raw = base64.urlsafe_b64decode(x + "=" * (-len(x) % 4))
            found.append(Ed25519PublicKey.from_public_bytes(raw))
        except ValueError:
            continue
    return found
