"""How news travels up: a lower room publishes what was recorded, upper rooms subscribe."""

from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import transaction

E = TypeVar("E")


class Board(Generic[E]):
    """Handlers called inside the transaction in which the fact is recorded.

    A handler that raises undoes the fact: both are written, or neither.
    """

    def __init__(self) -> None:
        """Start with nobody listening."""
        self._handlers: list[Callable[[E], None]] = []

    def subscribe(self, handler: Callable[[E], None]) -> Callable[[E], None]:
        """Call the handler with every later event; subscribing twice counts once."""
        if handler not in self._handlers:
            self._handlers.append(handler)
        return handler

    def unsubscribe(self, handler: Callable[[E], None]) -> None:
        """Stop calling the handler."""
        if handler in self._handlers:
            self._handlers.remove(handler)

    def publish(self, event: E) -> None:
        """Tell every handler, in the order they subscribed."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("News is published inside the transaction of its fact.")
        for handler in list(self._handlers):
            handler(event)
