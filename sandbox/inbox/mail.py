"""Mail by real SMTP: a small server that keeps what it takes before it says 250."""

import asyncio
import email
import email.policy
import hashlib
import json
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.inbox.messages import Message, take
from sandbox.store import Store, fault

_LARGEST = 30 * 1024 * 1024  # bytes
FAULTS = {
    "down": "451 4.3.0 Mail system not available, try again later",
    "refuse": "550 5.1.1 No such mailbox",
}


class Mailbox:
    """The handler aiosmtpd calls."""

    def __init__(self, store: Store, slow: float) -> None:
        self._store = store
        self._slow = slow

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        mode = fault(self._store, "email")
        if mode in FAULTS:
            return FAULTS[mode]
        if mode == "slow":
            await asyncio.sleep(self._slow)
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        with self._store.transaction() as db:
            for recipient in envelope.rcpt_tos:
                take(db, _message(mail, raw, recipient))
        if mode == "lost":
            return "451 4.3.0 The answer got lost"
        return "250 OK"


def _message(mail: EmailMessage, raw: bytes, recipient: str) -> Message:
    """Read a mail; one Message-ID to one person is one message, as big providers hold it."""
    identity = str(mail["message-id"] or hashlib.sha256(raw).hexdigest()).strip()
    return Message(
        road="email",
        key=f"{identity} {recipient.lower()}",
        recipient=recipient,
        sender=str(mail["from"] or ""),
        subject=str(mail["subject"] or ""),
        text=_body(mail, "plain"),
        html=_body(mail, "html"),
        files=json.dumps([part.get_filename() or "" for part in mail.iter_attachments()]),
    )


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


async def listen(mailbox: Mailbox, host: str, port: int) -> asyncio.Server:
    """Start the mail server on the running loop."""

    def protocol() -> Any:
        return SMTP(mailbox, data_size_limit=_LARGEST, enable_SMTPUTF8=True, ident="sandbox")

    return await asyncio.get_running_loop().create_server(protocol, host, port)
