"""What may be read of the exchange with other agencies."""

from motcua.exchange.models import Incoming, Outgoing, Question
from motcua.exchange.rules import Answer, read_answer, read_envelope


def latest_question(*, subject: str, leg: str) -> Question | None:
    """Return what was last asked about one leg of a dossier, or None."""
    found = Question.objects.filter(subject=subject, leg=leg).select_related("message")
    return found.order_by("-asked_at", "-pk").first()


def open_questions(*, subject: str, leg: str) -> list[Question]:
    """Return the questions still open whose leg is this one, or a step `leg/…` of it."""
    still_open = Question.objects.filter(subject=subject, state=Question.State.OPEN)
    found = still_open.select_related("message")
    return [question for question in found if question.leg.split("/")[0] == leg]


def answer_to(question: Question) -> Answer | None:
    """Return the answer that took effect, or None while there is none."""
    if question.answer is None:
        return None
    return read_answer(read_envelope(bytes(question.answer.body), party=question.party_id))


def dead_letters(limit: int = 100) -> list[Outgoing]:
    """Return messages that were given up, newest first."""
    dead = Outgoing.objects.filter(state=Outgoing.State.DEAD).defer("body")
    return list(dead.order_by("-created_at")[:limit])


def flagged(limit: int = 100) -> list[Incoming]:
    """Return messages that were kept without effect and deserve a look, newest first."""
    odd = Incoming.objects.filter(verdict__in=["conflicting", "late", "wrong_digest"]).defer("body")
    return list(odd.order_by("-received_at")[:limit])
