"""Telephoning other systems: short time limits, kept connections, no redirects, no surprises.

Whom we telephone is told by the settings, by the identity provider that they name, or by our own certificates; never by
what somebody sent. Nothing else in the house telephones by HTTP (`tests/rules/test_web_walls.py`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import urllib3

TIMEOUT = urllib3.Timeout(connect=3, read=8)
LARGEST_REPLY = 1_000_000


class Unreachable(Exception):  # noqa: N818 - said of the other side
    """The other system did not answer, or answered that it cannot now: trying again may help."""


@dataclass(frozen=True)
class Reply:
    """What the other system answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP's success

    def json(self) -> Any:
        """Return the body as JSON; raises Unreachable when it is none."""
        try:
            return json.loads(self.body)
        except ValueError as problem:
            raise Unreachable(f"answer of {self.status} is not JSON") from problem


_pool = urllib3.PoolManager(
    num_pools=20, maxsize=4, timeout=TIMEOUT, retries=False, headers={"User-Agent": "motcua"}
)


def call(
    method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> Reply:
    """Send one request and return the answer, whatever its status below 500.

    Raises Unreachable when there is no connection, no answer in time, 429 or a status of 500+, and for an
    address that is none of another system's.
    """
    if not _is_elsewhere(url):
        raise Unreachable("no address of another system")
    try:
        answer = _pool.request(
            method,
            url,
            body=body,
            headers=dict(headers or {}),
            redirect=False,
            preload_content=False,
        )
        try:
            content = answer.read(LARGEST_REPLY + 1, decode_content=True)
        finally:
            answer.release_conn()
    except (urllib3.exceptions.HTTPError, OSError) as problem:
        raise Unreachable(type(problem).__name__) from problem
    if len(content) > LARGEST_REPLY:
        answer.close()
        raise Unreachable("answer too long")
    if answer.status == 429 or answer.status >= 500:  # noqa: PLR2004 - HTTP's "not now"
        raise Unreachable(f"answered {answer.status}")
    return Reply(answer.status, content, dict(answer.headers))


def _is_elsewhere(url: str) -> bool:
    """Tell whether it is http(s) and not the network of the machine itself, where clouds keep their keys.

    Private networks are right: linked agencies live there.
    """
    parts = urlsplit(url)
    try:
        return (
            parts.scheme in {"http", "https"} and not ip_address(parts.hostname or "").is_link_local
        )
    except ValueError:
        return bool(parts.hostname)  # a name


def send_json(
    method: str, url: str, data: Any, *, headers: Mapping[str, str] | None = None
) -> Reply:
    """Send the data as JSON; see `call`."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return call(
        method, url, body=body, headers={"Content-Type": "application/json", **(headers or {})}
    )


def bearer(token: str) -> dict[str, str]:
    """Return the header that shows a token."""
    return {"Authorization": f"Bearer {token}"}
