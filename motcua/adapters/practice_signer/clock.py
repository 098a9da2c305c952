"""An authority of time of our own (RFC 3161), until an office names a licensed one (MOTCUA_TSA_URL).

It says the time of this machine, signed with a key that does nothing else. Its answers are put together
from bytes: twice a paper, that takes a tenth of what building them as objects does.
"""

import hashlib
import secrets
from datetime import UTC, datetime
from functools import cached_property

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.adapters.practice_signer.authority import PracticeAuthority
from motcua.adapters.practice_signer.certificates import Holder
from motcua.adapters.practice_signer.places import the_authority
from motcua.toolkit.clock import now

POLICY = "1.3.6.1.4.1.59999.1"
SEQUENCE, SET, OCTETS, INTEGER, TIME, FIRST, TAGGED = 0x30, 0x31, 0x04, 0x02, 0x18, 0xA0, 0x80
LONG = 0x80
_DER = serialization.Encoding.DER


def der(tag: int, *parts: bytes) -> bytes:
    """Return the parts as the content of one DER value."""
    content = b"".join(parts)
    size = len(content)
    if size < LONG:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, LONG | len(length)]) + length + content


def number(value: int) -> bytes:
    """Return a number from 0 on as a DER INTEGER."""
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


class PracticeClock:
    """A `documents.ports.TimeAuthority`."""

    def __init__(self, authority: PracticeAuthority | None = None) -> None:
        """Take the key from that authority, by default this installation's."""
        self._authority = authority or the_authority()

    def stamp(self, request: bytes) -> bytes:
        told = _told(tsp.TimeStampReq.load(request), now().astimezone(UTC))
        granted = der(SEQUENCE, number(0))
        return der(SEQUENCE, granted, self._signed(told))

    def _signed(self, told: bytes) -> bytes:
        """Return a SignedData (RFC 5652) around what is told."""
        shape = self._shape
        digest = _attribute("message_digest", der(OCTETS, hashlib.sha256(told).digest()))
        attributes = b"".join(sorted([*shape.attributes, digest]))
        signature = shape.key.sign(der(SET, attributes), ec.ECDSA(hashes.SHA256()))
        signer = der(
            SEQUENCE, number(1), shape.issuer_and_serial, _SHA256, der(FIRST, attributes),
            _ECDSA, der(OCTETS, signature),
        )  # fmt: skip
        content = der(
            SEQUENCE, number(3), der(SET, _SHA256),
            der(SEQUENCE, _oid("tst_info"), der(FIRST, der(OCTETS, told))),
            der(FIRST, *shape.certificates), der(SET, signer),
        )  # fmt: skip
        return der(SEQUENCE, _oid("signed_data"), der(FIRST, content))

    @cached_property
    def _shape(self) -> "_Shape":
        return _Shape(self._authority.clock(), self._authority.issuing)


class _Shape:
    """What is the same in all answers."""

    def __init__(self, holder: Holder, issuer: Holder) -> None:
        own, above = (each.certificate.public_bytes(_DER) for each in (holder, issuer))
        read = x509.Certificate.load(own)
        self.key = holder.key
        self.certificates = sorted([own, above])
        self.issuer_and_serial = der(SEQUENCE, read.issuer.dump(), number(read.serial_number))
        identifier = der(SEQUENCE, der(OCTETS, hashlib.sha256(own).digest()))
        self.attributes = [
            _attribute("content_type", _oid("tst_info")),
            _attribute("signing_certificate_v2", der(SEQUENCE, der(SEQUENCE, identifier))),
        ]


def _told(asked: tsp.TimeStampReq, at: datetime) -> bytes:
    """Return the TSTInfo: whose digest, when, in answer to which request."""
    nonce = asked["nonce"]
    return der(
        SEQUENCE, number(1), core.ObjectIdentifier(POLICY).dump(), asked["message_imprint"].dump(),
        number(secrets.randbits(63)), der(TIME, f"{at:%Y%m%d%H%M%SZ}".encode()),
        nonce.dump() if nonce.native is not None else b"",
    )  # fmt: skip


def _attribute(kind: str, value: bytes) -> bytes:
    return der(SEQUENCE, cms.CMSAttributeType(kind).dump(), der(SET, value))


def _oid(kind: str) -> bytes:
    return cms.ContentType(kind).dump()  # type: ignore[no-any-return]


_SHA256: bytes = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
_ECDSA: bytes = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump()
