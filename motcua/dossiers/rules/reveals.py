"""Revealing what is hidden at the desk: for a coded reason, for a while, and written down."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop

LASTS = timedelta(minutes=15)
"""After that it is hidden again by itself: a forgotten screen tells nothing for long."""

HANDLING = "handling"
"""The reason of whoever has something to do in the dossier now: it need not be chosen."""


class RevealWithoutReason(Refusal):
    """Hidden data are to be revealed, and nobody says what for."""

    code: ClassVar[str] = "dossiers.reveal-without-reason"
    text: ClassVar[str] = noop("Hãy chọn lý do cần xem, rồi bấm hiện.")
    status: ClassVar[int] = 400


class NothingToReveal(Refusal):
    """No such group is hidden in what this official may see of the dossier."""

    code: ClassVar[str] = "dossiers.nothing-to-reveal"
    text: ClassVar[str] = noop(
        "Ở hồ sơ này không có mục nào như vậy đang được che. Hãy mở lại hồ sơ."
    )
    status: ClassVar[int] = 404


def reason_of(asked: str, known: Collection[str], *, has_work: bool) -> str:
    """Return the reason that is written down.

    Without one asked for, handling is reason enough for whoever has work to do there. Raises RevealWithoutReason.
    """
    if asked in known and (asked != HANDLING or has_work):
        return asked
    if not asked and has_work:
        return HANDLING
    raise RevealWithoutReason


def ends_at(at: datetime) -> datetime:
    """Return until when what is revealed now is shown."""
    return at + LASTS
