"""Events as they travel: CloudEvents 1.0, structured JSON."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

CONTENT_TYPE = "application/cloudevents+json"
ASKED = "vn.motcua.leg.asked.v1"
SUPPLEMENTED = "vn.motcua.leg.supplemented.v1"
CANCELLED = "vn.motcua.leg.cancelled.v1"
DUE_MOVED = "vn.motcua.leg.due-moved.v1"
RESULT_CHANGED = "vn.motcua.result.changed.v1"
ANSWERED = "vn.motcua.leg.answered.v1"
DATA_RESTRICTED = "vn.motcua.data.restricted.v1"
DATA_FREE = "vn.motcua.data.restriction-ended.v1"
DATA_ERASED = "vn.motcua.data.erased.v1"
NEWS = {DUE_MOVED, RESULT_CHANGED, DATA_RESTRICTED, DATA_FREE, DATA_ERASED}
_KNOWN = {ASKED, SUPPLEMENTED, CANCELLED, *NEWS}


class NotUnderstoodError(ValueError):
    """The event cannot be read; the text says what is wrong."""


@dataclass(frozen=True)
class Event:
    """An event that came in. `subject` is the dossier code."""

    id: str
    type: str
    subject: str
    source: str
    data: Mapping[str, Any]


def party(code: str) -> str:
    return f"urn:motcua:party:{code}"


def read(body: bytes) -> Event:
    """Read an event; raise NotUnderstoodError when it is not one of ours."""
    try:
        found = json.loads(body)
    except ValueError as error:
        raise NotUnderstoodError("The body is not JSON.") from error
    if not isinstance(found, dict) or found.get("specversion") != "1.0":
        raise NotUnderstoodError("Not a CloudEvent 1.0.")
    for name in ("id", "type", "subject", "source", "time"):
        if not isinstance(found.get(name), str) or not found[name]:
            raise NotUnderstoodError(f"The event needs {name}.")
    if found["type"] not in _KNOWN:
        raise NotUnderstoodError(f"Unknown type {found['type']}.")
    if not isinstance(found.get("data"), dict):
        raise NotUnderstoodError("The event needs data.")
    return Event(found["id"], found["type"], found["subject"], found["source"], found["data"])


def write(
    *, source: str, kind: str, subject: str, sequence: int, data: Mapping[str, Any]
) -> tuple[str, bytes]:
    """Make an event and return its id and its bytes."""
    identity = str(uuid.uuid4())
    event = {
        "specversion": "1.0",
        "id": identity,
        "source": party(source),
        "type": kind,
        "subject": subject,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "datacontenttype": "application/json",
        "sequence": str(sequence),
        "data": dict(data),
    }
    return identity, json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
