"""How VNeID is: whether it answers, its clock, and until when the certificates of its addresses hold."""

import socket
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

SECONDS = 5
_HTTPS = 443


class CertificateRefused(Exception):  # noqa: N818 - says what it is
    """TLS was refused: the certificate has ended, is not for this host, or leads to no root we know."""


def first_end(addresses: Iterable[str], context: ssl.SSLContext | None = None) -> datetime | None:
    """Return when the first certificate of these https addresses ends; None where none speaks TLS.

    Raises CertificateRefused, OSError.
    """
    trusted = context or ssl.create_default_context()
    places = {_place(address) for address in addresses if address.startswith("https:")}
    return min((_end(host, port, trusted) for host, port in sorted(places)), default=None)


def _place(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or _HTTPS


def _end(host: str, port: int, trusted: ssl.SSLContext) -> datetime:
    try:
        with (
            socket.create_connection((host, port), SECONDS) as line,
            trusted.wrap_socket(line, server_hostname=host) as spoken,
        ):
            certificate = spoken.getpeercert() or {}
    except ssl.SSLCertVerificationError as problem:
        raise CertificateRefused(problem.verify_message) from problem
    ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return datetime.fromtimestamp(ends, UTC)


def clock_ahead(said: str, at: datetime) -> timedelta:
    """Return how far the clock of an answer's `Date` is ahead of ours; nothing where it says none."""
    try:
        return parsedate_to_datetime(said) - at
    except (TypeError, ValueError):
        return timedelta()
