"""What documents asks of the world outside: a place for bytes, and a hand that signs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class BlobStore(Protocol):
    """Keeps bytes by their SHA-256. What `put` returned for is durable: it outlives a power cut."""

    def put(self, digest: str, content: bytes) -> None:
        """Keep the content under its digest (64 hex digits); kept twice, it is stored once."""

    def read(self, digest: str) -> bytes:
        """Return the whole content; raises FileNotFoundError."""

    def stream(self, digest: str) -> Iterator[bytes]:
        """Return the content piece by piece; raises FileNotFoundError at once."""

    def has(self, digest: str) -> bool:
        """Return whether the content is kept."""

    def erase(self, digest: str) -> None:
        """Forget the content; forgetting twice is harmless."""


@dataclass(frozen=True)
class Verification:
    """What a PDF's signature proves. `valid` is the bottom line: intact, whole, and trusted here."""

    valid: bool
    signed: bool
    intact: bool = False
    whole: bool = False
    trusted: bool = False
    practice: bool = False
    signer: str = ""
    signed_at: datetime | None = None


class Signer(Protocol):
    """Signs PDFs in the name of an official and checks such signatures (PAdES).

    `practice` tells that its keys bind nobody; papers say so beside the signature.
    """

    practice: bool

    def sign(self, pdf: bytes, *, signer: str, title: str, reason: str, at: datetime) -> bytes:
        """Return the PDF with a signature over all of it, in the name of `signer` (`title`) at `at`."""

    def verify(self, pdf: bytes) -> Verification:
        """Return what the last signature in the PDF proves; never raises for a bad PDF."""
