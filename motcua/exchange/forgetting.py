"""Messages about an erased dossier: which questions were asked and answered stays, with digest and signature; what they said goes."""

import json
from collections.abc import Callable
from typing import Any

from motcua.exchange.models import Incoming, Outgoing

_KEPT = frozenset({"answers", "leg", "outcome", "question", "question_digest", "task"})
"""What tells which question, and how it went."""


def empty_messages(*, subject: str) -> int:
    """Take what they told out of the messages about one dossier, sent and come; return how many.

    What still waits to be sent is not touched.
    """
    sent = Outgoing.objects.filter(subject=subject).exclude(state=Outgoing.State.WAITING)
    rows: list[Outgoing | Incoming] = [*sent, *Incoming.objects.filter(subject=subject)]
    for row in rows:
        row.body = emptied(bytes(row.body))
        row.save(update_fields=["body"])
    return len(rows)


def emptied(body: bytes) -> bytes:
    """Return a message without what it told: names of fields and papers stay, codes of reasons too."""
    event = json.loads(body)
    event["data"] = {name: part for name, part in event["data"].items() if name in _KEPT} | {
        name: empty(event["data"][name]) for name, empty in _PARTS.items() if name in event["data"]
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def _fields(told: dict[str, Any]) -> dict[str, None]:
    return dict.fromkeys(told)


def _papers(told: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{"key": paper.get("key", "")} for paper in told]


def _reasons(told: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{"code": reason["code"], "text": ""} for reason in told]


_PARTS: dict[str, Callable[[Any], Any]] = {
    "fields": _fields,
    "papers": _papers,
    "reasons": _reasons,
}
