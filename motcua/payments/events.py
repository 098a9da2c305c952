"""News of the room, published inside the transaction in which the fact is recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from motcua.toolkit.news import Board


@dataclass(frozen=True)
class Settled:
    """A demand is paid: once, in full."""

    demand: str
    subject: str
    amount_vnd: int
    way: Literal["gateway", "cash"]
    receipt_number: str
    at: datetime


@dataclass(frozen=True)
class Refunded:
    """The money of a paid demand was given back."""

    demand: str
    subject: str
    amount_vnd: int
    at: datetime


@dataclass(frozen=True)
class MoneyAstray:
    """Money came in that settles nothing: it must be given back or explained by an official."""

    anomaly: int
    kind: str
    demand: str
    subject: str
    amount_vnd: int
    at: datetime


Event = Settled | Refunded | MoneyAstray
board: Board[Event] = Board()
subscribe = board.subscribe
publish = board.publish
