"""The keys of a draft: one a device, each told only once to the device it is for."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.dossiers.models import Draft, DraftKey

MOST_DEVICES = 20
"""Devices that hold keys of one draft; the oldest gives way."""


def hashed(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def cut(*, draft_id: UUID, way: str, at: datetime, device: str = "") -> str:
    """Give a device a key of the draft; return its secret. `device` says what kind of device it is."""
    secret = secrets.token_urlsafe(18)
    DraftKey.objects.create(
        draft_id=draft_id, secret_hash=hashed(secret), way=way, device=device, opened_at=at
    )
    return secret


def cut_another(*, draft_id: UUID, way: str, device: str, at: datetime) -> str:
    """Give one more device a key; beyond the most, the device let in first is let in no more."""
    known = DraftKey.objects.filter(draft_id=draft_id).order_by("-opened_at", "-pk")
    surplus = list(known.values_list("pk", flat=True)[MOST_DEVICES - 1 :])
    if surplus:
        DraftKey.objects.filter(pk__in=surplus).delete()
    return cut(draft_id=draft_id, way=way, device=device, at=at)


def keys_of(draft: Draft) -> list[DraftKey]:
    """Return the keys of a draft, the newest first."""
    return list(DraftKey.objects.filter(draft=draft).order_by("-opened_at", "-pk"))


def lock_out_all(*, draft_id: UUID, but: str = "") -> int:
    """Let no device open the draft by its key any more, save the one with this secret; return how many went."""
    others = DraftKey.objects.filter(draft_id=draft_id).exclude(secret_hash=hashed(but))
    return others.delete()[0]


def given_back(shown: Mapping[UUID, str]) -> int:
    """Take the keys that a browser holds out of use, as when its person signs out; return how many."""
    hashes = [hashed(secret) for secret in shown.values()]
    return DraftKey.objects.filter(draft_id__in=shown, secret_hash__in=hashes).delete()[0]
