"""News of the room, published inside the transaction in which the fact is recorded."""

from dataclasses import dataclass
from datetime import datetime

from motcua.toolkit.news import Board


@dataclass(frozen=True)
class Ordered:
    """The post took a letter."""

    delivery: str
    subject: str
    result_key: str
    tracking_number: str
    at: datetime


@dataclass(frozen=True)
class Scanned:
    """The post saw a letter somewhere, and the delivery stands there now."""

    delivery: str
    subject: str
    result_key: str
    state: str
    at: datetime


@dataclass(frozen=True)
class HandedOver:
    """The person has the result: at the counter, by post, or opened online."""

    delivery: str
    subject: str
    result_key: str
    way: str
    at: datetime


@dataclass(frozen=True)
class Stuck:
    """The post does not take a letter; somebody must look."""

    delivery: str
    subject: str
    error: str
    at: datetime


Event = Ordered | Scanned | HandedOver | Stuck
board: Board[Event] = Board()
subscribe = board.subscribe
publish = board.publish
