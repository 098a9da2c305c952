"""What an official may do to a dossier at this moment.

Found by trying each act on the heart itself: there is no second table that could say something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import Actor, Fault
from motcua.dossiers.rules.refusals import SecondRequest
from motcua.dossiers.rules.status import LegState
from motcua.kernel.refusal import Refusal

Doing = Literal[
    "receive", "step", "supplement", "prepare", "decline_request", "send_back", "withdrawal", "hand_over", "post", "cash",
    "extend", "dismiss", "consult", "opinion", "sign_change", "drop_change", "correct", "revoke",
    "reinstate", "decline", "refuse", "stop",
]  # fmt: skip

_PROBE = "?"
_FAULTS = (Fault(code=_PROBE, text=_PROBE),)


@dataclass(frozen=True)
class Offer:
    """One thing that may be done now; `part` names the leg, result, fee or question it is about.

    `needs_leader`: it would be allowed if a leader did it (a second supplement request).
    """

    doing: Doing
    part: str = ""
    step: str = ""
    needs_leader: bool = False


def offered(law: Law, dossier: Dossier, by: Actor, at: datetime) -> list[Offer]:
    """Return what `by` may do now, the usual way on first, the ways out last."""
    found: list[Offer] = []
    for offer, act in _tries(law, dossier, by, at):
        try:
            decide(law, dossier, act, by, at)
        except SecondRequest:
            found.append(Offer(offer.doing, offer.part, offer.step, needs_leader=True))
        except Refusal:
            continue
        else:
            found.append(offer)
    return found


def why_not(
    law: Law, dossier: Dossier, by: Actor, at: datetime, wanted: tuple[Doing, str]
) -> Refusal | None:
    """Return why `by` may not do this (what, about which part) now; None when it may be, or cannot even be tried."""
    for offer, act in _tries(law, dossier, by, at):
        if (offer.doing, offer.part) != wanted:
            continue
        try:
            decide(law, dossier, act, by, at)
        except Refusal as refusal:
            return refusal
    return None


def _tries(law: Law, dossier: Dossier, by: Actor, at: datetime) -> Iterator[tuple[Offer, a.Act]]:
    yield Offer("receive"), a.Receive()
    for leg in _open(dossier):
        yield _step(law, leg)
    yield Offer("withdrawal"), a.AcceptWithdraw()
    yield from _returns(dossier)
    for fee in dossier.unpaid:
        settling = a.SettleFee(fee=fee.id, reference=_PROBE, amount=fee.amount)
        yield Offer("cash", fee.id), settling
    for part in ("", *(leg.id for leg in _open(dossier))):
        approved = by.name if by.role == "leader" else ""
        asking = a.AskSupplement(faults=_FAULTS, leg=part, approved_by=approved)
        yield Offer("supplement", part), asking
        yield Offer("prepare", part), a.PrepareRequest(faults=_FAULTS, leg=part)
        yield Offer("decline_request", part), a.DeclineRequest(leg=part, remark=_PROBE)
    for leg in _open(dossier):
        back = a.SendBack(leg=leg.id, step=leg.step, remark=_PROBE)
        yield Offer("send_back", leg.id, leg.step), back
        yield Offer("refuse", leg.id, leg.step), a.RefuseLeg(leg=leg.id, faults=_FAULTS)
    yield Offer("extend"), a.Extend(days=1, reason=_PROBE, text=_PROBE)
    yield Offer("dismiss"), a.DismissExtension(remark=_PROBE)
    yield from _consultations(dossier, at)
    yield from _changes(dossier)
    yield Offer("decline"), a.Decline(faults=_FAULTS)
    yield Offer("stop"), a.Stop(faults=_FAULTS)


def _consultations(dossier: Dossier, at: datetime) -> Iterator[tuple[Offer, a.Act]]:
    for asked in dossier.open_consultations:
        answering = a.AnswerConsultation(number=asked.number, answer=_PROBE)
        yield Offer("opinion", str(asked.number)), answering
    for leg in _open(dossier):
        soon = at + timedelta(seconds=1)
        asking = a.Consult(
            leg=leg.id, agency=_PROBE, agency_name=_PROBE, role=_PROBE, question=_PROBE, until=soon
        )
        yield Offer("consult", leg.id, leg.step), asking


def _changes(dossier: Dossier) -> Iterator[tuple[Offer, a.Act]]:
    for result in dossier.promised:
        yield Offer("sign_change", result), a.SignChange(result=result)
        yield Offer("drop_change", result), a.DropChange(result=result, remark=_PROBE)
        reason = _FAULTS[0]
        yield (
            Offer("correct", result),
            a.CorrectResult(result=result, reason=reason, fields=(_PROBE,)),
        )
        yield Offer("revoke", result), a.RevokeResult(result=result, reason=reason, decision=_PROBE)
        back = a.ReinstateResult(result=result, reason=reason, decision=_PROBE)
        yield Offer("reinstate", result), back


def _open(dossier: Dossier) -> list[Leg]:
    return [leg for leg in dossier.legs.values() if leg.state is LegState.OPEN]


def _step(law: Law, leg: Leg) -> tuple[Offer, a.Act]:
    step = law.procedure.plan.stage(leg.id).step(leg.step)
    typed = {value.id: _PROBE for value in step.asks}
    taking = a.TakeStep(leg=leg.id, step=leg.step, values=typed)
    return Offer("step", leg.id, leg.step), taking


def _returns(dossier: Dossier) -> Iterator[tuple[Offer, a.Act]]:
    for result in dossier.available():
        if result.way == "online":  # with the person as soon as it is issued
            continue
        handing = a.ReturnResult(result=result.id, way="counter", receiver=_PROBE)
        yield Offer("hand_over", result.id), handing
        if result.way == "post":
            yield Offer("post", result.id), handing.model_copy(update={"way": "post"})
