"""What the room needs of a post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.deliveries.rules import Address


class Refused(Exception):  # noqa: N818 - the post says no
    """The post will never take this order."""


class Forged(Exception):  # noqa: N818 - says what the message is
    """The message does not carry the post's signature, or cannot be read."""


@dataclass(frozen=True)
class Quote:
    """What a letter costs (dong) and how many working days it takes."""

    fee_vnd: int
    days: int


@dataclass(frozen=True)
class Scan:
    """Where the post saw a letter, and when."""

    order_number: str
    state: str
    at: datetime
    place: str = ""


@dataclass(frozen=True)
class Order:
    """A letter to be carried; `number` is ours: the same one again is the same letter."""

    number: str
    sender: Address
    receiver: Address
    reference: str


class Post(Protocol):
    """A postal service. Every call raises toolkit.http.Unreachable when there is no answer."""

    def quote(self, *, from_place: str, to_place: str, weight_grams: int) -> Quote:
        """Return the fee between two communes. Raises Refused."""
        ...

    def order(self, order: Order) -> str:
        """Hand the letter over; return the tracking number. Raises Refused."""
        ...

    def scans(self, order_number: str) -> Sequence[Scan]:
        """Return every scan of a letter so far."""
        ...

    def read_scan(self, *, body: bytes, signature: str) -> Scan:
        """Read a scan the post sent by itself. Raises Forged."""
        ...
