"""What a leaf says: that something of a kind happened to something, when, and by a commitment what exactly.

The content itself stays where it is, and may be erased there: the salt beside it goes too, and nobody can try out any
more what the commitment was about. The leaf stands all the same, and with it every proof.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from motcua.audit.rules.merkle import leaf_hash

SALT_BYTES = 16


def new_salt() -> str:
    """Return a salt that nobody can guess, as text."""
    return secrets.token_hex(SALT_BYTES)


def canonical(value: Any) -> bytes:
    """Return JSON in its one spelling: keys in order, no spaces, UTF-8."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return told.encode()


def commitment(salt: str, content: Any) -> bytes:
    """Return what binds to a content without telling it: SHA-256(salt ‖ canonical content)."""
    return sha256(salt.encode() + canonical(content)).digest()


@dataclass(frozen=True)
class Entry:
    """What is entered. `kind`: `room.what`; `reference`: what it happened to, an id and never a name."""

    kind: str
    reference: str
    at: datetime
    commitment: bytes

    @property
    def facts(self) -> dict[str, str]:
        """What the leaf says, as JSON values."""
        return {
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "commitment": self.commitment.hex(),
            "kind": self.kind,
            "reference": self.reference,
        }

    @property
    def hash(self) -> bytes:
        """The hash of its leaf."""
        return leaf_hash(canonical(self.facts))


def chained(before: bytes, leaf: bytes) -> bytes:
    """Return the link that follows another: SHA-256(link before ‖ hash of the leaf).

    The tree proves; the chain names the first entry that is not as it was, however many follow it.
    """
    return sha256(before + leaf).digest()


FIRST_LINK = bytes(32)
