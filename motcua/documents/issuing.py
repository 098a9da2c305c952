"""Issuing results: made, signed, kept, and from then on verifiable by whoever holds them."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.documents.models import IssuedPaper
from motcua.documents.operations import keep_blob
from motcua.documents.paper_keys import sealed_paper
from motcua.documents.papers import make_to_sign
from motcua.documents.rules.refusals import (
    AlreadyReplaced,
    AlreadyWithdrawn,
    IssuedPaperUnknown,
)
from motcua.documents.rules.seals import as_digits
from motcua.documents.rules.tokens import LENGTH, grouped, token_from
from motcua.documents.wiring import signer
from motcua.kernel import names

__all__ = ["issue", "reinstate", "replace", "revoke", "verification_url"]


def issue(
    *,
    owner: str,
    kind: str,
    key: str,
    template: str,
    title: str,
    data: Mapping[str, Any],
    agency: str,
    signer_name: str,
    signer_title: str,
    at: datetime,
    number: str = "",
    result_code: str = "",
    subject: str = "",
) -> IssuedPaper:
    """Make the paper from its template, sign it, and return it as issued.

    Idempotent by (owner, kind, key): issued twice, the first stands. The template gets `data` and
    beside them `verify` (url, code, qr) and `signature` (name, title, agency, at, practice). `subject` is the
    full name of the person it is about and is kept masked; `signer_title` may have two lines (“KT. Chủ tịch”, “Phó
    Chủ tịch”); `result_code` is the national catalogue's (KQ…).
    """
    known = IssuedPaper.objects.filter(owner=owner, kind=kind, key=key).first()
    if known is not None:
        return known
    hand = signer()
    paper = IssuedPaper(
        owner=owner,
        kind=kind,
        key=key,
        template=template,
        title=title,
        number=number,
        result_code=result_code,
        agency=agency,
        signer=signer_name,
        signer_title=signer_title,
        subject=names.mask(subject),
        token=token_from(secrets.randbits(5 * LENGTH)),
        signed_at=at,
    )
    verify = _verify(paper, subject, practice=hand.practice)
    filled = {**data, "verify": verify, "signature": _shown(paper, practice=hand.practice)}
    made, place = make_to_sign(template, filled, at=at)
    signed = hand.sign(
        made,
        signer=signer_name,
        title=_own_title(signer_title),
        agency=agency,
        reason=title,
        at=at,
        place=place,
    )
    return _recorded(paper, signed)


@transaction.atomic
def revoke(*, owner: str, paper: UUID, reason: str, at: datetime) -> IssuedPaper:
    """Withdraw a paper; its verification page says so from now on, with the reason.

    Raises IssuedPaperUnknown, AlreadyWithdrawn.
    """
    found = _valid(owner, paper)
    found.status = IssuedPaper.Status.REVOKED
    found.status_reason = reason
    found.status_at = at
    found.save(update_fields=["status", "status_reason", "status_at"])
    return found


@transaction.atomic
def replace(*, owner: str, paper: UUID, by: UUID, reason: str, at: datetime) -> IssuedPaper:
    """Say that paper `by`, already issued for the same owner, stands in the place of this one.

    Raises IssuedPaperUnknown, AlreadyWithdrawn.
    """
    found = _valid(owner, paper)
    found.replaced_by = _valid(owner, by)
    found.status = IssuedPaper.Status.REPLACED
    found.status_reason = reason
    found.status_at = at
    found.save(update_fields=["status", "status_reason", "status_at", "replaced_by"])
    return found


@transaction.atomic
def reinstate(*, owner: str, paper: UUID) -> IssuedPaper:
    """Let a revoked paper count again; when and why is told by the history of its owner.

    Harmless where it counts already. Raises IssuedPaperUnknown, AlreadyReplaced.
    """
    found = IssuedPaper.objects.select_for_update().filter(owner=owner, id=paper).first()
    if found is None:
        raise IssuedPaperUnknown
    if found.status == IssuedPaper.Status.REPLACED:
        raise AlreadyReplaced(paper=str(paper))
    found.status, found.status_reason, found.status_at = IssuedPaper.Status.VALID, "", None
    found.save(update_fields=["status", "status_reason", "status_at"])
    return found


def verification_url(token: str) -> str:
    """Return the public address where the paper with that code is verified."""
    return f"{settings.BASE_URL}/xac-thuc/{token}"


def _own_title(above: str) -> str:
    """Return the signer's own title of what stands above the name: the last line."""
    return above.rpartition("\n")[2]


def _shown(paper: IssuedPaper, *, practice: bool) -> dict[str, Any]:
    """Return what the paper shows of its signature."""
    return {
        "name": paper.signer,
        "title": paper.signer_title,
        "agency": paper.agency,
        "at": timezone.localtime(paper.signed_at).isoformat(timespec="seconds"),
        "practice": practice,
    }


def _verify(paper: IssuedPaper, subject: str, *, practice: bool) -> dict[str, str]:
    """Return how to check the paper; its QR code holds the address and, behind `#`, the paper's seal."""
    url = verification_url(paper.token)
    sealed = as_digits(sealed_paper(paper, subject, practice=practice))
    return {"url": url, "code": grouped(paper.token), "qr_text": f"{url}#{sealed}"}


def _recorded(paper: IssuedPaper, signed: bytes) -> IssuedPaper:
    """Write the rows; when another process issued the same meanwhile, return that one."""
    try:
        with transaction.atomic():
            paper.blob_id = keep_blob(signed, "application/pdf", paper.signed_at)
            paper.save(force_insert=True)
    except IntegrityError:
        first = IssuedPaper.objects.filter(owner=paper.owner, kind=paper.kind, key=paper.key)
        if (known := first.first()) is None:
            raise
        return known
    return paper


def _valid(owner: str, paper: UUID) -> IssuedPaper:
    found = IssuedPaper.objects.select_for_update().filter(owner=owner, id=paper).first()
    if found is None:
        raise IssuedPaperUnknown
    if found.status != IssuedPaper.Status.VALID:
        raise AlreadyWithdrawn(paper=str(paper))
    return found
