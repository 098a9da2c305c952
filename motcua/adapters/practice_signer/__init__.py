"""Signing with practice keys of our own making, until an office brings its keys from a licensed authority.

The certificates say “khóa thực hành” wherever a person or a program looks: they prove that this
installation signed and that nothing changed since, and claim no more.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import serialization
from django.conf import settings

from motcua.adapters.practice_signer.certificates import PRACTICE, Holder
from motcua.adapters.practice_signer.places import the_authority
from motcua.documents.pades.lists import fresh_lists
from motcua.documents.pades.signing import Pen, signed
from motcua.documents.pades.stamping import time_stamper
from motcua.documents.pades.trust import Trust, certificates_in, is_root
from motcua.documents.pades.verifying import proved
from motcua.documents.ports import Place, Standing, Verification
from motcua.documents.wiring import time_authority
from motcua.toolkit.clock import now

_DER = serialization.Encoding.DER


class PracticeSigner:
    """A `documents.ports.Signer`: PAdES B-LTA with P-256 keys kept in the home folder."""

    practice = True

    def __init__(self, folder: Path | None = None) -> None:
        """Keep keys under `folder`, by default beside the other secrets."""
        self._authority = the_authority(folder)

    def sign(
        self,
        pdf: bytes,
        *,
        signer: str,
        title: str,
        agency: str,
        reason: str,
        at: datetime,
        place: Place | None = None,
    ) -> bytes:
        pen = Pen(self._hand(signer, title, agency), self._stamper, self._trust())
        return signed(pdf, pen, name=signer, reason=reason, at=at, place=place)

    def verify(self, pdf: bytes) -> Verification:
        return proved(pdf, self._trust(), practice=PRACTICE)

    def standing(self) -> Standing:
        return Standing(
            ends={"khóa thực hành": self._authority.issuing.certificate.not_valid_after_utc}
        )

    def published(self) -> Mapping[str, bytes]:
        own = {
            "root.crt": self._authority.root.public_bytes(_DER),
            "issuing.crt": self._authority.issuing.certificate.public_bytes(_DER),
        }
        return own | self._authority.revocation_lists(now())

    @cached_property
    def _stamper(self) -> Any:
        return time_stamper(time_authority())

    def _trust(self) -> Trust:
        """Our own authority, and where time stamps come from elsewhere, what those lead to."""
        roots = [self._authority.root, *self._authority.earlier_roots]
        others = certificates_in(settings.SIGNING_ROOTS)
        between = [each for each in others if not is_root(each)]
        folder = Path(settings.HOME) / "revocation-lists"
        at = now()
        return Trust(
            roots=[*map(_asn1, roots), *filter(is_root, others)],
            between=[_asn1(self._authority.issuing.certificate), *between],
            revocation_lists=[
                *self._authority.revocation_lists(at).values(),
                *fresh_lists(between, folder, at),
            ],
        )

    def _hand(self, signer: str, title: str, agency: str) -> Any:
        from pyhanko.sign import signers  # noqa: PLC0415
        from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

        holder = self._authority.official(signer, title, agency)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register(_asn1(self._authority.issuing.certificate))
        return signers.SimpleSigner(
            signing_cert=_asn1(holder.certificate), signing_key=_key(holder), cert_registry=store
        )


@cache
def _asn1(certificate: pyca.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(_DER))


def _key(holder: Holder) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        holder.key.private_bytes(
            _DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
