"""People a dossier concerns agree, each for themselves; what follows when they do not.

The applicant agrees by filing and is not asked. Where somebody declines, or not everybody has answered in
time, the paper that replaces consents is asked for (NĐ 63/2024 Điều 10: relatives confirm in VNeID or sign the
form); without such a paper the leg is refused.
"""

from datetime import datetime

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import SYSTEM, Actor, Fault
from motcua.dossiers.rules.refusals import ConsentNotAwaited, LegNotOpen, NotYours
from motcua.dossiers.rules.status import LegState
from motcua.dossiers.rules.steps import advance, next_request, present, refused, supplement_asked
from motcua.kernel.refusal import noop
from motcua.procedures.rules.plan import Step


def give_consent(
    law: Law, dossier: Dossier, act: a.GiveConsent, by: Actor, at: datetime
) -> list[e.Event]:
    """Take one person's word; the first who declines ends the asking."""
    leg, step = present(law, dossier, act.leg, act.step)
    if act.person not in leg.awaited:
        raise ConsentNotAwaited
    if by.id != act.person:
        raise NotYours
    if act.agrees:
        return [e.ConsentGiven(at=at, by=by, leg=leg.id, step=step.id, person=act.person)]
    declined = e.ConsentDeclined(at=at, by=by, leg=leg.id, step=step.id, person=act.person)
    return [declined, *_on_paper(law, dossier, leg, step, SYSTEM, at)]


def lapse_consent(
    law: Law, dossier: Dossier, act: a.LapseConsent, by: Actor, at: datetime
) -> list[e.Event]:
    """Stop waiting once the time is over. Raises LegNotOpen before that."""
    leg, step = present(law, dossier, act.leg, act.step)
    if not leg.awaited or leg.step_until is None or at < leg.step_until:
        raise LegNotOpen(leg=act.leg)
    return _on_paper(law, dossier, leg, step, by, at)


def _on_paper(
    law: Law, dossier: Dossier, leg: Leg, step: Step, by: Actor, at: datetime
) -> list[e.Event]:
    missing = Fault(
        code="missing_consent",
        text=noop("Chưa đủ sự đồng ý của những người có liên quan trên VNeID."),
        how=noop("Gửi giấy đồng ý có chữ ký của những người này.")
        if step.paper
        else noop("Thống nhất với những người này rồi nộp lại."),
        paper=step.paper or "",
    )
    if not step.paper:
        return refused(law, dossier, leg, (missing,), by, at)
    number = next_request(dossier, leg.agency)
    return [supplement_asked(law, leg.id, (missing,), number, by, at)]


def consents(law: Law, dossier: Dossier, at: datetime) -> list[e.Event]:
    """Return what follows by itself at a step that waits for people: they are asked, or all have agreed.

    Whoever is on the list now is asked: a supplement may have changed it.
    """
    for leg in dossier.legs.values():
        if leg.state is not LegState.OPEN:
            continue
        step = law.procedure.plan.stage(leg.id).step(leg.step)
        if step.kind == "consent" and (told := _told(law, leg, step, at)):
            return told
    return []


def _told(law: Law, leg: Leg, step: Step, at: datetime) -> list[e.Event]:
    people = leg.consenters.get(step.id, ())
    if set(people) <= leg.agreed:
        return advance(law, leg, step, {}, SYSTEM, at)
    if leg.asked == people:
        return []
    until = law.until(at, step.within) if step.within else at
    return [
        e.ConsentAwaited(at=at, by=SYSTEM, leg=leg.id, step=step.id, people=people, until=until)
    ]


def after_supplement(
    law: Law, leg: Leg, papers: tuple[str, ...], by: Actor, at: datetime
) -> list[e.Event]:
    """Return what a supplement brings to a step that waits for people: their signatures replace their word."""
    step = law.procedure.plan.stage(leg.id).step(leg.step)
    return advance(law, leg, step, {}, by, at) if step.paper in papers else []
