"""Work instead of picture riddles: where a limit is near, a phone computes for a second, or its person waits a minute.

Nobody is asked to read, hear or recognise anything. The riddle is a number below MOST, found by trying: its
SHA-256, with the riddle's salt before it, is known. It is answered once, for one act of one network, within
half an hour. Who has no scripts waits WAIT and presses on; a network may do so once a minute.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.http import HttpRequest

from motcua.toolkit import limits

MOST = 20_000
"""A phone tries half of them on average: a second on one that is four times slower than a desk's computer."""
PATIENCE = timedelta(minutes=30)
WAIT = timedelta(minutes=1)
TICKET, ANSWER = "_work", "_worked"
"""Names of the fields that carry a riddle and its answer."""
_SALT = "motcua.toolkit.work"


@dataclass(frozen=True)
class Riddle:
    """What is to be found: the number whose hash, after `salt`, is `goal`; `seconds` to wait instead."""

    ticket: str
    salt: str
    goal: str
    seconds: int
    most: int = MOST


class WorkWanted(Exception):  # noqa: N818 - says what is wanted; no refusal: the act goes on by itself
    """The act is done when the riddle is answered or the minute is over."""

    def __init__(self, riddle: Riddle) -> None:
        """Keep what is to be found."""
        super().__init__("work wanted")
        self.riddle = riddle


@dataclass(frozen=True)
class _Ticket:
    """A riddle as its signed ticket carries it; the number itself is nowhere."""

    whose: str
    salt: str
    goal: str
    given: float

    def written(self) -> str:
        return signing.dumps([self.whose, self.salt, self.goal, self.given], salt=_SALT)


def must_be_done(request: HttpRequest, whose: str, at: datetime) -> None:
    """Let an act pass whose request carries its work. Raises WorkWanted, TooOften.

    `whose`: the act and the network it comes from; work for one is worth nothing for another.
    """
    ticket = _read(request.POST.get(TICKET, ""), whose, at)
    if ticket is None:
        raise WorkWanted(_new(whose, at))
    answer = request.POST.get(ANSWER, "")
    seconds = WAIT.total_seconds() - (at.timestamp() - ticket.given)
    if not _is_right(ticket, answer) and seconds > 0:
        raise WorkWanted(Riddle(ticket.written(), ticket.salt, ticket.goal, round(seconds) + 1))
    if not limits.once(f"work:{ticket.salt}", until=at + PATIENCE):
        raise WorkWanted(_new(whose, at))
    if not _is_right(ticket, answer):
        limits.spend(f"waited:{whose}", limit=1, per_seconds=int(WAIT.total_seconds()), at=at)


def _new(whose: str, at: datetime) -> Riddle:
    salt = secrets.token_urlsafe(12)
    goal = _hash(salt, secrets.randbelow(MOST))
    ticket = _Ticket(whose, salt, goal, at.timestamp())
    return Riddle(ticket.written(), salt, goal, int(WAIT.total_seconds()))


def _read(written: str, whose: str, at: datetime) -> _Ticket | None:
    try:
        ticket = _Ticket(*signing.loads(written, salt=_SALT))
    except signing.BadSignature:
        return None
    fresh = 0 <= at.timestamp() - ticket.given <= PATIENCE.total_seconds()
    return ticket if fresh and ticket.whose == whose else None


def _is_right(ticket: _Ticket, answer: str) -> bool:
    short = answer.isascii() and answer.isdecimal() and len(answer) < len(str(MOST)) + 1
    return short and _hash(ticket.salt, int(answer)) == ticket.goal


def _hash(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()
