"""The short code of a draft (mã bản nháp): read aloud, copied by hand, typed on another device.

Nine signs without those that look alike (45 bits). Alone it opens nothing: a code sent to the person's phone
goes with it.
"""

import re
import secrets
from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 9
_ALIKE = str.maketrans("OILU", "011V")


class DraftCodeUnreadable(Refusal):
    """What was typed is no code of a draft."""

    code: ClassVar[str] = "dossiers.draft-code-unreadable"
    text: ClassVar[str] = noop(
        "Mã bản nháp gồm 9 chữ và số, ví dụ K7Q-DM2-XT9. Hãy xem lại mã trong tin nhắn hoặc trên máy cũ."
    )
    status: ClassVar[int] = 422


def fresh() -> str:
    """Return a new code."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read(typed: str) -> str:
    """Return the code somebody typed, with or without strokes, O for 0 and I for 1. Raises DraftCodeUnreadable."""
    told = re.sub(r"[\s–-]", "", typed).upper().translate(_ALIKE)
    if len(told) != LENGTH or set(told) - set(SIGNS):
        raise DraftCodeUnreadable
    return told


def show(code: str) -> str:
    """Return the code in groups of three."""
    return "-".join(code[place : place + 3] for place in range(0, len(code), 3))
