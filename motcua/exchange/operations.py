"""Asking other agencies: written with its cause, delivered after it, in order per subject."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from motcua.exchange.models import Outgoing, Party, Question
from motcua.exchange.rules import (
    ASKED,
    CANCELLED,
    SUPPLEMENTED,
    KeyReused,
    UnknownParty,
    digest,
    envelope,
)

Wire = dict[str, Any]


def load_parties(parties: Mapping[str, Mapping[str, str]] | None = None) -> int:
    """Make the linked parties those of the settings (`EXCHANGE_PARTIES`); return how many.

    Each code has `name`, `inbox_url` and `keys_url`. A party that left stays for its history but
    is not listened to; keys of one whose address changed are forgotten.
    """
    wanted = settings.EXCHANGE_PARTIES if parties is None else parties
    with transaction.atomic():
        for code, said in wanted.items():
            party, _ = Party.objects.get_or_create(code=code)
            if party.keys_url != said["keys_url"]:
                party.keys, party.keys_asked_at = {}, None
            party.name, party.inbox_url = said["name"], said["inbox_url"]
            party.keys_url, party.active = said["keys_url"], True
            party.save()
        Party.objects.exclude(code__in=wanted).update(active=False)
    return len(wanted)


@transaction.atomic
def ask(
    *, key: str, party: str, subject: str, leg: str, task: str, data: Wire, at: datetime
) -> Question:
    """Ask a party to do its leg; the same key again returns the same question.

    `data` holds what this party may see and nothing else (`fields`, `papers`, `agency`, …): it is
    kept and sent byte for byte. Raises UnknownParty, KeyReused.
    """
    known = Question.objects.select_related("message").filter(key=key).first()
    if known is not None:
        if (known.party_id, known.subject, known.leg) != (party, subject, leg):
            raise KeyReused(key=key)
        return known
    content = {**data, "leg": leg, "task": task}
    message = _write(party, subject, ASKED, content, at)
    return _question(message, key=key, leg=leg, task=task, first=None, at=at)


@transaction.atomic
def supplement(*, key: str, question: Question, data: Wire, at: datetime) -> Question:
    """Send what the party asked for; opens a new question about the same leg.

    The same key again returns the same question.
    """
    known = Question.objects.select_related("message").filter(key=key).first()
    if known is not None:
        return known
    first = question.first or question
    content = {
        **data,
        "leg": question.leg,
        "task": question.task,
        "answers": str(first.message_id),
    }
    message = _write(question.party_id, question.subject, SUPPLEMENTED, content, at)
    _drop_open(question, at)
    return _question(message, key=key, leg=question.leg, task=question.task, first=first, at=at)


@transaction.atomic
def cancel(*, question: Question, reason: str, at: datetime) -> None:
    """Tell the party that its answer is not needed any more; again is harmless.

    An answer that comes all the same is kept and flagged, and changes nothing.
    """
    if not _drop_open(question, at):
        return
    asked = str(question.message_id)
    content = {"question": asked, "leg": question.leg, "reason": reason}
    _write(question.party_id, question.subject, CANCELLED, content, at)


@transaction.atomic
def inform(*, key: str, question: Question, kind: str, data: Wire, at: datetime) -> bool:
    """Tell a party what changed about something it was asked; it owes no answer to this.

    Once per `key`; False when it was told before, or is not linked any more. `data` holds what the party may see.
    """
    event_id = uuid.uuid5(_INFORMED, key)
    left = not Party.objects.filter(code=question.party_id, active=True).exists()
    if left or Outgoing.objects.filter(pk=event_id).exists():
        return False
    content = {**data, "question": str(question.message_id), "leg": question.leg}
    _write(question.party_id, question.subject, kind, content, at, event_id)
    return True


_INFORMED = uuid.UUID("3f3c8a52-6c0e-4f6e-9a57-5d1c7f0b2b11")
"""The namespace in which a key names a message."""


def _drop_open(question: Question, at: datetime) -> int:
    still_open = Question.objects.filter(pk=question.pk, state=Question.State.OPEN)
    return still_open.update(state=Question.State.CANCELLED, closed_at=at)


def _question(
    message: Outgoing, *, key: str, leg: str, task: str, first: Question | None, at: datetime
) -> Question:
    return Question.objects.create(
        key=key, message=message, party_id=message.party_id, subject=message.subject, leg=leg,
        task=task, first=first, asked_at=at,
    )  # fmt: skip


def _write(
    party: str, subject: str, kind: str, data: Wire, at: datetime, event_id: uuid.UUID | None = None
) -> Outgoing:
    """Put a message into the outbox and queue its delivery, in the open transaction."""
    from motcua.exchange.tasks import deliver  # noqa: PLC0415 - tasks call operations

    if not Party.objects.filter(code=party, active=True).exists():
        raise UnknownParty(party=party)
    number = _next_sequence(party, subject)
    event_id = event_id or uuid.uuid4()
    body = envelope(
        event_id=str(event_id), sender=settings.EXCHANGE_CODE, kind=kind, subject=subject,
        sequence=number, at=at, data=data,
    )  # fmt: skip
    message = Outgoing.objects.create(
        id=event_id, party_id=party, subject=subject, sequence=number, kind=kind, body=body,
        digest=digest(body), created_at=at, next_attempt_at=at,
    )  # fmt: skip
    deliver.defer(messages=[str(event_id)])
    return message


def _next_sequence(party: str, subject: str) -> int:
    """Return the next number of the subject's messages to the party, holding others back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"exchange:{party}:{subject}"]
        )
    found = Outgoing.objects.filter(party=party, subject=subject).aggregate(Max("sequence"))
    return int(found["sequence__max"] or 0) + 1


@transaction.atomic
def replay(*, messages: Iterable[uuid.UUID], at: datetime) -> int:
    """Try dead messages again from the start; return how many."""
    from motcua.exchange.tasks import deliver  # noqa: PLC0415 - tasks call operations

    dead = Outgoing.objects.select_for_update().filter(
        pk__in=list(messages), state=Outgoing.State.DEAD
    )
    found = [row.pk for row in dead]
    Outgoing.objects.filter(pk__in=found).update(
        state=Outgoing.State.WAITING, attempts=0, next_attempt_at=at, last_error=""
    )
    if found:
        deliver.defer(messages=[str(pk) for pk in found])
    return len(found)
