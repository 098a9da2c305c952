"""A file read to its end and written anew: done apart (`documents.apart`), never where pages are answered."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from motcua.documents import images, pdfs
from motcua.documents.rules.kinds import Kind, kind_of
from motcua.documents.rules.refusals import FileNotUnderstood


@dataclass(frozen=True)
class Cleaned:
    """What is kept of a file. Pixels for pictures, points for PDFs."""

    content: bytes
    received: str
    kind: str
    media_type: str
    sheets: int
    width: int
    height: int


def clean(raw: bytes, *, name: str) -> Cleaned:
    """Return the file re-encoded without metadata and without anything active. Raises what `intake.clean` does."""
    received = hashlib.sha256(raw).hexdigest()
    kind = kind_of(raw)
    if kind is None:
        raise FileNotUnderstood(name=name)
    if kind is Kind.PDF:
        pdf = pdfs.rewrite(raw, name=name)
        return Cleaned(
            pdf.content, received, "pdf", "application/pdf", pdf.sheets, pdf.width, pdf.height
        )
    picture = images.reencode(raw, kind, name=name)
    return Cleaned(
        picture.content, received, "image", "image/jpeg", 1, picture.width, picture.height
    )


def apart(raw: bytes, name: str) -> tuple[dict[str, Any], list[bytes]]:
    """Do it for `documents.apart`."""
    cleaned = asdict(clean(raw, name=name))
    content = cleaned.pop("content")
    return cleaned, [content]
