"""The keys that seal QR codes: made here, one after the other; published for ever.

A key seals for a year, then the next one is made; what it sealed stays verifiable, for its public half
is shown at `/xac-thuc/khoa.json` as long as papers live. A key that was stolen is withdrawn: its seals
prove nothing any more, the papers themselves stay (their own signatures and our records prove them).

Each key is a file of the home folder, named `<begins>-<ends>-<key id>.pem`; the moment of its withdrawal
stands in a file beside it, `<key id>.withdrawn`.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from motcua.documents.models import IssuedPaper
from motcua.documents.rules.seals import Sealed, claims_of, key_id, name_hash, seal

SEALS_FOR = timedelta(days=365)
BEFORE = timedelta(days=7)  # a paper bears the moment of its decision, and may be issued days later
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class PaperKey:
    """A key: it seals from `begins_at` until `ends_at`, unless it was withdrawn."""

    id: bytes
    private: ec.EllipticCurvePrivateKey
    begins_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def public(self) -> ec.EllipticCurvePublicKey:
        return self.private.public_key()

    def seals_at(self, at: datetime) -> bool:
        """Tell whether it may seal at that moment."""
        return self.withdrawn_at is None and self.begins_at <= at < self.ends_at


def all_keys() -> list[PaperKey]:
    """Return every key there ever was, oldest first."""
    return [_read(place) for place in sorted(_folder().glob("*.pem"))]


def present_key(at: datetime) -> PaperKey:
    """Return the youngest key that may seal at that moment, made now when there is none."""
    found = [key for key in all_keys() if key.seals_at(at)]
    return found[-1] if found else new_key(at - BEFORE)


def new_key(at: datetime) -> PaperKey:
    """Make a key that seals from that moment on, in place of the one before."""
    private = ec.generate_private_key(ec.SECP256R1())
    begins = at.astimezone(UTC).replace(microsecond=0)
    name = f"{begins:{_STAMP}}-{begins + SEALS_FOR:{_STAMP}}-{key_id(private.public_key()).hex()}"
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    place = _folder() / f"{name}.pem"
    _keep(place, pem)
    return _read(place)


def withdraw(key: PaperKey, at: datetime) -> None:
    """Say that what this key sealed proves nothing any more, for example because it was stolen."""
    stamp = f"{at.astimezone(UTC):{_STAMP}}".encode()
    _keep(_folder() / f"{key.id.hex()}.withdrawn", stamp)


def verifying_keys() -> Mapping[bytes, ec.EllipticCurvePublicKey]:
    """Return the public keys whose seals prove something, by their ids."""
    return {key.id: key.public for key in all_keys() if key.withdrawn_at is None}


def sealed_paper(paper: IssuedPaper, subject: str, *, practice: bool) -> bytes:
    """Return the seal of a paper about to be issued; `subject` is the full name of whom it is about."""
    key = present_key(paper.signed_at)
    said = Sealed(
        token=paper.token,
        issued_at=paper.signed_at,
        key_ends_at=key.ends_at,
        title=paper.title,
        number=paper.number,
        agency=paper.agency,
        subject=paper.subject,
        name=name_hash(subject, paper.token) if subject else b"",
        practice=practice,
    )
    return seal(claims_of(said), key.private)


def _folder() -> Path:
    folder = Path(settings.HOME) / "secrets" / "paper-keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _read(place: Path) -> PaperKey:
    begins, ends, name = place.stem.split("-")
    withdrawn = place.with_name(f"{name}.withdrawn")
    return PaperKey(
        id=bytes.fromhex(name),
        private=_private(place),
        begins_at=_moment(begins),
        ends_at=_moment(ends),
        withdrawn_at=_moment(withdrawn.read_text("ascii")) if withdrawn.exists() else None,
    )


@cache
def _private(place: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(place.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{place} holds no elliptic-curve key")
    return key


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def _keep(place: Path, content: bytes) -> None:
    """Write the file whole and durably, or not at all."""
    handle, draft = tempfile.mkstemp(dir=place.parent)  # readable by this user only
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(place)
