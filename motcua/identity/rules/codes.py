"""One-time codes: how long they live, how often they may be tried, how soon sent again.

The numbers are those of domain §5: 6 digits, at most 5 minutes, at most 5 tries, resend with a
growing pause, each code good for one use only.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

DIGITS = 6
LIFETIME = timedelta(minutes=5)
MOST_TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
WINDOW = timedelta(hours=1)
MOST_IN_WINDOW = 5


def tidy_code(typed: str) -> str:
    """Return the digits of what a person typed; spaces, dots and dashes are forgiven."""
    return "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())


def expires(issued: datetime) -> datetime:
    """Return the moment from which a code issued then is no longer good."""
    return issued + LIFETIME


def pause_after(sent: int) -> timedelta:
    """Return how long to wait after the n-th code: 30 s, 60 s, 120 s, 240 s."""
    return FIRST_PAUSE * (2 ** (sent - 1)) if sent else timedelta()


def may_send_from(
    *, same_purpose: Sequence[datetime], any_purpose: Sequence[datetime]
) -> datetime | None:
    """Return from when one more code may go to a destination, or None for at once.

    Both lists hold the moments of the codes of the last hour that were never used, oldest first. A
    used code does not count: whoever used it holds the phone and wanted it.
    """
    moments = []
    if same_purpose:
        moments.append(same_purpose[-1] + pause_after(len(same_purpose)))
    if len(any_purpose) >= MOST_IN_WINDOW:
        moments.append(any_purpose[-MOST_IN_WINDOW] + WINDOW)
    return max(moments, default=None)


def seconds_until(moment: datetime, at: datetime) -> int:
    """Return whole seconds from `at` until the moment, rounded up, never below zero."""
    return max(0, ceil((moment - at).total_seconds()))
