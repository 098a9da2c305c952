"""The two hashes of VNPAY 2.1.0."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

_NOT_HASHED = {"vnp_SecureHash", "vnp_SecureHashType"}


def hashed(values: Mapping[str, str]) -> str:
    """Return the text that is hashed: non-empty vnp_ values sorted by name, form-encoded."""
    kept = {
        name: value
        for name, value in values.items()
        if name.startswith("vnp_") and name not in _NOT_HASHED and value
    }
    return urlencode(sorted(kept.items()))


def of(secret: str, text: str) -> str:
    """Lower-case hex HMAC-SHA512."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def signed(secret: str, values: Mapping[str, str]) -> str:
    """Return the query with its hash appended."""
    text = hashed(values)
    return f"{text}&vnp_SecureHash={of(secret, text)}"


def holds(secret: str, values: Mapping[str, str]) -> bool:
    """Whether the query's own hash is right."""
    given = values.get("vnp_SecureHash", "").lower()
    return hmac.compare_digest(of(secret, hashed(values)).encode(), given.encode())


def piped(secret: str, values: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the hash of a server-to-server message: the named values joined by `|`."""
    return of(secret, "|".join(values.get(name, "") for name in names))
