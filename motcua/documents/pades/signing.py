"""Signing: PAdES B-LTA, in two revisions of the file.

The first holds the signature, its time stamp, and in the document security store the certificates and
revocation lists that prove it; the second the document time stamp that keeps all of them provable when
they have expired. The signature's field lies, transparent, over the block in which the paper shows who
signed: a reader clicks there, and no letter is covered.
"""

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.documents.pades.revisions import revision_of
from motcua.documents.pades.trust import Trust
from motcua.documents.ports import Place, SigningNotPossible

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSigner, PdfSigningSession

# It warns at each paper that nothing is fetched while signing; we have the lists already.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)

FIELD, STAMP_FIELD = "ChuKySo", "DauThoiGian"
RESERVED = (
    2 * 8192
)  # hex digits for the signature: P-256 or RSA-3072, a chain of three, a time stamp


@dataclass(frozen=True)
class Pen:
    """What signs: pyHanko's signer with its key, its client of a time authority, whom both lead to."""

    hand: Any
    stamper: Any
    trust: Trust


def signed(
    pdf: bytes, pen: Pen, *, name: str, reason: str, at: datetime, place: Place | None = None
) -> bytes:
    """Return the PDF signed with that pen at that moment; the place is where its field lies.

    Raises SigningNotPossible: a certificate has ended, is revoked, or cannot be proved to be neither.
    """
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko_certvalidator.errors import PathError, ValidationError  # noqa: PLC0415

    context = pen.trust.context(revocation_mode="require")
    signer = _signer(pen, context, name=name, reason=reason, at=at, place=place)
    try:
        written = signer.sign_pdf(revision_of(io.BytesIO(pdf)), bytes_reserved=RESERVED)
        closed = _stamped(written, pen, context)
    except (SigningError, PathError, ValidationError) as fault:
        raise SigningNotPossible(why="certificate-refused", about=str(fault)[:200]) from fault
    return bytes(closed.getbuffer())


def _stamped(written: io.BytesIO, pen: Pen, context: Any) -> io.BytesIO:
    """Return the signed file with a document time stamp over all of it, and what proves that one."""
    from pyhanko.sign.signers import pdf_signer  # noqa: PLC0415

    how = pdf_signer.TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
    stamper = pdf_signer.PdfTimeStamper(pen.stamper, field_name=STAMP_FIELD)
    writer = revision_of(written)
    closed: io.BytesIO = stamper.timestamp_pdf(writer, "sha256", context, dss_settings=how)
    return closed


def _signer(
    pen: Pen, context: Any, *, name: str, reason: str, at: datetime, place: Place | None
) -> "PdfSigner":
    """Return pyHanko's signer of PDFs, its clock set to the moment of the act."""
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko.sign.signers import pdf_signer  # noqa: PLC0415
    from pyhanko.stamp import static  # noqa: PLC0415

    class Timed(signers.PdfSigner):
        def init_signing_session(
            self, pdf_out: "BasePdfFileWriter", existing_fields_only: bool = False
        ) -> "PdfSigningSession":
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = at
            return session

    store = pdf_signer.DSSContentSettings(
        include_vri=False,
        placement=pdf_signer.SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        name=name,
        embed_validation_info=True,
        validation_context=context,
        dss_settings=store,
    )
    return Timed(
        meta,
        pen.hand,
        timestamper=pen.stamper,
        stamp_style=static.StaticStampStyle(
            border_width=0
        ),  # an appearance in which nothing appears
        new_field_spec=_field(place),
    )


def _field(place: Place | None) -> Any:
    from pyhanko.sign import fields  # noqa: PLC0415

    return fields.SigFieldSpec(
        FIELD,
        on_page=place.page - 1 if place else 0,
        box=place.box if place else None,
        readable_field_name="Chữ ký số",
    )
