"""What follows by itself: legs open when their turn comes, the dossier ends when all legs have."""

from datetime import datetime

from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law, due_if_resumed, past, return_until
from motcua.dossiers.rules.consents import consents
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import SYSTEM, Fault
from motcua.dossiers.rules.status import LegState, Status
from motcua.dossiers.rules.steps import enter

_MOVING = (Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT, Status.FEE)


def consequences(law: Law, dossier: Dossier, at: datetime) -> list[e.Event]:
    """Return the next thing that happens without anybody acting; empty when the dossier rests."""
    if dossier.status is Status.FINISHED:
        return [] if dossier.available() or dossier.owed else [e.Closed(at=at, by=SYSTEM)]
    if dossier.status not in _MOVING or dossier.clock.received_at is None:
        return []
    return (
        _cancelled(law, dossier, at)
        or _opened(law, dossier, at)
        or consents(law, dossier, at)
        or _fee_awaited(dossier, at)
        or _ended(law, dossier, at)
    )


def _cancelled(law: Law, dossier: Dossier, at: datetime) -> list[e.Event]:
    """Legs that can no longer begin: what they wait for failed, or a `stop` leg was refused."""
    stopped = any(
        leg.state is LegState.REFUSED and law.procedure.plan.stage(leg.id).on_refusal == "stop"
        for leg in dossier.legs.values()
    )
    lost = [
        leg
        for leg in dossier.legs.values()
        if leg.state is LegState.WAITING and (stopped or _in_vain(dossier, leg))
    ]
    return [e.LegCancelled(at=at, by=SYSTEM, leg=leg.id, reason="earlier_refused") for leg in lost]


def _in_vain(dossier: Dossier, leg: Leg) -> bool:
    return any(
        dossier.legs[other].state in (LegState.REFUSED, LegState.CANCELLED) for other in leg.after
    )


def _opened(law: Law, dossier: Dossier, at: datetime) -> list[e.Event]:
    leg = next((leg for leg in dossier.legs.values() if dossier.ready(leg)), None)
    if leg is None:
        return []
    stage = law.procedure.plan.stage(leg.id)
    due = law.until(at, stage.limit) if stage.limit else None
    first = stage.steps[0]
    opened = e.LegOpened(at=at, by=SYSTEM, leg=leg.id, step=first.id, due=due)
    waited: list[e.Event] = []
    if dossier.status is Status.FEE:
        resumed = due_if_resumed(law, dossier, at)
        waited = [e.FeeNoLongerAwaited(at=at, by=SYSTEM, due=resumed)]
    return [*waited, opened, *enter(law, leg, first.id, at)]


def _fee_awaited(dossier: Dossier, at: datetime) -> list[e.Event]:
    """Nothing runs and what waits is waiting for money: status 6, the clock stands still."""
    if dossier.status not in (Status.RECEIVED, Status.PROCESSING):
        return []
    states = {leg.state for leg in dossier.legs.values()}
    waiting = [leg for leg in dossier.legs.values() if leg.state is LegState.WAITING]
    running = states & {LegState.OPEN, LegState.SUPPLEMENT}
    if running or not any(dossier.blocked(leg) for leg in waiting):
        return []
    return [e.FeeAwaited(at=at, by=SYSTEM)]


def _ended(law: Law, dossier: Dossier, at: datetime) -> list[e.Event]:
    """All legs are over: finished when one brought a result, otherwise refused as a whole."""
    legs = dossier.legs.values()
    if not all(leg.state.final for leg in legs):
        return []
    if any(leg.state is LegState.DONE for leg in legs):
        due = dossier.clock.due or due_if_resumed(law, dossier, at)
        return [e.Finished(at=at, by=SYSTEM, on_time=due is None or at <= due)]
    faults: tuple[Fault, ...] = tuple(fault for leg in legs for fault in leg.faults)
    late = past(return_until(law, dossier), at)
    return [e.Declined(at=at, by=SYSTEM, faults=faults, late=late)]
