"""The figures: each is a name and a test of one dossier (or part), so that its number and its list never differ."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from motcua.dossiers.rules.status import Status
from motcua.kernel.working_time import Calendar
from motcua.reports.rules.facts import STANDING, Case, Part
from motcua.reports.rules.timeliness import (
    SECOND,
    Cause,
    Verdict,
    cause,
    deadline,
    late,
    part_verdict,
    verdict,
    worked_minutes,
)
from motcua.reports.rules.windows import Window


@dataclass(frozen=True, slots=True)
class Frame:
    """What a figure is asked for: by which agency, at which moment, about which window."""

    agency: str
    at: datetime
    end_of_day: datetime
    window: Window


CaseTest = Callable[[Case, Frame], bool]
PartTest = Callable[[Part, Frame], bool]


def is_open(case: Case, _frame: Frame) -> bool:
    return case.over is None


def due_today(case: Case, frame: Frame) -> bool:
    due = deadline(case)
    return due is not None and frame.at <= due <= frame.end_of_day


def late_now(case: Case, frame: Frame) -> bool:
    return case.over is None and late(case, frame.at)


def waits_for_applicant(case: Case, _frame: Frame) -> bool:
    return case.status in {Status.SUPPLEMENT, Status.FEE}


def waits_for_other_agency(case: Case, frame: Frame) -> bool:
    """Tell whether all that goes on now is at other agencies."""
    running = [part.agency for part in case.parts if part.running]
    return case.over is None and bool(running) and frame.agency not in running


def submitted(case: Case, frame: Frame) -> bool:
    return frame.window.holds(case.submitted_at) and case.here(case.submitted_at)


def over(case: Case, frame: Frame) -> bool:
    return frame.window.holds(case.over) and case.here(case.over)


def finished(case: Case, frame: Frame) -> bool:
    return frame.window.holds(case.finished_at) and case.here(case.finished_at)


def declined(case: Case, frame: Frame) -> bool:
    return over(case, frame) and case.status is Status.DECLINED


def stopped(case: Case, frame: Frame) -> bool:
    return over(case, frame) and case.status is Status.STOPPED and not case.withdrawn


def withdrawn(case: Case, frame: Frame) -> bool:
    return over(case, frame) and case.withdrawn


def counted(case: Case, frame: Frame) -> bool:
    return over(case, frame) and verdict(case) is not Verdict.UNPROMISED


def on_time(case: Case, frame: Frame) -> bool:
    return over(case, frame) and verdict(case) is Verdict.ON_TIME


def over_late(case: Case, frame: Frame) -> bool:
    return over(case, frame) and verdict(case) is Verdict.LATE


def refused(case: Case, frame: Frame) -> bool:
    return over(case, frame) and bool(refusals(case))


CASES: Final[dict[str, CaseTest]] = {
    "nop": submitted,
    "xong": over,
    "dang-giai-quyet": is_open,
    "den-han-hom-nay": due_today,
    "tre-han": late_now,
    "cho-nguoi-dan": waits_for_applicant,
    "cho-co-quan-khac": waits_for_other_agency,
    "cho-tiep-nhan": lambda case, _frame: case.status is Status.REGISTERED,
    "cho-tra-ket-qua": lambda case, _frame: case.status is Status.FINISHED,
    "co-ket-qua": finished,
    "tu-choi-nhan": declined,
    "dung-xu-ly": stopped,
    "rut": withdrawn,
    "tinh-dung-han": counted,
    "dung-han": on_time,
    "xong-tre": over_late,
    "khong-hen": lambda case, frame: over(case, frame) and not counted(case, frame),
    "nop-truc-tuyen": lambda case, frame: submitted(case, frame) and case.channel == "online",
    "nop-toan-trinh": lambda case, frame: submitted(case, frame) and case.full,
    "bo-sung": lambda case, frame: over(case, frame) and case.supplements > 0,
    "bo-sung-lan-hai": lambda case, frame: over(case, frame) and case.supplements >= SECOND,
    "gia-han": lambda case, frame: over(case, frame) and case.extended,
    "bi-tu-choi": refused,
    "truc-tuyen-co-ket-qua": (
        lambda case, frame: finished(case, frame) and case.channel == "online" and case.electronic
    ),
    "ket-qua-dien-tu": lambda case, frame: finished(case, frame) and case.electronic,
    "so-hoa": lambda case, frame: finished(case, frame) and case.electronic and case.papers,
    "da-nop-phi": lambda case, frame: over(case, frame) and case.paid,
    "nop-phi-truc-tuyen": lambda case, frame: over(case, frame) and case.paid_online,
    "vneid": lambda case, frame: over(case, frame) and case.proven,
    "can-bo": lambda case, _frame: bool(case.doers),
    "dang-giu": lambda case, _frame: bool(case.holders),
}
"""A figure's name, as its address has it → which dossiers of the receiving agency it counts."""

