"""Whom a signature is believed of: roots, the certificates between, lists of revoked ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509

from motcua.documents.ports import SigningNotPossible


@dataclass(frozen=True)
class Trust:
    """Certificates and revocation lists (DER) from which a path from a signer to a root is built."""

    roots: Sequence[x509.Certificate]
    between: Sequence[x509.Certificate] = ()
    revocation_lists: Sequence[bytes] = field(default=(), repr=False)

    def context(self, at: datetime | None = None, **more: Any) -> Any:
        """Return pyHanko's way to say so; it never asks the network. `at`: as of that moment."""
        from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.between),
            crls=[*self.revocation_lists, *more.pop("crls", ())],
            allow_fetching=False,
            moment=at,
            best_signature_time=at,
            retroactive_revinfo=at is not None,
            **more,
        )


def certificates_in(place: str) -> list[x509.Certificate]:
    """Return the certificates of a PEM file; none when no file is named. Raises SigningNotPossible."""
    if not place:
        return []
    try:
        read = pem.unarmor(Path(place).read_bytes(), multiple=True)
        return [x509.Certificate.load(der) for _, _, der in read]
    except (OSError, ValueError) as fault:
        raise SigningNotPossible(why="certificate-refused", about=place) from fault


def is_root(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate vouches for itself."""
    return bool(certificate.self_signed != "no")


def ends_of(certificates: Mapping[str, x509.Certificate]) -> dict[str, datetime]:
    """Return when each named certificate ends."""
    return {
        name: certificate["tbs_certificate"]["validity"]["not_after"].native
        for name, certificate in certificates.items()
    }
