"""Consulting another unit or agency: question, date and answer are kept with the dossier.

NĐ 61/2018 Đ19.5, carried on by NĐ 118/2025: whoever leads asks with content and date; all of it is logged in the
one-stop system. A late answer lets nothing pass by itself: the leg may go on, and the head of the one-stop unit
is warned.
"""

from datetime import datetime

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import (
    ConsultationClosed,
    ConsultationDate,
    NotYours,
    QuestionMissing,
)
from motcua.dossiers.rules.steps import leg_by_message, present
from motcua.kernel.working_time import local


def consult(law: Law, dossier: Dossier, act: a.Consult, by: Actor, at: datetime) -> list[e.Event]:
    """Ask another role of one's agency, or another agency; several may be asked at once.

    Raises LegNotOpen, NotYours, QuestionMissing, ConsultationDate.
    """
    leg, step = present(law, dossier, act.leg)
    mine = by.agency == leg.agency and by.role in (step.role, "leader")
    if not mine or leg_by_message(leg, step) or (act.agency, act.role) == (by.agency, by.role):
        raise NotYours
    if not act.question.strip() or not act.agency or not act.role:
        raise QuestionMissing
    _in_time(dossier, leg, act.until, at)
    number = len(dossier.consultations) + 1
    return [e.Consulted(at=at, by=by, number=number, **act.model_dump())]


def latest_answer(dossier: Dossier, leg: Leg, at: datetime) -> datetime | None:
    """Return the last moment an answer may be asked for by; None where the leg is late already."""
    due = leg.due or dossier.clock.due
    return due if due is not None and due > at else None


def _in_time(dossier: Dossier, leg: Leg, until: datetime, at: datetime) -> None:
    last = latest_answer(dossier, leg, at)
    if until <= at or (last is not None and until > last):
        shown = f"{local(last):%H:%M %d/%m/%Y}" if last else "–"
        raise ConsultationDate(due=shown)


def answer(
    law: Law, dossier: Dossier, act: a.AnswerConsultation, by: Actor, at: datetime
) -> list[e.Event]:
    """Give the opinion asked for: whoever holds the role that was asked, or the leader there.

    Raises ConsultationClosed, NotYours, QuestionMissing.
    """
    asked = next((one for one in dossier.open_consultations if one.number == act.number), None)
    if asked is None:
        raise ConsultationClosed
    if by.agency != asked.agency or by.role not in (asked.role, "leader"):
        raise NotYours
    if not act.answer.strip():
        raise QuestionMissing
    return [
        e.ConsultationAnswered(
            at=at, by=by, number=asked.number, leg=asked.leg, answer=act.answer.strip()
        )
    ]
