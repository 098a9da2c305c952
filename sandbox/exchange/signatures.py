"""HTTP message signatures (RFC 9421) with content digests, Ed25519."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import http_message_signatures as rfc9421
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures.structures import CaseInsensitiveDict

LABEL = "sig"
MAX_AGE = timedelta(minutes=10)
WITH_BODY = ("@method", "@path", "content-digest", "content-type")
WITHOUT_BODY = ("@method", "@path")
ANSWER = ("@status", "content-digest", "content-type")


class BadSignatureError(ValueError):
    """The message is not signed as it must be; the text says why."""


@dataclass
class Message:
    """A request as the signature sees it."""

    method: str
    url: str
    headers: Any = field(default_factory=CaseInsensitiveDict)


@dataclass
class Answer:
    """A response as the signature sees it."""

    status_code: int
    headers: Any = field(default_factory=CaseInsensitiveDict)


def sign(
    message: Message | Answer,
    *,
    party: str,
    key: Ed25519PrivateKey,
    components: tuple[str, ...],
    body: bytes | None,
) -> dict[str, str]:
    """Sign in place and return the headers, with the digest when there is a body."""
    resolver = rfc9421.MappingKeyResolver(public_keys={}, private_keys={party: key})
    signer = rfc9421.HTTPMessageSigner(
        signature_algorithm=rfc9421.algorithms.ED25519, key_resolver=resolver
    )
    signer.sign(message, key_id=party, label=LABEL, covered_component_ids=components, body=body)
    return dict(message.headers.items())


def verify(message: Message, *, party: str, key: Ed25519PublicKey, body: bytes | None) -> None:
    """Raise BadSignatureError unless this party signed this very message within ten minutes."""
    resolver = rfc9421.MappingKeyResolver(public_keys={party: key}, private_keys={})
    verifier = rfc9421.HTTPMessageVerifier(
        signature_algorithm=rfc9421.algorithms.ED25519, key_resolver=resolver
    )
    try:
        verifier.verify(
            message,
            max_age=MAX_AGE,
            require_components=WITHOUT_BODY if body is None else WITH_BODY,
            body=body,
        )
    except rfc9421.HTTPMessageSignaturesException as error:
        raise BadSignatureError(str(error)) from error


def signer_of(headers: Mapping[str, str]) -> str:
    """Return the key id the message claims, for looking the key up; nothing is proved by it."""
    try:
        inputs = rfc9421.HTTPMessageVerifier._parse_signature_dictionary(  # noqa: SLF001
            headers.get("signature-input", "")
        )
        (found,) = inputs.values()
        return str(found.params["keyid"])
    except (ValueError, KeyError, rfc9421.HTTPMessageSignaturesException) as error:
        raise BadSignatureError("The message is not signed.") from error
