"""Tree heads and proofs as text, in the formats that the world's logs share: C2SP signed-note, tlog-checkpoint, tlog-proof.

A head names the log, its size and its root (RFC 9162 §2.1.1), and when it was signed; witnesses and checkers that others
have written read it as it is.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

ED25519 = b"\x01"
PROOF_TYPE = "c2sp.org/tlog-proof@v1"


def head_text(origin: str, size: int, root: bytes, at: datetime) -> str:
    """Return what is signed of a head."""
    signed = at.astimezone(UTC).isoformat(timespec="seconds")
    return f"{origin}\n{size}\n{base64(root)}\nsigned {signed}\n"


def note(text: str, name: str, key: bytes, signature: bytes) -> str:
    """Return a text with its signature; `key`: the 32 bytes of the public key."""
    return f"{text}\n— {name} {base64(key_hash(name, key) + signature)}\n"


def key_hash(name: str, key: bytes) -> bytes:
    """Return the four bytes by which a signature says which key made it."""
    return sha256(name.encode() + b"\n" + ED25519 + key).digest()[:4]


def key_line(name: str, key: bytes) -> str:
    """Return a public key in one line, as checkers take it."""
    return f"{name}+{key_hash(name, key).hex()}+{base64(ED25519 + key)}"


def proof(extra: bytes, position: int, path: Sequence[bytes], head: str) -> str:
    """Return a proof that whoever has the key checks without any network; `extra`: what the leaf says."""
    lines = [PROOF_TYPE, f"extra {base64(extra)}", f"index {position}", *map(base64, path)]
    return "\n".join([*lines, "", head])


def base64(content: bytes) -> str:
    """Return bytes as texts of heads and proofs spell them."""
    return b64encode(content).decode()
