"""Messages from other agencies: proved, kept, and given effect at most once."""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.exchange import events
from motcua.exchange.models import Incoming, Party, Question
from motcua.exchange.proof import sender
from motcua.exchange.rules import (
    Answer,
    Event,
    NotUnderstood,
    Verdict,
    digest,
    read_answer,
    read_envelope,
)
from motcua.exchange.signing import Message
from motcua.toolkit.gates import gate

log = logging.getLogger(__name__)
PROOF = ("signature-input", "signature", "content-digest", "content-type")


@dataclass(frozen=True)
class Receipt:
    """What an incoming message came to; `duplicate` when this very event was here before."""

    event_id: str
    verdict: Verdict
    duplicate: bool


@gate
def receive(message: Message, *, at: datetime) -> Receipt:
    """Take a message from a party: check who sent it, keep it, give it its effect once.

    When this returns, the message is durably kept. Raises Unsigned, NotUnderstood.
    """
    party = sender(message, at=at)
    event = read_envelope(message.body, party=party.code)
    answer = read_answer(event)
    with transaction.atomic():
        kept, new = _keep(party, event, message, at)
        if not new:
            return Receipt(event.id, Verdict(kept.verdict), duplicate=True)
        verdict = _take_effect(party, event, answer, kept, at)
        Incoming.objects.filter(pk=kept.pk).update(verdict=verdict)
    if verdict is not Verdict.EFFECTIVE:
        log.warning("exchange: event %s of %s came to: %s", event.id, party.code, verdict)
    return Receipt(event.id, verdict, duplicate=False)


def _keep(party: Party, event: Event, message: Message, at: datetime) -> tuple[Incoming, bool]:
    """Keep the message; False when this event was here before.

    Raises NotUnderstood when an event id comes again with another content.
    """
    proof = {n.lower(): v for n, v in message.headers.items() if n.lower() in PROOF}
    kept, new = Incoming.objects.get_or_create(
        source=event.source,
        event_id=event.id,
        defaults={
            "party": party,
            "kind": event.kind,
            "subject": event.subject,
            "body": message.body,
            "digest": digest(message.body),
            "signature": proof,
            "received_at": at,
        },
    )
    if not new and kept.digest != digest(message.body):
        raise NotUnderstood(why="id")
    return kept, new


def _take_effect(
    party: Party, event: Event, answer: Answer, kept: Incoming, at: datetime
) -> Verdict:
    question = _question(party, answer)
    if question is None:
        return Verdict.NO_QUESTION
    if question.message.digest != answer.question_digest:
        return Verdict.WRONG_DIGEST
    if (question.subject, question.leg) != (event.subject, answer.leg):
        return Verdict.WRONG_SUBJECT
    if question.state == Question.State.OPEN:
        _close(question, kept, at)
        events.publish(events.Answered(question, answer, at))
        return Verdict.EFFECTIVE
    return _set_aside(question, answer, at)


def _question(party: Party, answer: Answer) -> Question | None:
    """Return the question meant, locked, so that of two answers one comes first."""
    try:
        asked = UUID(answer.question)
    except ValueError:
        return None
    # The answer is not joined: a row we waited for would come with the join of before the wait.
    mine = Question.objects.select_related("message").filter(message=asked, party=party)
    return mine.select_for_update(of=("self",)).first()


def _close(question: Question, kept: Incoming, at: datetime) -> None:
    question.state, question.answer, question.closed_at = Question.State.ANSWERED, kept, at
    question.save(update_fields=["state", "answer", "closed_at"])


def _set_aside(question: Question, answer: Answer, at: datetime) -> Verdict:
    verdict = Verdict.LATE
    if question.answer is not None:
        first = read_answer(read_envelope(bytes(question.answer.body), party=question.party_id))
        if answer.says_the_same_as(first):
            return Verdict.REPEATED
        verdict = Verdict.CONFLICTING
    events.publish(events.SetAside(question, answer, verdict, at))
    return verdict
