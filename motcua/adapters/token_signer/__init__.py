"""Signing with keys on a PKCS#11 token or HSM: those of the Government Cipher Committee, or of a licensed CA.

Which key signs for whom is told by MOTCUA_TOKEN_KEYS; a key of another person or agency is never taken.
How an office plugs its token in: docs/how-to/sign-with-your-token.vi.md.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from asn1crypto import x509
from django.conf import settings

from motcua.adapters.token_signer.token import Token, Where
from motcua.documents.pades.lists import fresh_lists
from motcua.documents.pades.signing import Pen, signed
from motcua.documents.pades.stamping import time_stamper
from motcua.documents.pades.trust import Trust, certificates_in, ends_of, is_root
from motcua.documents.pades.verifying import proved
from motcua.documents.ports import Place, SigningNotPossible, Standing, Verification
from motcua.documents.wiring import time_authority
from motcua.toolkit.clock import now

EVERYBODY = "*"
PRACTICE = "khóa thực hành"


class TokenSigner:
    """A `documents.ports.Signer`: PAdES B-LTA with keys that never leave their token."""

    practice = False

    def __init__(self) -> None:
        """Read the settings; the token is opened at the first signature."""
        told = settings.TOKEN
        self._keys: Mapping[str, str] = told["keys"]
        self._home = Path(settings.HOME)
        where = Where(told["module"], told["label"], told["pin_file"])
        self._token = Token(where, self._home / "secrets" / "token-pin-refused")

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
        del title  # it stands on the paper; the certificate has its own
        label = self._label(signer, agency)
        certificate = self._token.certificate(label)
        trust = self._trust([certificate])
        with self._token.session() as session:
            pen = Pen(_hand(session, label, certificate, self._chain), self._stamper, trust)
            return signed(pdf, pen, name=signer, reason=reason, at=at, place=place)

    def verify(self, pdf: bytes) -> Verification:
        # What proves a paper is in the paper: no list is fetched, whoever asks.
        trust = Trust(roots=[each for each in self._chain if is_root(each)], between=self._chain)
        return proved(pdf, trust, practice=PRACTICE)

    def standing(self) -> Standing:
        labels = sorted(set(self._keys.values()))
        try:
            certificates = {label: self._token.certificate(label) for label in labels}
            self._trust(certificates.values())
        except SigningNotPossible as fault:
            return Standing(why=fault.why, about=fault.about)
        return Standing(ends=ends_of(certificates))

    def published(self) -> Mapping[str, bytes]:
        return {}  # the authority that certified the keys publishes its own

    def _label(self, signer: str, agency: str) -> str:
        for name in (signer, agency, EVERYBODY):
            if name in self._keys:
                return self._keys[name]
        raise SigningNotPossible(why="key-missing", about=f"{signer}, {agency}")

    @cached_property
    def _stamper(self) -> Any:
        return time_stamper(time_authority())

    @cached_property
    def _chain(self) -> list[x509.Certificate]:
        """Roots and authorities that signatures and time stamps lead to."""
        return certificates_in(settings.SIGNING_ROOTS)

    def _trust(self, certificates: Iterable[x509.Certificate]) -> Trust:
        roots = [each for each in self._chain if is_root(each)]
        between = [each for each in self._chain if not is_root(each)]
        folder = self._home / "revocation-lists"
        return Trust(roots, between, fresh_lists([*certificates, *between], folder, now()))


def _hand(
    session: Any, label: str, certificate: x509.Certificate, chain: list[x509.Certificate]
) -> Any:
    from pyhanko.sign.pkcs11 import PKCS11Signer  # noqa: PLC0415

    return PKCS11Signer(
        session,
        signing_cert=certificate,
        key_label=label,
        ca_chain=[each for each in chain if not is_root(each)],
        # Tokens hash in hardware or not at all: for elliptic curves few can, for RSA all do.
        use_raw_mechanism=certificate.public_key.algorithm == "ec",
    )
