"""Decides: an act on a dossier becomes events, or a refusal. Pure – no clock, no database."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import (
    consents,
    consulting,
    extending,
    holding,
    recounting,
    results,
    second_requests,
    steps,
    transferring,
)
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import (
    Law,
    due_if_resumed,
    leg_due_if_resumed,
    past,
    return_until,
)
from motcua.dossiers.rules.consequences import consequences
from motcua.dossiers.rules.dossier import Dossier, Leg, Request
from motcua.dossiers.rules.evolve import evolve
from motcua.dossiers.rules.facts import Actor, Fault
from motcua.dossiers.rules.moves import EXAMINING, check
from motcua.dossiers.rules.refusals import (
    FeeFirst,
    NotAsked,
    NothingToReturn,
    NotNow,
    NotYours,
    PartsDone,
    ReasonMissing,
    SecondRequest,
)
from motcua.dossiers.rules.status import LegState, Status

Decision = Callable[[Law, Dossier, Any, Actor, datetime], list[e.Event]]


def decide(law: Law, dossier: Dossier | None, act: a.Act, by: Actor, at: datetime) -> list[e.Event]:
    """Return what happens when `by` does `act` at this moment, with all that follows from it.

    Raises a Refusal when the status, the actor or the rules do not allow it. `dossier` is None only for Submit.
    """
    if isinstance(act, a.Submit):
        return [_submit(law, dossier, act, by, at)]
    if dossier is None:
        raise NotNow(status="")
    check(dossier, act, by)
    return _with_consequences(law, dossier, _DECISIONS[type(act)](law, dossier, act, by, at), at)


def _with_consequences(
    law: Law, dossier: Dossier, decided: list[e.Event], at: datetime
) -> list[e.Event]:
    told: list[e.Event] = []
    more = decided
    while more:
        for event in more:
            dossier = evolve(dossier, event)
        told += more
        more = consequences(law, dossier, at)
    return told


def _submit(
    law: Law, dossier: Dossier | None, act: a.Submit, by: Actor, at: datetime
) -> e.Submitted:
    if dossier is not None:
        raise NotNow(status=dossier.status.words)
    expected = law.until(at, law.procedure.plan.limit_of([leg.id for leg in act.legs]))
    return e.Submitted(at=at, by=by, expected=expected, **act.model_dump())


def _receive(law: Law, dossier: Dossier, act: a.Receive, by: Actor, at: datetime) -> list[e.Event]:
    due = law.until(at, law.procedure.plan.limit_of(dossier.legs))
    return [e.Received(at=at, by=by, due=due)]


def _decline(law: Law, dossier: Dossier, act: a.Decline, by: Actor, at: datetime) -> list[e.Event]:
    """Before reception the desk does not take it; after it, whoever appraises returns the whole as not eligible.

    Late – beyond 3 working days (NĐ 61/2018 Đ19.4) – is a fact that is kept, and stops nobody.
    """
    faults = _reasons(act.faults)
    received = dossier.clock.received_at is not None
    if (by.role == "front_desk") == received:
        raise NotYours
    if not received:
        return [e.Declined(at=at, by=by, faults=faults)]
    _of_its_field(law, by)
    if any(leg.state is LegState.DONE for leg in dossier.legs.values()):
        raise PartsDone
    late = past(return_until(law, dossier), at)
    return [
        *_cancel(dossier, by, at, "declined"),
        e.Declined(at=at, by=by, faults=faults, late=late),
    ]


def _reasons(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the faults when each has a code and words; a bare free text is refused."""
    if not faults or any(not fault.code or not fault.text for fault in faults):
        raise ReasonMissing
    return faults


