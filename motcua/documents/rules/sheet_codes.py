"""The code on a sheet that is printed to be signed: whose it is, which page of which paper, and what it said.

It holds no personal data: a draft's random name, hashes, a number, and a seal (HMAC-SHA-256, 64 bits) that only the
house can make. Written in letters that stay the same in an address: 60 of them, which a QR code of 41 modules holds.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

SHORT = 8  # bytes of a digest and of the seal
PAPER = 4  # bytes that tell the papers of a procedure apart
LENGTH = 60  # letters
_CODE = re.compile(rf"/to-ky/([a-z2-7]{{{LENGTH}}})(?![a-z2-7])")


class SheetCodeBroken(ValueError):  # noqa: N818 - said of the code
    """No code of ours, or one that was altered."""


@dataclass(frozen=True)
class SheetCode:
    """What a code says. `paper` is `paper_mark`, `digest` of what the sheet said, in hexadecimal digits."""

    draft: UUID
    paper: str
    page: int
    digest: str


@dataclass(frozen=True)
class Seat:
    """The paper that a signed sheet belongs to; `signed` is the digest of what it says."""

    paper: str
    signed: str


def paper_mark(paper: str) -> str:
    """Return what tells a paper apart from the others of its procedure."""
    return hashlib.sha256(paper.encode()).hexdigest()[: 2 * PAPER]


def digest_of(text: str) -> str:
    """Return the digest of what a sheet says, short enough for its code."""
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * SHORT]


def written(code: SheetCode, key: bytes) -> str:
    """Return the code as letters, sealed with the key."""
    said = b"".join(
        (
            code.draft.bytes,
            bytes.fromhex(code.paper),
            bytes([code.page]),
            bytes.fromhex(code.digest),
        )
    )
    return base64.b32encode(said + _seal(said, key)).decode().lower().rstrip("=")


def read(letters: str, key: bytes) -> SheetCode:
    """Return what the letters say. Raises SheetCodeBroken."""
    try:
        whole = base64.b32decode(letters.upper() + "=" * (-len(letters) % 8))
    except ValueError as fault:
        raise SheetCodeBroken from fault
    said, seal = whole[:-SHORT], whole[-SHORT:]
    if len(whole) != 16 + PAPER + 1 + 2 * SHORT or not hmac.compare_digest(seal, _seal(said, key)):
        raise SheetCodeBroken
    paper, page, digest = said[16 : 16 + PAPER], said[16 + PAPER], said[17 + PAPER :]
    return SheetCode(UUID(bytes=said[:16]), paper.hex(), page, digest.hex())


def found_in(texts: Iterable[str]) -> str | None:
    """Return the letters of the first of our codes among the texts of QR codes."""
    matches = (_CODE.search(text) for text in texts)
    return next((match[1] for match in matches if match), None)


def _seal(said: bytes, key: bytes) -> bytes:
    return hmac.digest(key, said, "sha256")[:SHORT]
