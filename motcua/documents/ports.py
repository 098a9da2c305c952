"""What documents asks of the world outside: a place for bytes, a hand that signs, a clock to be believed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from motcua.toolkit.jobs import NotYet


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

    def not_sealed_by(self, key_id: bytes) -> Iterator[str]:
        """Yield the digests of what lies there plain or under another key, and names of what is just being written."""

    def reseal(self, digest: str) -> bool:
        """Seal the content anew under the current key; False when it is not kept (any more)."""


class ScannerAway(Exception):  # noqa: N818 - said of the other side
    """The scanner could not be asked, or could not read the file to its end: nothing is known of the file."""


@dataclass(frozen=True)
class Watch:
    """How a scanner stands: `why` it cannot be asked (empty: it can), and from when its signatures are.

    `why` is a stable code: `none` (this installation has no scanner), `away`.
    """

    why: str = ""
    version: str = ""
    signatures_of: datetime | None = None


class Scanner(Protocol):
    """Looks for harmful programs in a file as it was sent."""

    def scan(self, content: bytes) -> str:
        """Return the name of what was found; nothing found, or nobody to look, is an empty text. Raises ScannerAway."""

    def standing(self) -> Watch:
        """Return whether it could be asked now; never raises."""


class SigningNotPossible(NotYet):
    """No signature can be made now: nothing is issued, and the job that asked waits.

    `why` is a stable code: `token-missing`, `token-locked`, `token-failed`, `pin-wrong`, `pin-missing`,
    `key-missing`, `lists-missing` (no fresh revocation list), `certificate-refused` (it has ended, is
    revoked, or leads to no root), `time-missing`, `time-refused` (the authority of time).
    """

    def __init__(self, *, why: str, about: str = "") -> None:
        """Say why, and about which key or address; never a secret."""
        super().__init__(f"{why} {about}".strip())
        self.why = why
        self.about = about


@dataclass(frozen=True)
class Place:
    """Where on a paper the signature is shown: the sheet, from 1, and a box in points from its lower left."""

    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Verification:
    """What a PDF's signature proves. `valid` is the bottom line: intact, whole, and trusted here.

    `stamped`: an authority of time proves when. `long_term`: it carries what proves it when its
    certificates have expired.
    """

    valid: bool
    signed: bool
    intact: bool = False
    whole: bool = False
    trusted: bool = False
    practice: bool = False
    stamped: bool = False
    long_term: bool = False
    signer: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """Whether a signer could sign now (if not, `why` is a code of SigningNotPossible), and until when."""

    why: str = ""
    about: str = ""
    ends: Mapping[str, datetime] = field(default_factory=dict)
    """When each certificate ends, by its name."""


class Signer(Protocol):
    """Signs PDFs in the name of an official and checks such signatures (PAdES B-LTA).

    `practice` tells that its keys bind nobody; papers say so beside the signature.
    """

    practice: bool

    def sign(
        self,
        pdf: bytes,
        *,
        signer: str,
        title: str,
        agency: str,
        reason: str,
        at: datetime,
        place: Place | None = None,
    ) -> bytes:
        """Return the PDF with a signature over all of it, in the name of `signer` (`title`, `agency`).

        Raises SigningNotPossible; then nothing was signed.
        """

    def verify(self, pdf: bytes) -> Verification:
        """Return what the last signature in the PDF proves; never raises for a bad PDF."""

    def standing(self) -> Standing:
        """Return whether it could sign now; asks its token, signs nothing."""

    def published(self) -> Mapping[str, bytes]:
        """Return the certificates and revocation lists (DER) that this signer itself publishes, by name."""


class TimeAuthority(Protocol):
    """Says when something was there (RFC 3161)."""

    def stamp(self, request: bytes) -> bytes:
        """Return the answer to a request, both DER. Raises SigningNotPossible."""
