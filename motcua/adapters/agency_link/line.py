"""The line to other agencies' systems over HTTP."""

from collections.abc import Mapping
from typing import Any

from motcua.exchange.ports import Reply
from motcua.toolkit.http import Unreachable, call


class AgencyLine:
    """Posts envelopes, reads keys."""

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> int:
        """Send and return the status. Raises Unreachable."""
        return call("POST", url, body=body, headers=headers).status

    def keys(self, url: str) -> dict[str, Any]:
        """Return the JWKS published there. Raises Unreachable."""
        reply = call("GET", url)
        found = reply.json() if reply.ok else None
        if not isinstance(found, dict):
            raise Unreachable(f"answered {reply.status}")
        return found

    def get(self, url: str, *, headers: Mapping[str, str]) -> Reply:
        """Read what stands there for us. Raises Unreachable."""
        reply = call("GET", url, headers=headers)
        return Reply(reply.status, reply.headers, reply.body)
