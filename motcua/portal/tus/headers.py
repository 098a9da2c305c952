"""What a tus client says in its headers (tus 1.0.0), read strictly."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from motcua.documents.rules.refusals import UploadNotUnderstood

SUMS: dict[str, Callable[[bytes], Any]] = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
"""Check sums of a piece; the protocol wants SHA-1 to be among them."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[\w.-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class Told:
    """What is told of a file before it comes; `sha256` is that of the whole file, in hex."""

    filename: str = ""
    sha256: str = ""
    key: str = ""
    """Made by the client: the same for each repetition of this beginning."""
    replaces: str = ""


def number(request: HttpRequest, name: str) -> int:
    """Return a header that is a whole number. Raises UploadNotUnderstood."""
    told = request.headers.get(name, "")
    if not (told.isascii() and told.isdigit() and len(told) <= 15):  # noqa: PLR2004 - a petabyte
        raise UploadNotUnderstood(about=name)
    return int(told)


def told_of(request: HttpRequest) -> Told:
    """Return what `Upload-Metadata` says; what is not known here is left out. Raises UploadNotUnderstood."""
    found = dict(
        _pair(pair) for pair in request.headers.get("Upload-Metadata", "").split(",") if pair
    )
    told = Told(
        filename=found.get("filename", ""), sha256=found.get("sha256", ""),
        key=found.get("key", ""), replaces=found.get("replaces", "")[:16],
    )  # fmt: skip
    if (told.sha256 and not _DIGEST.fullmatch(told.sha256)) or (
        told.key and not _KEY.fullmatch(told.key)
    ):
        raise UploadNotUnderstood(about="Upload-Metadata")
    return told


def _pair(pair: str) -> tuple[str, str]:
    name, _, value = pair.strip().partition(" ")
    return name, _decoded(value, "Upload-Metadata").decode(errors="replace").replace("\0", "")


def metadata(**values: str) -> str:
    """Return an `Upload-Metadata` header."""
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items()
    )


def is_intact(request: HttpRequest, content: bytes) -> bool:
    """Tell whether a piece is what `Upload-Checksum` says; without one it is. Raises UploadNotUnderstood."""
    told = request.headers.get("Upload-Checksum", "")
    if not told:
        return True
    algorithm, _, expected = told.partition(" ")
    if algorithm not in SUMS:
        raise UploadNotUnderstood(about="Upload-Checksum")
    return bool(SUMS[algorithm](content).digest() == _decoded(expected, "Upload-Checksum"))


def _decoded(value: str, header: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise UploadNotUnderstood(about=header) from wrong
