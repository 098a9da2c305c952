"""What happens inside a leg: its steps, its agency's answers and refusals."""

from datetime import datetime
from typing import Any

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law, leg_return_until, past
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import SYSTEM, Actor, Fault
from motcua.dossiers.rules.refusals import (
    LegNotOpen,
    NotYours,
    ReasonMissing,
    ValueMissing,
)
from motcua.dossiers.rules.status import LegState
from motcua.procedures.rules.plan import Reopen, Step


def present(law: Law, dossier: Dossier, leg_id: str, step_id: str = "") -> tuple[Leg, Step]:
    """Return the open leg and the step it stands at; LegNotOpen when it is elsewhere by now."""
    leg = dossier.legs.get(leg_id)
    if leg is None or leg.state is not LegState.OPEN or (step_id and leg.step != step_id):
        raise LegNotOpen(leg=leg_id)
    return leg, law.procedure.plan.stage(leg.id).step(leg.step)


def _own_step(law: Law, dossier: Dossier, leg_id: str, step_id: str, by: Actor) -> tuple[Leg, Step]:
    """Return leg and step when they wait for exactly this official."""
    leg, step = present(law, dossier, leg_id, step_id)
    if by.agency != leg.agency or by.role != step.role or leg_by_message(leg, step):
        raise NotYours
    return leg, step


def leg_by_message(leg: Leg, step: Step) -> bool:
    """Tell whether the step is done by message: a register is asked, or the agency works elsewhere."""
    return step.kind == "ask" or (step.kind == "decide" and bool(leg.party))


def asking_agency(law: Law, dossier: Dossier, leg_id: str, by: Actor) -> str:
    """Return the agency in whose name a supplement is asked; NotYours when `by` may not.

    Beside whoever examines the dossier its leader may ask: a second request is the leader's.
    """
    if not leg_id:
        may = by.role in ("front_desk", "leader") and by.agency == dossier.agency
        if not may or dossier.clock.received_at:
            raise NotYours
        return dossier.agency
    leg, step = present(law, dossier, leg_id)
    may = by.role in (step.role, "leader") and by.agency == leg.agency
    if not may or step.kind not in ("draft", "decide") or leg.party:
        raise NotYours
    return leg.agency


def supplement_asked(
    law: Law,
    leg: str,
    faults: tuple[Fault, ...],
    number: int,
    by: Actor,
    at: datetime,
    *,
    approved_by: str = "",
    reopens: Reopen | None = None,
) -> e.SupplementAsked:
    """Return the request with the day until which the applicant may answer."""
    until = law.until(at, law.procedure.plan.supplement.within)
    also = reopens or Reopen()
    return e.SupplementAsked(
        at=at, by=by, number=number, faults=faults, until=until, leg=leg, approved_by=approved_by,
        refused=reopens is not None, fields=also.fields, papers=also.papers,
    )  # fmt: skip


def refused(
    law: Law, dossier: Dossier, leg: Leg, faults: tuple[Fault, ...], by: Actor, at: datetime
) -> list[e.Event]:
    """Return what the refusal of a leg comes to.

    Where the procedure reopens something (`on_refusal`), the first refusal goes back to the applicant with
    the agency's reasons; the second one is final.
    """
    reopens = law.procedure.plan.stage(leg.id).on_refusal
    if not isinstance(reopens, Reopen) or leg.reopened:
        late = past(leg_return_until(law, dossier, leg), at)
        return [e.LegRefused(at=at, by=by, leg=leg.id, faults=faults, late=late)]
    mendable = tuple(_within(reopens, fault) for fault in faults)
    return [
        supplement_asked(
            law, leg.id, mendable, next_request(dossier, leg.agency), by, at, reopens=reopens
        )
    ]


def _within(reopens: Reopen, fault: Fault) -> Fault:
    """Return the reason, tied to a field or paper only where the procedure lets that be mended."""
    field = fault.field if fault.field in reopens.fields else ""
    paper = fault.paper if fault.paper in reopens.papers else ""
    return fault.model_copy(update={"field": field, "paper": paper})


def next_request(dossier: Dossier, agency: str) -> int:
    """Return the number of an agency's next request."""
    return dossier.requests_made.get(agency, 0) + 1


def restarted_due(law: Law, dossier: Dossier, at: datetime) -> datetime:
    """Return the promised date of a clock that starts again from zero (NĐ 61/2018 Đ19.4)."""
    return law.until(at, law.procedure.plan.limit_of(dossier.legs))


def asked(law: Law, leg: Leg, step_id: str, at: datetime, *, supplemented: bool = False) -> e.Event:
    """Return the news that a question must go out for this step."""
    step = law.procedure.plan.stage(leg.id).step(step_id)
    party = step.party if step.kind == "ask" else leg.party
    return e.LegAsked(
        at=at, by=SYSTEM, leg=leg.id, step=step_id, party=party, task=step.task,
        supplemented=supplemented,
    )  # fmt: skip


