"""Handing messages over to their parties: claimed first, then sent with no lock held."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from time import monotonic

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from motcua.exchange import events
from motcua.exchange.models import Outgoing
from motcua.exchange.proof import line
from motcua.exchange.signing import signed_post
from motcua.toolkit.clock import now
from motcua.toolkit.http import Unreachable
from motcua.toolkit.outbox import (
    BATCH_SECONDS,
    claim,
    give_back,
    hasten,
    postpone,
    postponed,
)

log = logging.getLogger(__name__)
ACCEPTED = range(200, 300)
# 400: they do not understand it and never will. A refused signature may be a key not yet fetched.
NEVER = {400, 410, 413, 415, 422}


def deliver_now(messages: Iterable[uuid.UUID], *, at: datetime) -> int:
    """Deliver these messages, and whatever waited for them; return how many were taken up."""
    return _deliver(Outgoing.objects.filter(pk__in=list(messages)), at)


def sweep(*, at: datetime) -> int:
    """Deliver whatever is due; a lost job loses nothing."""
    return _deliver(Outgoing.objects.all(), at)


def _deliver(rows: QuerySet[Outgoing], at: datetime) -> int:
    done, until = 0, monotonic() + BATCH_SECONDS
    while taken := claim(_first_in_line(rows), at=at, limit=50):
        done += len(taken)
        taken.sort(key=lambda message: (message.party_id, message.created_at))
        followers: list[uuid.UUID] = []
        for _, messages in groupby(taken, key=lambda message: message.party_id):
            followers += _to_party(list(messages), at, until)
        rows = Outgoing.objects.filter(pk__in=followers)
        if monotonic() > until:
            break
    return done


def _first_in_line(rows: QuerySet[Outgoing]) -> QuerySet[Outgoing]:
    """Keep only messages with no earlier one of their subject still waiting for the same party."""
    earlier = Outgoing.objects.filter(
        party=OuterRef("party"), subject=OuterRef("subject"), sequence__lt=OuterRef("sequence"),
        state=Outgoing.State.WAITING,
    )  # fmt: skip
    waiting = rows.filter(state=Outgoing.State.WAITING).select_related("party")
    return waiting.filter(~Exists(earlier))


def _to_party(messages: list[Outgoing], at: datetime, until: float) -> list[uuid.UUID]:
    """Send to one party; when it is away, the rest waits. Return what may follow now."""
    followers: list[uuid.UUID] = []
    for number, message in enumerate(messages):
        if monotonic() > until:
            give_back(messages[number:], at=at)
            break
        try:
            followers += _hand_over(message, at)
        except Unreachable as problem:
            for left in messages[number:]:
                _later(left, at, str(problem))
            break
    return followers


def _hand_over(message: Outgoing, at: datetime) -> list[uuid.UUID]:
    body = bytes(message.body)
    headers = signed_post(message.party.inbox_url, body, at=now())
    status = line().post(message.party.inbox_url, headers=headers, body=body)
    if status in NEVER:
        _dead(message, f"answered {status}", at)
        return []
    if status not in ACCEPTED:
        _later(message, at, f"answered {status}")
        return []
    return _taken(message, headers, at)


def _taken(message: Outgoing, headers: dict[str, str], at: datetime) -> list[uuid.UUID]:
    waiting = Outgoing.objects.filter(pk=message.pk, state=Outgoing.State.WAITING)
    waiting.update(
        state=Outgoing.State.TAKEN, taken_at=at, next_attempt_at=None, last_error="",
        signature=headers,
    )  # fmt: skip
    others = Outgoing.objects.filter(party=message.party_id, state=Outgoing.State.WAITING)
    if message.attempts > 1:
        hasten(others, at=at)
    following = others.filter(subject=message.subject).order_by("sequence")
    return list(following.values_list("pk", flat=True)[:1])


def _later(message: Outgoing, at: datetime, error: str) -> None:
    if postponed(message, at=at) is None:
        _dead(message, error, at)
    else:
        postpone(message, at=at, error=error)


@transaction.atomic
def _dead(message: Outgoing, error: str, at: datetime) -> None:
    log.warning("exchange: message %s to %s is dead: %s", message.pk, message.party_id, error)
    waiting = Outgoing.objects.filter(pk=message.pk, state=Outgoing.State.WAITING)
    if waiting.update(state=Outgoing.State.DEAD, next_attempt_at=None, last_error=error[:300]):
        events.publish(
            events.Undeliverable(message.party_id, message.subject, str(message.pk), error, at)
        )
