"""Checking a signed PDF: by what it carries with it, as of the moment its time stamp proves."""

import io
from datetime import datetime
from typing import Any

from motcua.documents.pades.trust import Trust
from motcua.documents.ports import Verification

UNSIGNED = Verification(valid=False, signed=False)


def proved(pdf: bytes, trust: Trust, *, practice: str) -> Verification:
    """Return what the signature in the PDF proves; never raises, whatever a hostile PDF breaks.

    `practice` is the organizational unit by which certificates say that they are for practice.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = reader.embedded_regular_signatures
        return _proved(reader, signatures[-1], trust, practice) if signatures else UNSIGNED
    except Exception:  # noqa: BLE001 - it proves nothing
        return UNSIGNED


def _proved(reader: Any, signature: Any, trust: Trust, practice: str) -> Verification:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415

    stored = _store(reader)
    stamped_at = _stamped_at(signature)
    at = stamped_at or signature.self_reported_timestamp
    status = validate_pdf_signature(
        signature,
        signer_validation_context=trust.context(at, **stored),
        ts_validation_context=trust.context(at, **stored),
    )
    whole = _is_whole(reader, status, trust, stored)
    subject = signature.signer_cert.subject.native
    return Verification(
        valid=bool(status.bottom_line) and whole,
        signed=True,
        intact=status.intact and status.valid,
        whole=whole,
        trusted=status.trusted,
        practice=practice in subject.get("organizational_unit_name", ""),
        stamped=stamped_at is not None and _is_believed(status.timestamp_validity),
        long_term=bool(reader.embedded_timestamp_signatures) and bool(stored["crls"]),
        signer=subject.get("common_name", "").removesuffix(f" ({practice})"),
        signed_at=status.signer_reported_dt,
    )


def _is_whole(reader: Any, status: Any, trust: Trust, stored: Any) -> bool:
    """Tell whether nothing was added but the proofs, and the last of them closes the file."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_timestamp  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    entire = SignatureCoverageLevel.ENTIRE_FILE
    stamps = reader.embedded_timestamp_signatures
    if not stamps:
        return bool(status.coverage == entire)
    last = stamps[-1]
    closing = validate_pdf_timestamp(last, validation_context=trust.context(**stored))
    only_proofs = status.modification_level in (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
    )
    return bool(only_proofs and closing.coverage == entire and _is_believed(closing))


def _store(reader: Any) -> dict[str, list[Any]]:
    """Return the revocation lists of the document security store."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415
    from pyhanko.sign.validation.errors import NoDSSFoundError  # noqa: PLC0415

    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return {"crls": []}
    return {"crls": [each.get_object().data for each in store.crls]}


def _stamped_at(signature: Any) -> datetime | None:
    """Return the moment that the signature's time stamp tells, before it is believed."""
    from pyhanko.sign import general  # noqa: PLC0415

    attributes = signature.signer_info["unsigned_attrs"]
    try:
        token = general.find_unique_cms_attribute(attributes, "signature_time_stamp_token")
    except general.NonexistentAttributeError:
        return None
    info = token["content"]["encap_content_info"]["content"].parsed
    return info["gen_time"].native  # type: ignore[no-any-return]


def _is_believed(status: Any) -> bool:
    return bool(status is not None and status.valid and status.intact and status.trusted)