def _ask_supplement(
    law: Law, dossier: Dossier, act: a.AskSupplement, by: Actor, at: datetime
) -> list[e.Event]:
    agency = steps.asking_agency(law, dossier, act.leg, by)
    if act.leg in dossier.requests:
        raise NotNow(status=dossier.status.words)
    number = steps.next_request(dossier, agency)
    if number > 1 and not act.approved_by:
        raise SecondRequest
    asked = steps.supplement_asked(
        law, act.leg, _reasons(act.faults), number, by, at, approved_by=act.approved_by
    )
    return [asked]


def _supplement(
    law: Law, dossier: Dossier, act: a.Supplement, by: Actor, at: datetime
) -> list[e.Event]:
    request = dossier.requests.get(act.leg)
    if request is None:
        raise NotAsked
    _only_what_was_asked(request, act)
    restart = law.procedure.plan.supplement.clock == "restart"
    leg = dossier.legs.get(act.leg)
    told: list[e.Event] = [
        e.Supplemented(
            at=at,
            by=by,
            number=request.number,
            fields=act.fields,
            papers=act.papers,
            leg=act.leg,
            restarted=restart and dossier.clock.received_at is not None,
            due=steps.restarted_due(law, dossier, at)
            if restart
            else due_if_resumed(law, dossier, at),
            leg_due=leg_due_if_resumed(law, dossier, leg, at) if leg else None,
            consenters=act.consenters,
        )
    ]
    return [*told, *_resumed(law, leg, act, by, at)] if leg else told


def _resumed(law: Law, leg: Leg, act: a.Supplement, by: Actor, at: datetime) -> list[e.Event]:
    """Return how a leg goes on once it was supplied: its system is asked again, or a paper replaces consents."""
    step = law.procedure.plan.stage(leg.id).step(leg.step)
    if steps.leg_by_message(leg, step):
        return [steps.asked(law, leg, leg.step, at, supplemented=True)]
    return consents.after_supplement(law, leg, act.papers, by, at) if step.kind == "consent" else []


def _only_what_was_asked(request: Request, act: a.Supplement) -> None:
    """Refuse a change beside the request, and an answer that leaves a requested paper out."""
    beside = set(act.fields) - request.fields or set(act.papers) - request.papers
    if beside or not request.must_bring <= set(act.papers):
        raise NotAsked


def _lapse_supplement(
    law: Law, dossier: Dossier, act: a.LapseSupplement, by: Actor, at: datetime
) -> list[e.Event]:
    """What was not supplied in time is refused: the leg that asked, or the whole before reception."""
    request = dossier.requests.get(act.leg)
    if request is None or at < request.until:
        raise NotNow(status=dossier.status.words)
    lapsed = e.SupplementLapsed(
        at=at, by=by, number=request.number, leg=act.leg, due=due_if_resumed(law, dossier, at)
    )
    if act.leg:
        return [lapsed, e.LegRefused(at=at, by=by, leg=act.leg, faults=request.faults)]
    return [lapsed, e.Declined(at=at, by=by, faults=request.faults)]


def _settle_fee(
    law: Law, dossier: Dossier, act: a.SettleFee, by: Actor, at: datetime
) -> list[e.Event]:
    fee = dossier.fees.get(act.fee)
    if fee is None or act.fee in dossier.settled:
        raise NotNow(status=dossier.status.words)
    settled = e.FeeSettled(at=at, by=by, fee=act.fee, amount=act.amount, reference=act.reference)
    return [settled]


def _ask_withdraw(
    law: Law, dossier: Dossier, act: a.AskWithdraw, by: Actor, at: datetime
) -> list[e.Event]:
    asked = e.WithdrawalAsked(at=at, by=by, reason=act.reason)
    if dossier.status is Status.REGISTERED:  # nobody has begun: nothing to agree to
        return [asked, e.Withdrawn(at=at, by=by)]
    return [asked]


def _accept_withdraw(
    law: Law, dossier: Dossier, act: a.AcceptWithdraw, by: Actor, at: datetime
) -> list[e.Event]:
    _of_its_field(law, by)
    return [*_cancel(dossier, by, at, "withdrawn"), e.Withdrawn(at=at, by=by)]


