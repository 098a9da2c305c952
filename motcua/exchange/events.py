"""News of the room, published inside the transaction in which the fact is recorded."""

from dataclasses import dataclass
from datetime import datetime

from motcua.exchange.models import Question
from motcua.exchange.rules import Answer, Verdict
from motcua.toolkit.news import Board


@dataclass(frozen=True)
class Answered:
    """A party answered an open question: once for each question."""

    question: Question
    answer: Answer
    at: datetime


@dataclass(frozen=True)
class SetAside:
    """A party said something that changes nothing but deserves a look.

    An answer that differs from the first one, or one to a cancelled question.
    """

    question: Question
    answer: Answer
    verdict: Verdict
    at: datetime


@dataclass(frozen=True)
class Undeliverable:
    """A message could not be handed over in two days, or the party will not take it."""

    party: str
    subject: str
    message: str
    error: str
    at: datetime


Event = Answered | SetAside | Undeliverable
board: Board[Event] = Board()
subscribe = board.subscribe
publish = board.publish