def enter(law: Law, leg: Leg, step_id: str, at: datetime) -> list[e.Event]:
    """Return what entering a step sets off by itself."""
    step = law.procedure.plan.stage(leg.id).step(step_id)
    return [asked(law, leg, step_id, at)] if leg_by_message(leg, step) else []


def advance(
    law: Law, leg: Leg, step: Step, values: dict[str, Any], by: Actor, at: datetime,
    *, silence: bool = False,
) -> list[e.Event]:  # fmt: skip
    """Return what finishing a step brings: the next one, or the end of the leg."""
    following = law.procedure.plan.stage(leg.id).following(step.id)
    # How long consents are waited for is told when the people are asked.
    within = following.within if following and following.kind != "consent" else None
    until = law.until(at, within) if within else None
    taken = e.StepTaken(
        at=at, by=by, leg=leg.id, step=step.id, next=following.id if following else "",
        values=values, silence=silence, until=until,
    )  # fmt: skip
    if following is None:
        return [taken, e.LegDone(at=at, by=by, leg=leg.id, values={**leg.values, **values})]
    return [taken, *enter(law, leg, following.id, at)]


def take_step(
    law: Law, dossier: Dossier, act: a.TakeStep, by: Actor, at: datetime
) -> list[e.Event]:
    """An official finishes the present step; values the step asks for must be there."""
    leg, step = _own_step(law, dossier, act.leg, act.step, by)
    for wanted in step.asks:
        if wanted.required and not act.values.get(wanted.id):
            raise ValueMissing(label=wanted.label.vi)
    return advance(law, leg, step, act.values, by, at)


def send_back(
    law: Law, dossier: Dossier, act: a.SendBack, by: Actor, at: datetime
) -> list[e.Event]:
    """A later step returns the leg to its drafting step; a remark is obligatory."""
    leg, step = _own_step(law, dossier, act.leg, act.step, by)
    if not act.remark.strip():
        raise ReasonMissing
    return [_back(law, leg, step, act.remark, by, at)]


def _back(law: Law, leg: Leg, step: Step, remark: str, by: Actor, at: datetime) -> e.Event:
    stage = law.procedure.plan.stage(leg.id)
    drafting = next((item for item in stage.steps if item.kind == "draft"), None)
    if drafting is None or drafting.id == step.id:
        raise LegNotOpen(leg=leg.id)
    return e.LegSentBack(at=at, by=by, leg=leg.id, step=step.id, to=drafting.id, remark=remark)


def confirm_draft(
    law: Law, dossier: Dossier, act: a.ConfirmDraft, by: Actor, at: datetime
) -> list[e.Event]:
    """The applicant agrees with the draft, or sends it back; silence agrees when its day is over.

    One day for the applicant's confirmation, silence counting as consent: the published steps of
    1.001193, 1.004873 and the other civil-status procedures filed online.
    """
    leg, step = present(law, dossier, act.leg, act.step)
    if step.kind != "confirm":
        raise LegNotOpen(leg=act.leg)
    if act.silence and (leg.step_until is None or at < leg.step_until):
        raise LegNotOpen(leg=act.leg)
    if act.silence != (by.kind == "system"):
        raise NotYours
    if not act.agrees:
        return [_back(law, leg, step, act.remark or "–", by, at)]
    return advance(law, leg, step, {}, by, at, silence=act.silence)


def answer_leg(
    law: Law, dossier: Dossier, act: a.AnswerLeg, by: Actor, at: datetime
) -> list[e.Event]:
    """A register or agency answers the question it was asked."""
    leg, step = present(law, dossier, act.leg, act.step)
    party = step.party if step.kind == "ask" else leg.party
    if not leg_by_message(leg, step) or by.id != party:
        raise NotYours
    if act.outcome == "done":
        return advance(law, leg, step, act.values, by, at)
    if step.kind == "ask":  # a register's no is for the official who asked to sort out
        remark = "; ".join(fault.text for fault in act.faults) or act.outcome
        return [_back(law, leg, step, remark, by, at)]
    if act.outcome == "refused":
        return refused(law, dossier, leg, act.faults, by, at)
    number = next_request(dossier, leg.agency)
    return [supplement_asked(law, leg.id, act.faults, number, by, at)]


def refuse_leg(
    law: Law, dossier: Dossier, act: a.RefuseLeg, by: Actor, at: datetime
) -> list[e.Event]:
    """The agency's own official refuses its part, with coded reasons."""
    leg, step = present(law, dossier, act.leg)
    if by.agency != leg.agency or by.role not in (step.role, "leader") or leg.party:
        raise NotYours
    if not act.faults or any(not fault.code for fault in act.faults):
        raise ReasonMissing
    return refused(law, dossier, leg, act.faults, by, at)
