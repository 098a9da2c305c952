"""Email by SMTP over a kept connection."""

import hashlib
import logging
import smtplib
import threading

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from motcua.notices.ports import Letter, Refused, Sent
from motcua.toolkit.http import Unreachable

log = logging.getLogger(__name__)
SECONDS = 10
PERMANENT = 500


class Smtp:
    """The road `email`: one connection a thread, opened at the first letter."""

    def __init__(self) -> None:
        """Start without a connection."""
        self._kept = threading.local()

    def send(self, letter: Letter) -> Sent:
        """Hand the letter to the mail server. Raises Unreachable, Refused."""
        message = EmailMessage(
            subject=letter.title,
            body=letter.body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[letter.to],
            headers={"Message-ID": _message_id(letter.key), "Auto-Submitted": "auto-generated"},
        )
        try:
            self._hand_over(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as problem:
            self._drop()
            if _is_permanent(problem):
                raise Refused(type(problem).__name__) from problem
            raise Unreachable(type(problem).__name__) from problem
        except (smtplib.SMTPException, OSError) as problem:
            self._drop()
            raise Unreachable(type(problem).__name__) from problem
        return Sent(provider_id=_message_id(letter.key), final=True)

    def arrived(self, provider_id: str) -> bool | None:
        """Return None: a mail server takes the letter and says no more."""
        del provider_id
        return None

    def _hand_over(self, message: EmailMessage) -> None:
        """Send; once more over a new connection when the kept one had been closed meanwhile."""
        kept = hasattr(self._kept, "backend")
        try:
            self._backend().send_messages([message])
        except (smtplib.SMTPServerDisconnected, ConnectionError):
            if not kept:
                raise
            self._drop()
            self._backend().send_messages([message])

    def _backend(self) -> EmailBackend:
        if not hasattr(self._kept, "backend"):
            backend = EmailBackend(timeout=SECONDS)
            backend.open()
            self._kept.backend = backend
        made: EmailBackend = self._kept.backend
        return made

    def _drop(self) -> None:
        backend: EmailBackend | None = self._kept.__dict__.pop("backend", None)
        if backend is None:
            return
        try:
            backend.close()
        except (smtplib.SMTPException, OSError):
            log.debug("smtp: the old connection was gone")


def _is_permanent(
    problem: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException,
) -> bool:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in problem.recipients.values())
    # A server that refuses us, not the letter, may let us in later.
    refuses_us = isinstance(problem, smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError)
    return problem.smtp_code >= PERMANENT and not refuses_us


def _message_id(key: str) -> str:
    """Return the same id for the same key, so that a letter sent twice is seen as one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
