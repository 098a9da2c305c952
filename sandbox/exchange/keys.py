"""Keys: one of our own for each system, and the other side's as we learned them."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from http import HTTPStatus

import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from sandbox.exchange.signatures import BadSignatureError, Message, verify
from sandbox.store import Store

SCHEMA = """
create table if not exists own_key(party text primary key, jwk text not null) without rowid;
create table if not exists peer_key(party text primary key, jwks text not null) without rowid;
"""
PEER = "motcua"
SYSTEMS = ("civil-registry", "population", "residence", "insurance")
_REST = 1.0  # seconds between two fetches of the same keys
_PATIENCE = urllib3.Timeout(connect=2.0, read=5.0)


class KeysOutOfReachError(RuntimeError):
    """The other side's keys could not be fetched now."""


@dataclass
class Keys:
    """The key ring of the box's four systems."""

    store: Store
    peer_address: str
    _own: dict[str, OKPKey] = field(default_factory=dict)
    _fetched_at: float = 0.0

    def own(self, system: str) -> OKPKey:
        """Return the system's key pair, made at first use and kept."""
        if system not in self._own:
            made = OKPKey.generate_key("Ed25519", {"kid": system, "use": "sig", "alg": "EdDSA"})
            with self.store.transaction() as db:
                db.execute(
                    "insert into own_key(party, jwk) values (?, ?) on conflict do nothing",
                    (system, json.dumps(made.as_dict(private=True))),
                )
            kept = self.store.value("select jwk from own_key where party = ?", system)
            self._own[system] = OKPKey.import_key(json.loads(kept))
        return self._own[system]

    def private(self, system: str) -> Ed25519PrivateKey:
        key = self.own(system).private_key
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(system)
        return key

    def published(self, system: str) -> dict[str, object]:
        """Return the JWKS of the system's public key."""
        public = self.own(system).as_dict(private=False)
        return {"keys": [public | {"kid": system, "use": "sig", "alg": "EdDSA"}]}

    async def check(self, message: Message, body: bytes | None) -> None:
        """Raise BadSignatureError unless motcua signed the message.

        When the kept keys do not fit, they are fetched anew: keys change. KeysOutOfReachError when
        there are none and they cannot be fetched.
        """
        kept = self._kept()
        if kept and _fits(kept, message, body):
            return
        fresh = await self._fetch(have_some=bool(kept))
        if not _fits(fresh, message, body):
            raise BadSignatureError("The signature is not motcua's.")

    def _kept(self) -> list[Ed25519PublicKey]:
        found = self.store.value("select jwks from peer_key where party = ?", PEER)
        return _public_keys(json.loads(found)) if found else []

    async def _fetch(self, *, have_some: bool) -> list[Ed25519PublicKey]:
        if have_some and time.monotonic() - self._fetched_at < _REST:
            return []
        self._fetched_at = time.monotonic()
        try:
            jwks = await asyncio.to_thread(_get, self.peer_address)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            if have_some:
                return []
            raise KeysOutOfReachError(str(error)) from error
        with self.store.transaction() as db:
            db.execute(
                "insert or replace into peer_key(party, jwks) values (?, ?)",
                (PEER, json.dumps(jwks)),
            )
        return _public_keys(jwks)


def _get(address: str) -> dict[str, object]:
    answer = urllib3.request("GET", address, timeout=_PATIENCE, retries=False)
    found = json.loads(answer.data) if answer.status == HTTPStatus.OK else None
    if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
        raise ValueError(f"no JWKS at {address}")  # noqa: TRY004 - it is the answer that is wrong
    return found


def _public_keys(jwks: dict[str, object]) -> list[Ed25519PublicKey]:
    found = []
    listed = jwks.get("keys")
    for entry in listed if isinstance(listed, list) else []:
        if not isinstance(entry, dict) or entry.get("kid") != PEER:
            continue
        try:
            key = OKPKey.import_key(entry).public_key
        except (JoseError, ValueError):
            continue
        if isinstance(key, Ed25519PublicKey):
            found.append(key)
    return found


def _fits(keys: list[Ed25519PublicKey], message: Message, body: bytes | None) -> bool:
    for key in keys:
        try:
            verify(message, party=PEER, key=key, body=body)
        except BadSignatureError:
            continue
        return True
    return False
