"""On time or late, by the stop-clock of the national index; how long the work took; why it was late.

Source: QĐ 766/QĐ-TTg, indicator 2.1: a dossier is on time when its processing ended no later than the promised
date. The applicant's time for one supplement is subtracted; a second request makes the dossier late. Where the date
was moved in time, with an apology (NĐ 61/2018 Đ19.9), the date promised last counts; how many were is a figure beside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.kernel.working_time import Calendar, working_minutes_between
from motcua.reports.rules.facts import Case, Mark, Part

PAUSING = frozenset({"SupplementAsked", "FeeAwaited", "WithdrawalAsked"})
SECOND = 2


class Verdict(StrEnum):
    """How a dossier whose processing is over counts."""

    ON_TIME = "on_time"
    LATE = "late"
    UNPROMISED = "unpromised"
    """It never was received, so nothing was promised: it counts neither way."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A stretch in which the clock stood still; without end it stood so to the last."""

    start: datetime
    end: datetime | None


def waits(marks: tuple[Mark, ...]) -> tuple[Wait, ...]:
    """Return the stretches in which the clock of a received dossier stood still, oldest first.

    A stretch begins with the first event that stops the clock and ends with the first that tells a new date:
    while another request waits, an answered one tells none.
    """
    return tuple(_waits(marks))


def _waits(marks: tuple[Mark, ...]) -> Iterator[Wait]:
    running, since = False, None
    for mark in marks:
        if mark.due is not None:
            if since is not None:
                yield Wait(since, mark.at)
            running, since = True, None
        elif running and since is None and mark.kind in PAUSING:
            since = mark.at
    if since is not None:
        yield Wait(since, None)


def promised(case: Case) -> datetime | None:
    """Return the date promised last, also where the clock stands still now; None before reception."""
    told = [mark.due for mark in case.marks if mark.due is not None]
    return told[-1] if told else None


def verdict(case: Case) -> Verdict | None:
    """Return how the dossier counts; None while it is processed.

    What ended while the clock stood still is judged by the moment the clock stopped.
    """
    over, due = case.over, promised(case)
    if over is None:
        return None
    if due is None:
        return Verdict.UNPROMISED
    if case.supplements >= SECOND:
        return Verdict.LATE
    stopped = [wait.start for wait in waits(case.marks) if wait.end is None]
    return Verdict.ON_TIME if min([over, *stopped]) <= due else Verdict.LATE


def deadline(case: Case) -> datetime | None:
    """Return what an open dossier is due by; before reception, the date told at filing.

    None while the clock stands still, and when the processing is over.
    """
    if case.over is not None:
        return None
    return case.due_at if case.received_at else case.expected_at


def late(case: Case, at: datetime) -> bool:
    """Tell whether a dossier is past its date: an open one at `at`, any other by its verdict."""
    if case.over is not None:
        return verdict(case) is Verdict.LATE
    due = deadline(case)
    return due is not None and due < at


def part_verdict(part: Part) -> Verdict | None:
    """Return how a part counts once it was decided; a cancelled one counts neither way."""
    if part.ended_at is None:
        return None
    if part.state == "cancelled" or part.due_at is None:
        return Verdict.UNPROMISED
    return Verdict.LATE if part.ended_at > part.due_at else Verdict.ON_TIME


def worked_minutes(case: Case, calendar: Calendar) -> int | None:
    """Return the working minutes from reception to the finish without the waits; None when not finished."""
    if case.received_at is None or case.finished_at is None:
        return None
    whole = working_minutes_between(case.received_at, case.finished_at, calendar)
    stood = sum(
        working_minutes_between(wait.start, wait.end or case.finished_at, calendar)
        for wait in waits(case.marks)
    )
    return max(0, whole - stood)


class Cause(StrEnum):
    """Why a dossier is late, as far as its events tell."""

    RECEPTION = "tiep-nhan"
    PART = "phan"
    SECOND_SUPPLEMENT = "bo-sung-lan-hai"
    BETWEEN = "giua-cac-phan"
    """No part went past its own date: the time was lost before, between or after them."""


def cause(case: Case, at: datetime) -> tuple[Cause, Part | None] | None:
    """Return why a late dossier is late and, where a part went past its date most, that part; None if it is not."""
    if not late(case, at):
        return None
    if case.received_at is None:
        return Cause.RECEPTION, None
    behind = [part for part in case.parts if part.late(at)]
    if behind:
        return Cause.PART, max(behind, key=lambda part: _behind(part, at))
    second = case.over is not None and case.supplements >= SECOND
    return (Cause.SECOND_SUPPLEMENT if second else Cause.BETWEEN), None


def _behind(part: Part, at: datetime) -> timedelta:
    return (part.ended_at or at) - (part.due_at or at)
