"""The key that signs heads: made at first use, for this alone, and published with every head."""

from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from motcua.audit.models import Head
from motcua.audit.rules.notes import key_line
from motcua.toolkit.keys import kept_key


def signing_key() -> Ed25519PrivateKey:
    """Return the private key of the log."""
    return kept_key(Path(settings.HOME) / "secrets" / "log-key.pem")


def origin() -> str:
    """Return the log's name: where it is published, without the scheme."""
    place = urlsplit(settings.BASE_URL)
    return f"{place.netloc}{place.path}/nhat-ky"


def public_key() -> bytes:
    """Return the 32 bytes of today's public key."""
    return signing_key().public_key().public_bytes_raw()


def key_lines() -> list[str]:
    """Return every public key that signs or ever signed, today's first, each in the line that checkers take."""
    known = Head.objects.order_by("key", "-day").distinct("key").values_list("note", "key")
    told = [(note.partition("\n")[0], bytes(key)) for note, key in known]
    return [key_line(name, key) for name, key in dict.fromkeys([(origin(), public_key()), *told])]
