"""An authority of this installation: a root, an authority under it, a key for each official, a clock.

Everything is made at first use and lies in one folder, readable only here. The root's key
(`root.key`) is used once and may be taken away to a safe place afterwards.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.adapters.practice_signer import certificates
from motcua.adapters.practice_signer.certificates import BEGINS, ENDS, Holder

LIST_AGE, LIST_LIFE = timedelta(days=1), timedelta(days=7)
_PEM = serialization.Encoding.PEM


class PracticeAuthority:
    """The keys and certificates under one folder."""

    def __init__(self, folder: Path, published_at: str) -> None:
        """Keep everything under `folder`; certificates say that lists are found below `published_at`."""
        self._earlier = folder / "root.pem"
        self._folder = folder / "pki"
        self._published_at = published_at
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @cached_property
    def issuing(self) -> Holder:
        """The authority that issues to officials; made together with its root."""
        if not self._folder.exists():
            self._make_root()
        return _read(self._folder / "issuing.pem")

    @property
    def root(self) -> x509.Certificate:
        """The root certificate, which verifiers trust."""
        _ = self.issuing  # made together
        return x509.load_pem_x509_certificate((self._folder / "root.crt").read_bytes())

    @property
    def earlier_roots(self) -> list[x509.Certificate]:
        """The root of installations before there was an authority under it: what it signed stays valid."""
        if not self._earlier.exists():
            return []
        return [x509.load_pem_x509_certificate(self._earlier.read_bytes())]

    def official(self, signer: str, title: str, agency: str) -> Holder:
        """Return the official's key and certificate in that agency, made at first use."""
        told = f"{signer}\n{title}\n{agency}" if agency else f"{signer}\n{title}"
        name = certificates.named(signer, title=title, agency=agency)
        return self._kept(
            f"official-{hashlib.sha256(told.encode()).hexdigest()[:32]}",
            lambda: certificates.official(self.issuing, name, self._address("issuing")),
        )

    def clock(self) -> Holder:
        """Return the key and certificate of the authority of time, made at first use."""
        return self._kept(
            "clock", lambda: certificates.clock(self.issuing, self._address("issuing"))
        )

    def revoke(self, certificate: x509.Certificate, at: datetime) -> None:
        """Revoke a certificate: the list says so from now on."""
        revoked = {*self._revoked(), certificate.serial_number}
        _write(self._folder / "revoked.json", json.dumps(sorted(map(str, revoked))).encode())
        self._make_list(at)

    def revocation_lists(self, at: datetime) -> dict[str, bytes]:
        """Return the lists of the root and of the authority under it, made anew each day."""
        _ = self.issuing
        place = self._folder / "issuing.crl"
        made = datetime.fromtimestamp(place.stat().st_mtime, UTC) if place.exists() else BEGINS
        if abs(at - made) > LIST_AGE:
            self._make_list(at)
        root = self._folder / "root.crl"
        return {"root.crl": root.read_bytes(), "issuing.crl": place.read_bytes()}

    def _address(self, name: str) -> str:
        return f"{self._published_at}/{name}.crl"

    def _make_root(self) -> None:
        """Write root and authority; of two processes that do so at once, the first one's folder stays."""
        root = certificates.root()
        issuing = certificates.authority(root, self._address("root"))
        draft = Path(tempfile.mkdtemp(dir=self._folder.parent))
        _write(draft / "root.key", _private(root))
        _write(draft / "root.crt", root.certificate.public_bytes(_PEM))
        _write(draft / "root.crl", certificates.revocation_list(root, [], BEGINS, ENDS, 1))
        _write(draft / "issuing.pem", _pem(issuing))
        try:
            draft.rename(self._folder)
        except OSError:
            shutil.rmtree(draft)

    def _make_list(self, at: datetime) -> None:
        begins, number = at - timedelta(hours=1), int(at.timestamp())
        made = certificates.revocation_list(
            self.issuing, self._revoked(), begins, at + LIST_LIFE, number
        )
        _write(self._folder / "issuing.crl", made)
        os.utime(self._folder / "issuing.crl", (at.timestamp(), at.timestamp()))

    def _revoked(self) -> list[int]:
        place = self._folder / "revoked.json"
        return [int(serial) for serial in json.loads(place.read_bytes())] if place.exists() else []

    def _kept(self, name: str, make: Callable[[], Holder]) -> Holder:
        place = self._folder / f"{name}.pem"
        if not place.exists():
            _write(place, _pem(make()))
        return _read(place)


def _private(holder: Holder) -> bytes:
    return holder.key.private_bytes(
        _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _pem(holder: Holder) -> bytes:
    return _private(holder) + holder.certificate.public_bytes(_PEM)


def _read(place: Path) -> Holder:
    content = place.read_bytes()
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{place} holds no elliptic-curve key")
    return Holder(key, x509.load_pem_x509_certificate(content))


def _write(place: Path, content: bytes) -> None:
    """Write the file whole and durably; readable by this user only."""
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(place)
