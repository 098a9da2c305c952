"""Requests about one's own data: which there are, their clock, what may be answered.

The rights are those of Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 4; the time is that of Nghị định
356/2025/NĐ-CP, Điều 5: an answer within two working days.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Literal, cast

from motcua.kernel.words import within
from motcua.kernel.working_calendar import Calendar
from motcua.kernel.working_time import ZONE, Limit, promise
from motcua.privacy.rules.refusals import AnswerMissing, GroundMissing, WordsMissing

LIMIT = Limit(2, "working_days")
AFTERNOON = time(13, 0)

LONGEST = 2000
Standing = Literal["waiting", "near", "late"]


def due(at: datetime, calendar: Calendar) -> datetime:
    """Return until when a request made at `at` is to be answered."""
    found = promise(at, LIMIT, calendar).due
    return cast("datetime", found)  # nothing pauses this clock


def warns_at(due_at: datetime, calendar: Calendar) -> datetime:
    """Return from when the leader is told of an open request: the afternoon of the last working day before its end."""
    day = due_at.astimezone(ZONE).date() - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return datetime.combine(day, AFTERNOON, ZONE)


def standing(due_at: datetime, at: datetime, calendar: Calendar) -> Standing:
    """Tell whether an open request still has time."""
    if at >= due_at:
        return "late"
    return "near" if at >= warns_at(due_at, calendar) else "waiting"


def readable(words: str) -> str:
    """Return what somebody asks, without needless space. Raises WordsMissing, WordsTooLong."""
    told = within(words, LONGEST)
    if not told:
        raise WordsMissing
    return told


def answerable(outcome: str, ground: str, answer: str, known: Collection[str]) -> tuple[str, str]:
    """Return the ground and the words of an answer.

    Who is refused, in whole or in part, is told why and by which law. Raises AnswerMissing, GroundMissing, WordsTooLong.
    """
    if outcome not in ("granted", "partly", "refused") or not answer.strip():
        raise AnswerMissing
    words = within(answer, LONGEST)
    if outcome == "granted":
        return "", words
    if ground not in known:
        raise GroundMissing
    return ground, words
