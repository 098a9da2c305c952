"""What a file is, by its first bytes; its name proves nothing."""

import re
import unicodedata
from enum import StrEnum
from pathlib import PurePosixPath

MEGABYTE = 1_048_576
FILE_LIMIT = 20 * MEGABYTE
OWNER_SHEETS = 60
OWNER_BYTES = 100 * MEGABYTE
NAME_LENGTH = 120

_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)


class Kind(StrEnum):
    """The kinds of file that are taken."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"


def kind_of(content: bytes) -> Kind | None:
    """Return the kind that the first bytes claim, or None. The full parse must agree later."""
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    # A few scanners write a byte-order mark or a line end first; anything else in front is a disguise.
    if content[:16].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return Kind.PDF
    return None


def safe_name(given: str) -> str:
    """Return a file name fit to show and to offer for download: NFC, at most 120 characters.

    No folder, no control character, none that changes the direction of writing.
    """
    name = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/")).name
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = re.sub(r'[<>:"|?*]', "_", name).strip(" .")
    if len(name) <= NAME_LENGTH:
        return name or "tep"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 8:  # noqa: PLR2004 - longer is no file ending
        return name[:NAME_LENGTH]
    return stem[: NAME_LENGTH - len(ending) - 1] + "." + ending
