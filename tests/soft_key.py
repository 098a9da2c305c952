"""A passkey in software: answers a browser's questions as a telephone would, or as a thief would like to."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


def _b64(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class SoftKey:
    """One key on one device; `counter` is what it says next, `flags` what its person did."""

    site: str = "localhost"
    origin: str = "http://localhost:8000"
    counter: int = 1
    flags: int = PRESENT | VERIFIED
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def makes(self, challenge):
        """Answer the question to make a key."""
        known = self.secret.public_key().public_numbers()
        public = {
            1: 2, 3: -7, -1: 1, -2: known.x.to_bytes(32, "big"), -3: known.y.to_bytes(32, "big")
        }  # fmt: skip
        size = len(self.credential).to_bytes(2, "big")
        made = bytes(16) + size + self.credential + cbor2.dumps(public)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(NEW) + made}
        self.counter += 1
        told = {"attestationObject": _b64(cbor2.dumps(attested))}
        return self._answer({**told, "clientDataJSON": _b64(self._client("create", challenge))})

    def signs(self, challenge):
        """Answer the question to sign in."""
        data, client = self._data(), self._client("get", challenge)
        signed = self.secret.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        told = {"authenticatorData": _b64(data), "signature": _b64(signed)}
        self.counter += 1
        return self._answer({**told, "clientDataJSON": _b64(client)})

    def _data(self, more=0):
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([self.flags | more]) + self.counter.to_bytes(4, "big")

    def _client(self, what, challenge):
        told = {"type": f"webauthn.{what}", "challenge": _b64(challenge), "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, response):
        name = _b64(self.credential)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
