"""What the room needs of a road by which people are told."""

from dataclasses import dataclass
from typing import Protocol


class Refused(Exception):  # noqa: N818 - the road says no
    """The road will never take this message; trying again does not help."""


@dataclass(frozen=True)
class Letter:
    """One message to one address; `key` names it for ever, so that it arrives once."""

    key: str
    to: str
    title: str
    body: str


@dataclass(frozen=True)
class Sent:
    """The road took the message. `final`: it will never know more about it."""

    provider_id: str
    final: bool


class Road(Protocol):
    """A way to a person: short message, email."""

    def send(self, letter: Letter) -> Sent:
        """Hand the message over; the same key again reaches the person once.

        Raises toolkit.http.Unreachable (try again) or Refused (never).
        """
        ...

    def arrived(self, provider_id: str) -> bool | None:
        """Tell whether it reached the person; None while nobody knows. Raises Unreachable."""
        ...
