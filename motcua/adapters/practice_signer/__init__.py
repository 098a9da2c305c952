"""Signing with practice keys of our own making, until an office brings its keys from a licensed authority.

The certificates say “khóa thực hành” wherever a person or a program looks: they prove that this
installation signed and that nothing changed since, and claim no more. pyHanko is imported at the
first signature, for it weighs 40 MB and most processes sign nothing.
"""

import io
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from motcua.adapters.practice_signer.keys import PracticeAuthority
from motcua.documents.ports import Verification

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSigner, PdfSigningSession

PRACTICE = "khóa thực hành"
RESERVED = 4096  # bytes for the signature; one of P-256 with two certificates needs 2,600


class PracticeSigner:
    """A `documents.ports.Signer`: PAdES B-B with P-256 keys kept in the home folder."""

    practice = True

    def __init__(self, folder: Path | None = None) -> None:
        """Keep keys under `folder`, by default beside the other secrets."""
        self._folder = folder or Path(settings.HOME) / "secrets" / "practice-signer"

    @cached_property
    def _authority(self) -> PracticeAuthority:
        return PracticeAuthority(self._folder)

    def sign(self, pdf: bytes, *, signer: str, title: str, reason: str, at: datetime) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        hand = self._hand(signer=signer, title=title, reason=reason, at=at)
        signed = hand.sign_pdf(writer, bytes_reserved=RESERVED * 2)
        return bytes(signed.getbuffer())

    def verify(self, pdf: bytes) -> Verification:
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

        try:
            signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
            if not signatures:
                return Verification(valid=False, signed=False)
            return self._proved(signatures[-1])
        except Exception:  # noqa: BLE001 - whatever a hostile PDF breaks, it proves nothing
            return Verification(valid=False, signed=False)

    def _proved(self, signature: Any) -> Verification:
        from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
        from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415
        from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

        context = ValidationContext(
            trust_roots=[self._authority.root],
            allow_fetching=False,
            moment=signature.self_reported_timestamp,
            best_signature_time=signature.self_reported_timestamp,
        )
        status = validate_pdf_signature(signature, signer_validation_context=context)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        subject = signature.signer_cert.subject.native
        return Verification(
            valid=bool(status.bottom_line) and whole,
            signed=True,
            intact=status.intact and status.valid,
            whole=whole,
            trusted=status.trusted,
            practice=PRACTICE in subject.get("organizational_unit_name", ""),
            signer=subject.get("common_name", "").removesuffix(f" ({PRACTICE})"),
            signed_at=status.signer_reported_dt,
        )

    def _hand(self, *, signer: str, title: str, reason: str, at: datetime) -> "PdfSigner":
        """Return pyHanko's signer for this official, its clock set to the moment of the act."""
        from pyhanko.sign import fields, signers  # noqa: PLC0415
        from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

        class Hand(signers.PdfSigner):
            def init_signing_session(
                self, pdf_out: "BasePdfFileWriter", existing_fields_only: bool = False
            ) -> "PdfSigningSession":
                session = super().init_signing_session(pdf_out, existing_fields_only)
                session.system_time = at
                return session

        key, certificate = self._authority.key_of(signer, title)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register(self._authority.root)
        meta = signers.PdfSignatureMetadata(
            field_name="ChuKySo",
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            name=signer,
        )
        hand = signers.SimpleSigner(
            signing_cert=certificate, signing_key=key, cert_registry=store, embed_roots=True
        )
        return Hand(meta, hand)
