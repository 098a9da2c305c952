"""Drafts: started once, saved page by page, never overwritten silently, filed once."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft
from motcua.dossiers.queries import draft
from motcua.dossiers.rules.refusals import DraftChanged, DraftFiled, DraftUnknown

LIVES = timedelta(days=60)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def start(
    *,
    version_id: int,
    agency_id: int,
    circumstances: dict[str, Any],
    answers: dict[str, Any],
    account_id: int | None,
    typist_id: int | None = None,
    at: datetime,
) -> tuple[Draft, str]:
    """Begin a draft; return it with the secret that opens it without an account.

    `typist_id` is the official who types it at the counter for somebody who brought paper.
    """
    secret = secrets.token_urlsafe(18)
    made = Draft.objects.create(
        version_id=version_id,
        agency_id=agency_id,
        account_id=account_id,
        typist_id=typist_id,
        secret_hash=_hashed(secret),
        circumstances=circumstances,
        answers=answers,
        created_at=at,
        updated_at=at,
        expires_at=at + LIVES,
    )
    return made, secret


def opened(draft_id: UUID, *, account_id: int | None, secret: str | None, at: datetime) -> Draft:
    """Return the draft to its owner, or to whoever holds its secret. Raises DraftUnknown."""
    found = draft(draft_id)
    owner = found.account_id is not None and found.account_id == account_id
    holder = bool(secret) and hmac.compare_digest(found.secret_hash, _hashed(secret or ""))
    if not (owner or holder) or (found.expires_at <= at and not found.dossier_id):
        raise DraftUnknown
    return found


def taken_up(
    draft_id: UUID, *, agency_ids: Collection[int], typist_id: int, at: datetime
) -> tuple[Draft, str]:
    """Hand a counter's open draft to an official of its office; return it with a new secret.

    Whoever had it open before is locked out: two people never type into one declaration unknowingly.
    Raises DraftUnknown, for another office's draft as for one that never was.
    """
    secret = secrets.token_urlsafe(18)
    mine = Draft.objects.filter(
        pk=draft_id, agency_id__in=agency_ids, typist__isnull=False, dossier__isnull=True,
        expires_at__gt=at,
    )  # fmt: skip
    if not mine.update(secret_hash=_hashed(secret), typist_id=typist_id):
        raise DraftUnknown
    return draft(draft_id), secret


def locked_away(*, typist_id: int) -> int:
    """Let no browser open the official's counter drafts any more, as when they sign out; return how many."""
    return Draft.objects.filter(typist_id=typist_id, dossier__isnull=True).update(secret_hash="")


def save(
    *,
    found: Draft,
    changes: Mapping[str, Any],
    at: datetime,
    revision: int | None = None,
    ways: Mapping[str, Any] | None = None,
    circumstances: Mapping[str, Any] | None = None,
) -> Draft:
    """Keep the changed answers (None removes one).

    `revision` is the one the page was made from: a draft saved elsewhere since is not overwritten
    (DraftChanged). Raises DraftFiled for one that is a dossier already.
    """
    if found.dossier is not None:
        raise DraftFiled(code=found.dossier.code)
    if revision is not None and revision != found.revision:
        raise DraftChanged
    kept = {**found.answers, **changes}
    values = {
        "answers": {name: told for name, told in kept.items() if told is not None},
        "ways": {**found.ways, **(ways or {})},
        "circumstances": {**found.circumstances, **(circumstances or {})},
        "revision": found.revision + 1,
        "updated_at": at,
        "expires_at": at + LIVES,
    }
    if not Draft.objects.filter(pk=found.pk, revision=found.revision).update(**values):
        raise DraftChanged
    for name, value in values.items():
        setattr(found, name, value)
    return found


@transaction.atomic(savepoint=False)
def lock_for_filing(draft_id: UUID) -> Draft:
    """Return the draft locked until the transaction ends, so that it is filed once."""
    locked = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("version", "agency", "dossier")
        .defer("version__content", "version__guides")
        .filter(pk=draft_id)
        .first()
    )
    if locked is None:
        raise DraftUnknown
    return locked


def filed(*, found: Draft, row: Row, at: datetime) -> None:
    """Tie a draft to the dossier it became; its answers live there from now on."""
    Draft.objects.filter(pk=found.pk).update(
        dossier=row, answers={}, ways={}, updated_at=at, revision=found.revision + 1
    )
