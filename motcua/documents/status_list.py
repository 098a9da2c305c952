"""The signed list of papers that are no longer valid, for checkers without a network.

A COSE_Sign1 message like the seals (rules/seals.py): who publishes it, when it was made, until when it
may be relied on, and the short hashes of revoked and replaced papers, each eight bytes, in order. A paper
that stands in neither was valid at that moment. The list is made anew with each change, and every ten
minutes; all processes make the same bytes, so that they are fetched once.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from motcua.documents.models import IssuedPaper
from motcua.documents.paper_keys import PaperKey, present_key
from motcua.documents.rules import seals

MADE_EVERY = 600  # seconds
RELIED_ON_FOR = timedelta(hours=24)
_SHARED = {IssuedPaper.Status.REVOKED: seals.REVOKED, IssuedPaper.Status.REPLACED: seals.REPLACED}


@dataclass(frozen=True)
class StatusList:
    """The list as bytes, and their digest, by which caches know it."""

    content: bytes
    digest: str


def status_list(at: datetime) -> StatusList:
    """Return the list as it is at that moment; one query, a second one after a change."""
    mark = _withdrawn().aggregate(count=Count("id"), changed=Max("status_at"))
    moment = datetime.fromtimestamp(int(at.timestamp()) // MADE_EVERY * MADE_EVERY, UTC)
    changed = mark["changed"] or moment
    key = present_key(at)
    return _made(key, mark["count"], max(moment, min(changed, at)), settings.BASE_URL)


@lru_cache(maxsize=4)
def _made(key: PaperKey, _count: int, made_at: datetime, issuer: str) -> StatusList:
    claims: dict[Any, Any] = {
        seals.ISSUER: issuer,
        seals.ISSUED: int(made_at.timestamp()),
        seals.EXPIRES: int((made_at + RELIED_ON_FOR).timestamp()),
        **{claim: _hashes(status) for status, claim in _SHARED.items()},
    }
    content = seals.seal(claims, key.private)
    return StatusList(content, hashlib.sha256(content).hexdigest())


def _withdrawn() -> QuerySet[IssuedPaper]:
    """Return the papers that are no longer valid: those whose state has a moment (a constraint says so)."""
    return IssuedPaper.objects.filter(status_at__isnull=False)


def _hashes(status: str) -> bytes:
    tokens = _withdrawn().filter(status=status).values_list("token", flat=True)
    return b"".join(sorted(seals.token_hash(token) for token in tokens))
