"""News of the heart: handlers of committed events, called by the worker until they succeed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from motcua.dossiers.models import Content
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.events import Event
from motcua.procedures.queries import Published

Kind = TypeVar("Kind", bound=Event)
Event_co = TypeVar("Event_co", bound=Event, covariant=True)


@dataclass(frozen=True)
class Happened(Generic[Event_co]):
    """An event with all that a reaction needs: the dossier right after it, its row, its law."""

    event: Event_co
    seq: int
    dossier: Dossier
    row: Row
    content: Content
    published: Published
    law: Law

    @property
    def key(self) -> str:
        """The name of this event, for effects that must happen once."""
        return f"{self.row.code}:{self.seq}"


Handler = Callable[[Happened[Kind]], None]
_HANDLERS: dict[type[Event], list[Handler[Any]]] = {}


def on(*kinds: type[Kind]) -> Callable[[Handler[Kind]], Handler[Kind]]:
    """Call a function for every event of these kinds, at least once; it must be idempotent.

    The function names the kind it takes, `Happened[e.Submitted]`; for several, `Happened[e.Event]`.
    """

    def keep(handler: Handler[Kind]) -> Handler[Kind]:
        for kind in kinds:
            handlers = _HANDLERS.setdefault(kind, [])
            if handler not in handlers:
                handlers.append(handler)
        return handler

    return keep


def handlers(kind: type[Event]) -> list[Handler[Any]]:
    """Return the functions to call for a kind of event."""
    return _HANDLERS.get(kind, [])
