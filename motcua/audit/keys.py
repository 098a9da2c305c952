"""The key that signs heads: made at first use, for this alone, and published with every head."""

from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from motcua.toolkit.keys import kept_key


def signing_key() -> Ed25519PrivateKey:
    """Return the private key of the log."""
    return kept_key(Path(settings.HOME) / "secrets" / "log-key.pem")


def origin() -> str:
    """Return the log's name: where it is published, without the scheme."""
    place = urlsplit(settings.BASE_URL)
    return f"{place.netloc}{place.path}/nhat-ky"
