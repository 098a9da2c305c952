"""The key with which this installation signs bundles, and the files of keys it trusts."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motcua.config.environment import environment
from motcua.toolkit.keys import kept_key


def own_key() -> Ed25519PrivateKey:
    """Return our private key, made at first use and kept with the other secrets."""
    return kept_key(environment.home / "secrets" / "bundle-key.pem")


def trusted_files() -> list[Path]:
    """Return the public keys that the installation trusts: the PEM files of its `trusted` folder."""
    return sorted((environment.home / "trusted").glob("*.pem"))
