"""What may be read of the exchange with other agencies."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from motcua.exchange.models import Incoming, Outgoing, Question
from motcua.exchange.rules import (
    ASKED,
    RESULT_CHANGED,
    SUPPLEMENTED,
    Answer,
    read_answer,
    read_envelope,
)


def latest_question(*, subject: str, leg: str) -> Question | None:
    """Return what was last asked about one leg of a dossier, or None."""
    found = Question.objects.filter(subject=subject, leg=leg).select_related("message")
    return found.order_by("-asked_at", "-pk").first()


def open_questions(*, subject: str, leg: str) -> list[Question]:
    """Return the questions still open whose leg is this one, or a step `leg/…` of it."""
    still_open = Question.objects.filter(subject=subject, state=Question.State.OPEN)
    found = still_open.select_related("message")
    return [question for question in found if question.leg.split("/")[0] == leg]


def put_about(subject: str) -> list[Question]:
    """Return what was last put to each party about each leg of a dossier and not taken back; one query."""
    rows = Question.objects.filter(subject=subject).exclude(state=Question.State.CANCELLED)
    latest = rows.order_by("party_id", "leg", "-asked_at", "-pk").distinct("party_id", "leg")
    return list(latest.select_related("party"))


def sent_to(subject: str) -> list[Question]:
    """Return what was last put to each party about a dossier, also what was taken back: they have its data; one query."""
    rows = Question.objects.filter(subject=subject)
    latest = rows.order_by("party_id", "-asked_at", "-pk").distinct("party_id")
    return list(latest.select_related("party"))


def answer_to(question: Question) -> Answer | None:
    """Return the answer that took effect, or None while there is none."""
    if question.answer is None:
        return None
    return read_answer(read_envelope(bytes(question.answer.body), party=question.party_id))


@dataclass(frozen=True)
class Sent:
    """What one message told a party of a dossier: names of fields and papers, no contents."""

    subject: str
    party: str
    """The party's name."""
    at: datetime
    arrived: bool
    """Whether the party has acknowledged it."""
    fields: tuple[str, ...]
    papers: tuple[str, ...]


_TELLING = (ASKED, SUPPLEMENTED, RESULT_CHANGED)
"""Messages that tell what somebody declared."""


def sent_about(subjects: Collection[str]) -> list[Sent]:
    """Return what parties were told of these dossiers, latest first; one query."""
    rows = Outgoing.objects.filter(subject__in=subjects, kind__in=_TELLING)
    return [_sent(row) for row in rows.select_related("party").order_by("-created_at", "-sequence")]


def _sent(row: Outgoing) -> Sent:
    data = json.loads(bytes(row.body))["data"]
    return Sent(
        subject=row.subject,
        party=row.party.name,
        at=row.created_at,
        arrived=row.state == Outgoing.State.TAKEN,
        fields=tuple(data.get("fields", {})),
        papers=tuple(paper.get("key", "") for paper in data.get("papers", [])),
    )


def dead_letters(limit: int = 100) -> list[Outgoing]:
    """Return messages that were given up, newest first."""
    dead = Outgoing.objects.filter(state=Outgoing.State.DEAD).defer("body")
    return list(dead.order_by("-created_at")[:limit])


def flagged(limit: int = 100) -> list[Incoming]:
    """Return messages that were kept without effect and deserve a look, newest first."""
    odd = Incoming.objects.filter(verdict__in=["conflicting", "late", "wrong_digest"]).defer("body")
    return list(odd.order_by("-received_at")[:limit])