def _of_its_field(law: Law, by: Actor) -> None:
    """Refuse an examining officer who has no step in this procedure: a dossier has its own field's."""
    roles = {step.role for stage in law.procedure.plan.stages for step in stage.steps}
    if by.role in EXAMINING and by.role not in roles:
        raise NotYours


def _cancel(dossier: Dossier, by: Actor, at: datetime, reason: Any) -> list[e.Event]:
    unfinished = [leg.id for leg in dossier.legs.values() if not leg.state.final]
    return [e.LegCancelled(at=at, by=by, leg=leg, reason=reason) for leg in unfinished]


def _decline_withdraw(
    law: Law, dossier: Dossier, act: a.DeclineWithdraw, by: Actor, at: datetime
) -> list[e.Event]:
    _of_its_field(law, by)
    waiting = dossier.before_withdrawal in (Status.SUPPLEMENT, Status.FEE)
    due = None if waiting else due_if_resumed(law, dossier, at)
    return [e.WithdrawalDeclined(at=at, by=by, remark=act.remark, due=due)]


def _stop(law: Law, dossier: Dossier, act: a.Stop, by: Actor, at: datetime) -> list[e.Event]:
    _of_its_field(law, by)
    stopped = e.Stopped(at=at, by=by, faults=_reasons(act.faults))
    return [*_cancel(dossier, by, at, "stopped"), stopped]


def _move_contact(
    _law: Law, _dossier: Dossier, act: a.MoveContact, by: Actor, at: datetime
) -> list[e.Event]:
    return [e.ContactMoved(at=at, by=by, ending=act.ending)]


def _return_result(
    law: Law, dossier: Dossier, act: a.ReturnResult, by: Actor, at: datetime
) -> list[e.Event]:
    if act.result not in {result.id for result in dossier.available()}:
        raise NothingToReturn
    if by.kind == "official" and dossier.owed and not dossier.status.final:
        raise FeeFirst(fees=", ".join(fee.name for fee in dossier.owed))
    if by.kind == "system" and act.way == "counter":
        raise NotYours
    returned = e.ResultReturned(
        at=at, by=by, result=act.result, way=act.way, receiver=act.receiver,
        reference=act.reference, handing=act.handing,
    )  # fmt: skip
    return [returned]


_DECISIONS: dict[type[a.Act], Decision] = {
    a.Receive: _receive,
    a.Decline: _decline,
    a.AskSupplement: _ask_supplement,
    a.PrepareRequest: second_requests.prepare,
    a.DeclineRequest: second_requests.decline,
    a.Supplement: _supplement,
    a.LapseSupplement: _lapse_supplement,
    a.TakeStep: steps.take_step,
    a.SendBack: steps.send_back,
    a.ConfirmDraft: steps.confirm_draft,
    a.GiveConsent: consents.give_consent,
    a.LapseConsent: consents.lapse_consent,
    a.AnswerLeg: steps.answer_leg,
    a.RefuseLeg: steps.refuse_leg,
    a.SettleFee: _settle_fee,
    a.AskWithdraw: _ask_withdraw,
    a.AcceptWithdraw: _accept_withdraw,
    a.DeclineWithdraw: _decline_withdraw,
    a.Stop: _stop,
    a.ProposeExtension: extending.propose,
    a.Extend: extending.extend,
    a.DismissExtension: extending.dismiss,
    a.Consult: consulting.consult,
    a.AnswerConsultation: consulting.answer,
    a.ReturnResult: _return_result,
    a.CorrectResult: results.correct,
    a.RevokeResult: results.revoke,
    a.ReinstateResult: results.reinstate,
    a.SignChange: results.sign,
    a.DropChange: results.drop,
    a.Restrict: holding.restrict,
    a.EndHold: holding.end,
    a.MoveContact: _move_contact,
    a.Recount: recounting.recount,
    a.Transfer: transferring.transfer,
}