PARTS: Final[dict[str, PartTest]] = {
    "phan-den": lambda part, frame: frame.window.holds(part.opened_at),
    "phan-xong": lambda part, frame: frame.window.holds(part.ended_at),
    "phan-dang-lam": lambda part, _frame: part.opened_at is not None and part.ended_at is None,
    "phan-den-han": (
        lambda part, frame: (
            part.running and part.due_at is not None and frame.at <= part.due_at <= frame.end_of_day
        )
    ),
    "phan-tre": lambda part, frame: part.ended_at is None and part.late(frame.at),
    "phan-cho-nguoi-dan": (
        lambda part, _frame: (
            part.opened_at is not None and part.ended_at is None and part.status in STANDING
        )
    ),
    "phan-tu-choi": (
        lambda part, frame: frame.window.holds(part.ended_at) and part.state == "refused"
    ),
    "phan-tinh-dung-han": (
        lambda part, frame: (
            frame.window.holds(part.ended_at) and part_verdict(part) is not Verdict.UNPROMISED
        )
    ),
    "phan-dung-han": (
        lambda part, frame: (
            frame.window.holds(part.ended_at) and part_verdict(part) is Verdict.ON_TIME
        )
    ),
    "phan-xong-tre": (
        lambda part, frame: frame.window.holds(part.ended_at) and part_verdict(part) is Verdict.LATE
    ),
}
"""The same for a linked agency, whose figures are about its own parts only."""


# --- groups: one figure, told apart by a key -------------------------------------------------


def refusals(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the coded reasons for which the dossier or a part of it was refused, each once."""
    kinds = {"Declined", "Stopped", "LegRefused"}
    marks = (mark for mark in case.marks if mark.kind in kinds)
    return tuple({code: words for mark in marks for code, words in mark.reasons}.items())


def places(case: Case, _frame: Frame) -> tuple[str, ...]:
    """Return where an open dossier stands: a status that waits, else each running part with its step."""
    if case.over is not None:
        return ()
    running = [f"{part.agency}:{part.leg}:{part.step}" for part in case.parts if part.running]
    return tuple(running) or (f"status:{int(case.status)}",)


def causes(case: Case, frame: Frame) -> tuple[str, ...]:
    """Return why a late dossier is late, as a key: one cause each, so that the numbers add up."""
    found = cause(case, frame.at)
    if found is None:
        return ()
    kind, part = found
    return (f"{kind}:{part.agency}:{part.leg}" if part and kind is Cause.PART else str(kind),)


GROUPS: Final[dict[str, Callable[[Case, Frame], tuple[str, ...]]]] = {
    "khau": places,
    "nguyen-nhan": causes,
    "ly-do": lambda case, _frame: tuple(code for code, _ in refusals(case)),
    "nguoi": lambda case, _frame: tuple(doer.id for doer in case.doers),
    "nguoi-giu": lambda case, _frame: tuple(person for person, _ in case.holders),
}


def members(
    cases: Iterable[Case], frame: Frame, name: str, group: str = "", key: str = ""
) -> list[Case]:
    """Return the dossiers a figure counts; with a group, those of them under one key.

    KeyError for a figure or group that does not exist.
    """
    test = CASES[name]
    found = [case for case in cases if test(case, frame)]
    if not group:
        return found
    keys = GROUPS[group]
    return [case for case in found if key in keys(case, frame)]


def split(
    cases: Iterable[Case], frame: Frame, name: str, group: str
) -> list[tuple[str, list[Case]]]:
    """Return each key of a group with the dossiers of the figure it has, the most first."""
    keys = GROUPS[group]
    found: dict[str, list[Case]] = defaultdict(list)
    for case in members(cases, frame, name):
        for key in keys(case, frame):
            found[key].append(case)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def part_members(parts: Iterable[Part], frame: Frame, name: str) -> list[Part]:
    """Return the parts a figure counts. KeyError for one that does not exist."""
    test = PARTS[name]
    return [part for part in parts if test(part, frame)]


def median_minutes(cases: Iterable[Case], frame: Frame, calendar: Calendar) -> int | None:
    """Return the median working minutes of what was finished in the window; None when nothing was."""
    told = [worked_minutes(case, calendar) for case in cases if finished(case, frame)]
    known = [minutes for minutes in told if minutes is not None]
    return round(median(known)) if known else None
