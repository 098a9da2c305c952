"""The envelope between agencies and what counts as an answer."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.kernel.refusal import Refusal, noop

ASKED = "vn.motcua.leg.asked.v1"
SUPPLEMENTED = "vn.motcua.leg.supplemented.v1"
CANCELLED = "vn.motcua.leg.cancelled.v1"
DUE_MOVED = "vn.motcua.leg.due-moved.v1"
RESULT_CHANGED = "vn.motcua.result.changed.v1"
DATA_RESTRICTED = "vn.motcua.data.restricted.v1"
DATA_FREE = "vn.motcua.data.restriction-ended.v1"
DATA_ERASED = "vn.motcua.data.erased.v1"
ANSWERED = "vn.motcua.leg.answered.v1"
CONTENT_TYPE = "application/cloudevents+json"
LONGEST_ID = 200


class Unsigned(Refusal):
    """The message is not signed by a party we know, or was changed on its way (RFC 9421)."""

    code = "exchange.unsigned"
    text = noop("Chữ ký của thông điệp không hợp lệ. Hãy kiểm tra khóa và ký lại.")
    status = 401


class NotUnderstood(Refusal):
    """The message is no CloudEvent of the agreed form; `why` says what is wrong with it."""

    code = "exchange.not-understood"
    text = noop("Thông điệp không đúng định dạng đã thống nhất: {why}. Hãy sửa rồi gửi lại.")


class KeyReused(Refusal):
    """One key was used for two different questions."""

    code = "exchange.key-reused"
    text = noop("Khóa này đã dùng cho một câu hỏi khác. Hãy gửi lại với khóa mới.")
    status = 409


class UnknownParty(Refusal):
    """No agency of that code is linked with us."""

    code = "exchange.unknown-party"
    text = noop("Chưa kết nối với cơ quan {party}. Hãy báo quản trị hệ thống.")
    status = 404


class Verdict(StrEnum):
    """What an incoming message came to. Only `effective` ones changed anything."""

    EFFECTIVE = "effective"
    REPEATED = "repeated"  # says again what was answered before
    CONFLICTING = "conflicting"  # says something else than the first answer
    LATE = "late"  # the question was cancelled or replaced before
    NO_QUESTION = "no_question"
    WRONG_DIGEST = "wrong_digest"
    WRONG_SUBJECT = "wrong_subject"


# Taken and kept, whether or not they had an effect; the others are told what is wrong.
TAKEN = {Verdict.EFFECTIVE, Verdict.REPEATED, Verdict.CONFLICTING, Verdict.LATE}


class Outcome(StrEnum):
    """What an agency answers."""

    DONE = "done"
    REFUSED = "refused"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True)
class Answer:
    """An agency's answer to one question; `reasons` each tied to a field or a paper."""

    event_id: str
    question: str
    question_digest: str
    leg: str
    outcome: Outcome
    result: dict[str, Any] = field(default_factory=dict)
    reasons: list[dict[str, Any]] = field(default_factory=list)

    def says_the_same_as(self, other: "Answer") -> bool:
        """Tell whether both have the same content, whatever their ids."""
        mine = (self.leg, self.outcome, self.result, self.reasons)
        return mine == (other.leg, other.outcome, other.result, other.reasons)


def source(party: str) -> str:
    """Return a party's name in an envelope."""
    return f"urn:motcua:party:{party}"


def envelope(
    *,
    event_id: str,
    sender: str,
    kind: str,
    subject: str,
    sequence: int,
    at: datetime,
    data: dict[str, Any],
) -> bytes:
    """Return a CloudEvent 1.0 in structured mode, as the bytes that are signed and kept."""
    event = {
        "specversion": "1.0",
        "id": event_id,
        "source": source(sender),
        "type": kind,
        "subject": subject,
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        "sequence": str(sequence),
        "data": data,
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def digest(body: bytes) -> str:
    """Return what binds an answer to its question: SHA-256 of the body, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


@dataclass(frozen=True)
class Event:
    """An incoming envelope, checked for form only."""

    id: str
    source: str
    kind: str
    subject: str
    data: dict[str, Any]


def read_envelope(body: bytes, *, party: str) -> Event:
    """Read a CloudEvent sent by the party. Raises NotUnderstood."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise NotUnderstood(why="JSON") from problem
    if not isinstance(raw, dict) or raw.get("specversion") != "1.0":
        raise NotUnderstood(why="specversion")
    for name in ("id", "source", "type", "subject"):
        if not isinstance(raw.get(name), str) or not 0 < len(raw[name]) <= LONGEST_ID:
            raise NotUnderstood(why=name)
    if raw["source"] != source(party):
        raise NotUnderstood(why="source")
    if not isinstance(raw.get("data"), dict):
        raise NotUnderstood(why="data")
    return Event(raw["id"], raw["source"], raw["type"], raw["subject"], raw["data"])


def read_answer(event: Event) -> Answer:
    """Read the data of an answer. Raises NotUnderstood."""
    if event.kind != ANSWERED:
        raise NotUnderstood(why="type")
    data = event.data
    for name in ("question", "question_digest", "leg", "outcome"):
        if not isinstance(data.get(name), str):
            raise NotUnderstood(why=f"data.{name}")
    if data["outcome"] not in set(Outcome):
        raise NotUnderstood(why="data.outcome")
    outcome = Outcome(data["outcome"])
    result, reasons = data.get("result") or {}, data.get("reasons") or []
    if not isinstance(result, dict):
        raise NotUnderstood(why="data.result")
    _check_reasons(outcome, reasons)
    return Answer(
        event.id, data["question"], data["question_digest"], data["leg"], outcome, result, reasons
    )


def _check_reasons(outcome: Outcome, reasons: Any) -> None:
    """Ask for a coded reason whenever the answer is not `done`."""
    fine = isinstance(reasons, list) and all(
        isinstance(reason, dict)
        and isinstance(reason.get("code"), str)
        and isinstance(reason.get("text"), str)
        for reason in reasons
    )
    if not fine or (outcome is not Outcome.DONE and not reasons):
        raise NotUnderstood(why="data.reasons")
