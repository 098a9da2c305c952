"""Ed25519 keys of this installation: made at first use, kept in the home folder, readable only here."""

import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@cache
def kept_key(place: Path) -> Ed25519PrivateKey:
    """Return the private key at a place, made there at first use."""
    if not place.exists():
        _make(place)
    key = serialization.load_pem_private_key(place.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{place} holds no Ed25519 key")
    return key


def _make(place: Path) -> None:
    """Write a new key; of several processes that start at once, the first one's key stays."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    try:
        os.link(name, place)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
