"""The seal in the QR code of a result: what the paper is, signed, so that it is checked without a network.

A seal is a COSE_Sign1 message (RFC 9052) with ES256, its content a CWT claims set (RFC 8392). In the QR
code it stands after the address of the public verification page, as one long decimal number:

    https://<host>/xac-thuc/<code>#<number>

A telephone's camera opens the address; what follows `#` never reaches a server. Digits cost a QR code
3⅓ bits each, so the number takes no more room than the bytes themselves (docs/why/0016).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from motcua.documents.rules import cbor
from motcua.documents.rules.tokens import number_of, token_from
from motcua.kernel import names

COSE_SIGN1 = 18  # CBOR tag
ALGORITHM, KEY_ID, ES256 = 1, 4, -7  # COSE headers
ISSUER, EXPIRES, ISSUED, PAPER = 1, 4, 6, 7  # CWT claims
TITLE, NUMBER, AGENCY, SUBJECT, NAME, KEY_ENDS, PRACTICE = "t", "n", "a", "s", "h", "e", "p"
REVOKED, REPLACED = "r", "c"
HALF = 32  # bytes of each of the two numbers of a P-256 signature
TOKEN_BYTES = 13  # of 100 bits
SHORT = 8  # bytes of a hash that tells papers, names and keys apart
LONGEST = 72  # bytes of title and agency: the whole QR code stays below 1,024 signs
LONGEST_SHORT = 40  # bytes of number and masked name


class SealBroken(ValueError):  # noqa: N818 - said of the seal
    """It is no seal, or not the one that was signed."""


@dataclass(frozen=True)
class Sealed:
    """What the seal of a paper says. `name` is `name_hash` of the full name, `subject` the masked one."""

    token: str
    issued_at: datetime
    key_ends_at: datetime
    title: str
    number: str
    agency: str
    subject: str = ""
    name: bytes = b""
    practice: bool = False


def claims_of(paper: Sealed) -> dict[Any, Any]:
    """Return the claims, long texts cut; what is empty is left out."""
    claims: dict[Any, Any] = {
        PAPER: number_of(paper.token).to_bytes(TOKEN_BYTES, "big"),
        ISSUED: int(paper.issued_at.timestamp()),
        KEY_ENDS: int(paper.key_ends_at.timestamp()),
        TITLE: _cut(paper.title, LONGEST),
        NUMBER: _cut(paper.number, LONGEST_SHORT),
        AGENCY: _cut(paper.agency, LONGEST),
        SUBJECT: _cut(paper.subject, LONGEST_SHORT),
        NAME: paper.name,
        PRACTICE: int(paper.practice),
    }
    return {claim: value for claim, value in claims.items() if value}


def paper_of(claims: Mapping[Any, Any]) -> Sealed:
    """Return the paper that claims speak of. Raises SealBroken when they speak of none."""
    try:
        return Sealed(
            token=token_from(int.from_bytes(claims[PAPER], "big")),
            issued_at=datetime.fromtimestamp(claims[ISSUED], UTC),
            key_ends_at=datetime.fromtimestamp(claims[KEY_ENDS], UTC),
            title=claims.get(TITLE, ""),
            number=claims.get(NUMBER, ""),
            agency=claims.get(AGENCY, ""),
            subject=claims.get(SUBJECT, ""),
            name=claims.get(NAME, b""),
            practice=bool(claims.get(PRACTICE, 0)),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise SealBroken from fault


def seal(claims: Mapping[Any, Any], key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the claims signed; the same claims and key give the same bytes (RFC 6979)."""
    protected = cbor.written({ALGORITHM: ES256, KEY_ID: key_id(key.public_key())})
    content = cbor.written(claims)
    how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    r, s = decode_dss_signature(key.sign(_to_sign(protected, content), how))
    signature = r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big")
    return cbor.written(cbor.Tagged(COSE_SIGN1, [protected, {}, content, signature]))


def opened(sealed: bytes, keys: Mapping[bytes, ec.EllipticCurvePublicKey]) -> dict[Any, Any]:
    """Return the claims of a seal made with one of the keys, by their ids. Raises SealBroken."""
    try:
        message = cbor.read(sealed)
        protected, _, content, signature = message.value
        key = keys[cbor.read(protected)[KEY_ID]]
        r, s = (int.from_bytes(half, "big") for half in (signature[:HALF], signature[HALF:]))
        how = ec.ECDSA(hashes.SHA256())
        key.verify(encode_dss_signature(r, s), _to_sign(protected, content), how)
        if (message.tag, len(signature)) != (COSE_SIGN1, 2 * HALF):
            raise SealBroken
        return dict(cbor.read(content))
    except (InvalidSignature, LookupError, TypeError, ValueError, AttributeError) as fault:
        raise SealBroken from fault


def key_id(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the short name of a key: the beginning of the hash of its two coordinates."""
    numbers = key.public_numbers()
    point = numbers.x.to_bytes(HALF, "big") + numbers.y.to_bytes(HALF, "big")
    return hashlib.sha256(point).digest()[:SHORT]


def name_hash(name: str, token: str) -> bytes:
    """Return what tells whether a full name is the one on the paper: spelling of tones does not matter.

    The code salts it: hashes of two papers of one person have nothing in common. Whoever holds the QR
    code can try names out; it stands on a paper that shows the name.
    """
    return hashlib.sha256(f"{token}\n{names.match_key(name)}".encode()).digest()[:SHORT]


def token_hash(token: str) -> bytes:
    """Return how the status list names a paper: without its code, nobody finds out which one it is."""
    return hashlib.sha256(token.encode()).digest()[:SHORT]


def as_digits(sealed: bytes) -> str:
    """Return bytes as a decimal number; a leading 1 byte keeps noughts at the beginning."""
    return str(int.from_bytes(b"\x01" + sealed, "big"))


def from_digits(digits: str) -> bytes:
    """Return the bytes of a number. Raises SealBroken."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 2000:  # noqa: PLR2004
        raise SealBroken
    number = int(digits)
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if content[:1] != b"\x01":
        raise SealBroken
    return content[1:]


def _to_sign(protected: bytes, content: bytes) -> bytes:
    return cbor.written(["Signature1", protected, b"", content])


def _cut(text: str, longest: int) -> str:
    """Return the text, or its beginning and “…” when it has more bytes than that."""
    raw = text.encode()
    return text if len(raw) <= longest else raw[: longest - 3].decode(errors="ignore") + "…"
