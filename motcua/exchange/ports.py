"""What the room needs of the line to other agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Reply:
    """What a party answered to a question asked on the line."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line(Protocol):
    """HTTP to other agencies; raises toolkit.http.Unreachable when there is no answer."""

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> int:
        """Send and return the status."""
        ...

    def keys(self, url: str) -> dict[str, Any]:
        """Return the JWKS published there."""
        ...

    def get(self, url: str, *, headers: Mapping[str, str]) -> Reply:
        """Read what stands there for us."""
        ...
