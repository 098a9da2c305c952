"""What the room needs of a payment gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from motcua.payments.rules import Outcome


class Forged(Exception):  # noqa: N818 - says what the message is
    """The message does not carry the gateway's signature, or cannot be read."""


@dataclass(frozen=True)
class Order:
    """What the payer is sent to pay: `ref` is ours and unique, the amount in whole dong."""

    ref: str
    amount_vnd: int
    title: str
    subject: str
    return_url: str
    payer_ip: str
    language: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Confirmation:
    """The gateway's word about an order: what came of it and under which number of its own."""

    ref: str
    amount_vnd: int
    number: str
    outcome: Outcome
    raw: Mapping[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """A gateway that takes the payer by redirect and confirms from server to server."""

    name: str

    def checkout_url(self, order: Order) -> str:
        """Return the address the payer's browser is sent to."""
        ...

    def read(self, query: str) -> Confirmation:
        """Read a confirmation (or a returning browser's) query string. Raises Forged."""
        ...

    def ask(self, *, ref: str, started_at: datetime, at: datetime) -> Confirmation | None:
        """Ask what came of an order; None when the gateway does not know it.

        Raises toolkit.http.Unreachable or Forged.
        """
        ...
