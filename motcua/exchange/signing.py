"""HTTP message signatures between agencies: RFC 9421, Ed25519, with a digest of the content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import http_sf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
    algorithms,
)

from motcua.exchange.keys import own_key
from motcua.exchange.rules import CONTENT_TYPE

LABEL = "sig"
ANSWER_COVERED = ("@status", "content-digest", "content-type")
COVERED = ("@method", "@path", "content-digest", "content-type")
OLDEST = timedelta(minutes=10)


@dataclass
class Message:
    """A request as the signature sees it."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class AnswerMessage:
    """A response as the signature sees it."""

    status_code: int
    headers: dict[str, str]
    body: bytes
    request: None = None


def signed_post(url: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return the headers with which the body is posted, signed with our key."""
    message = Message("POST", url, {"Content-Type": CONTENT_TYPE}, body)
    _sign(message, COVERED, body, at)
    return message.headers


def signed_get(url: str, *, at: datetime) -> dict[str, str]:
    """Return the headers with which the address is read, signed with our key."""
    message = Message("GET", url)
    _sign(message, COVERED[:2], None, at)
    return message.headers


def _sign(message: Message, covered: tuple[str, ...], body: bytes | None, at: datetime) -> None:
    us: str = settings.EXCHANGE_CODE
    keys = MappingKeyResolver(public_keys={}, private_keys={us: own_key()})
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    signer.sign(
        message, key_id=us, created=at, label=LABEL, covered_component_ids=covered, body=body
    )


def claimed_key_id(headers: Mapping[str, str]) -> str | None:
    """Return whose signature the message says it carries, unproved; None when it says nothing."""
    given = next((v for n, v in headers.items() if n.lower() == "signature-input"), "")
    try:
        parsed: Any = http_sf.parse(given.encode(), tltype="dictionary")
        key_id = parsed[LABEL][1]["keyid"]
    except Exception:  # noqa: BLE001 - the parser raises many kinds on a stranger's header
        return None
    return key_id if isinstance(key_id, str) else None


def is_signed_by(message: Message | AnswerMessage, *, key_id: str, key: Ed25519PublicKey) -> bool:
    """Tell whether the key signed the message as it stands, at most ten minutes ago.

    Signed must be method and path (or status), digest and type; the digest must fit the body.
    """
    covered = COVERED if isinstance(message, Message) else ANSWER_COVERED
    keys = MappingKeyResolver(public_keys={key_id: key}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    try:
        results = verifier.verify(
            message, max_age=OLDEST, require_components=covered, body=message.body
        )
    except InvalidSignature:
        return False
    return [result.parameters.get("keyid") for result in results] == [key_id]
