"""Rows that must reach somebody outside: claimed, tried, postponed, given up, tried again.

A row is due while `next_attempt_at` lies in the past and at rest while it is null. A claim pushes
the moment ahead by a lease before anything is sent, so no lock is held while we telephone, two
workers never send the same row at once, and a worker that dies gives the row back by itself.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import F, Q, QuerySet

LEASE = timedelta(seconds=60)
FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=15)
# A partner that is away for a day is met again: 240 tries reach over it even with the shortest waits.
TRIES = 240
# A worker stops in the middle of a batch before its lease ends, and gives the rest back.
BATCH_SECONDS = 30


class Parcel(models.Model):
    """What every row of an outbox carries."""

    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        abstract = True


P = TypeVar("P", bound=Parcel)


def due(at: datetime) -> Q:
    """Match rows whose next attempt lies at or before the moment, or that were never tried."""
    return Q(next_attempt_at__lte=at) | Q(attempts=0, next_attempt_at__isnull=False)


def claim(rows: QuerySet[P], *, at: datetime, limit: int = 100) -> list[P]:
    """Take up to `limit` due rows for this worker alone, for the length of the lease."""
    with transaction.atomic():
        free = rows.filter(due(at)).order_by("next_attempt_at", "pk")
        taken = list(free.select_for_update(skip_locked=True, of=("self",))[:limit])
        rows.model._default_manager.filter(pk__in=[row.pk for row in taken]).update(  # noqa: SLF001
            attempts=F("attempts") + 1, next_attempt_at=at + LEASE, last_error=""
        )
    for row in taken:
        row.attempts += 1
        row.next_attempt_at = at + LEASE
        row.last_error = ""
    return taken


def delay(attempts: int, *, spread: float) -> timedelta:
    """Return how long to wait after so many attempts: doubling from 2 s, at most 15 min.

    `spread` in 0..1 places the wait between half and the whole of it, so that a partner that
    comes back is not met by everybody in the same second.
    """
    doubled: timedelta = FIRST_DELAY * float(1 << min(max(attempts - 1, 0), 20))
    whole = min(LONGEST_DELAY, doubled)
    return whole * (0.5 + spread / 2)


def postponed(row: Parcel, *, at: datetime, tries: int = TRIES) -> datetime | None:
    """Return when the row is tried again, or None when it was tried often enough."""
    if row.attempts >= tries:
        return None
    return at + delay(row.attempts, spread=random.random())  # noqa: S311 - jitter, not a secret


def postpone(row: Parcel, *, at: datetime, error: str) -> None:
    """Write down why an attempt failed and when the next one is, unless it was settled meanwhile."""
    row.next_attempt_at = postponed(row, at=at)
    row.last_error = error[:300]
    waiting = type(row)._default_manager.filter(pk=row.pk, next_attempt_at__isnull=False)  # noqa: SLF001
    waiting.update(next_attempt_at=row.next_attempt_at, last_error=row.last_error)


def give_back(rows: Iterable[P], *, at: datetime) -> None:
    """Return claimed rows that were not tried, so that they are due again at once."""
    for row in rows:
        waiting = type(row)._default_manager.filter(pk=row.pk, next_attempt_at=row.next_attempt_at)  # noqa: SLF001
        waiting.update(next_attempt_at=at)


def hasten(rows: QuerySet[P], *, at: datetime) -> int:
    """Make failed rows due now, because their partner just answered; rows under way stay."""
    return rows.filter(next_attempt_at__gt=at).exclude(last_error="").update(next_attempt_at=at)


def keys(rows: Iterable[Parcel]) -> list[str]:
    """Return the rows' primary keys as a job can carry them."""
    return [str(row.pk) for row in rows]
