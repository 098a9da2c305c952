"""Folds events into a dossier: no choices here, only consequences already decided."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import reduce
from typing import Any

from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.dossier import (
    Consultation,
    Dossier,
    Extension,
    Leg,
    Prepared,
    Request,
    ResultChange,
)
from motcua.dossiers.rules.facts import MovedDate, Office, Pause
from motcua.dossiers.rules.status import LegState, Status

_FOLDS: dict[type[e.Event], Callable[[Dossier, Any], Dossier]] = {}


def _folds(kind: type[e.Event]) -> Callable[[Callable[..., Dossier]], Callable[..., Dossier]]:
    def keep(fold: Callable[..., Dossier]) -> Callable[..., Dossier]:
        _FOLDS[kind] = fold
        return fold

    return keep


def evolve(dossier: Dossier | None, event: e.Event) -> Dossier:
    """Return the dossier after the event; the first event of a history is `Submitted`."""
    if isinstance(event, e.Submitted):
        return _submitted(event)
    if dossier is None:
        raise ValueError("a history begins with Submitted")
    after = _FOLDS[type(event)](dossier, event)
    return after.model_copy(update={"seq": dossier.seq + 1})


def fold(history: Iterable[e.Event]) -> Dossier:
    """Return the dossier its history tells."""
    told: Dossier | None = reduce(evolve, history, None)
    if told is None:
        raise ValueError("an empty history tells no dossier")
    return told


def _with(dossier: Dossier, **changes: Any) -> Dossier:
    return dossier.model_copy(update=changes)


def _leg(dossier: Dossier, leg_id: str, **changes: Any) -> Dossier:
    leg: Leg = dossier.legs[leg_id].model_copy(update=changes)
    after = _with(dossier, legs={**dossier.legs, leg_id: leg})
    if (
        "step" in changes or "state" in changes
    ):  # a request is prepared at a step, and is over with it
        return _without_prepared(after, leg_id)
    return after


def _without_prepared(dossier: Dossier, leg: str) -> Dossier:
    others = {key: one for key, one in dossier.prepared.items() if key != leg}
    return _with(dossier, prepared=others) if len(others) < len(dossier.prepared) else dossier


def _submitted(event: e.Submitted) -> Dossier:
    return Dossier(
        code=event.code,
        procedure=event.procedure,
        version=event.version,
        agency=event.agency,
        channel=event.channel,
        applicant=event.by.id,
        submitted_at=event.at,
        expected=event.expected,
        status=Status.REGISTERED,
        legs={plan.id: Leg.planned(plan) for plan in event.legs},
        fees={fee.id: fee for fee in event.fees},
        promised={result.id: result for result in event.results},
        seq=1,
    )


@_folds(e.Received)
def _received(dossier: Dossier, event: e.Received) -> Dossier:
    clock = dossier.clock.model_copy(update={"received_at": event.at, "due": event.due})
    return _with(dossier, status=Status.RECEIVED, clock=clock)


@_folds(e.Declined)
def _declined(dossier: Dossier, event: e.Declined) -> Dossier:
    return _with(
        dossier, status=Status.DECLINED, faults=event.faults, requests={}, ended_at=event.at
    )


@_folds(e.SupplementAsked)
def _supplement_asked(dossier: Dossier, event: e.SupplementAsked) -> Dossier:
    request = Request(
        number=event.number,
        faults=event.faults,
        asked_at=event.at,
        until=event.until,
        leg=event.leg,
        refused=event.refused,
        reopened_fields=event.fields,
        reopened_papers=event.papers,
    )
    clock = dossier.clock
    if clock.received_at and not clock.standing:
        clock = clock.paused(Pause(reason="supplement", start=event.at))
    agency = dossier.legs[event.leg].agency if event.leg else dossier.agency
    after = _with(
        dossier,
        status=Status.SUPPLEMENT,
        requests={**dossier.requests, event.leg: request},
        requests_made={**dossier.requests_made, agency: event.number},
        clock=clock,
    )
    if not event.leg:
        return _without_prepared(after, "")
    reopened = after.legs[event.leg].reopened or event.refused
    return _leg(after, event.leg, state=LegState.SUPPLEMENT, reopened=reopened)


@_folds(e.RequestPrepared)
def _request_prepared(dossier: Dossier, event: e.RequestPrepared) -> Dossier:
    waiting = Prepared(number=event.number, faults=event.faults, by=event.by, at=event.at)
    return _with(dossier, prepared={**dossier.prepared, event.leg: waiting})


@_folds(e.RequestDeclined)
def _request_declined(dossier: Dossier, event: e.RequestDeclined) -> Dossier:
    return _without_prepared(dossier, event.leg)


@_folds(e.Supplemented)
def _supplemented(dossier: Dossier, event: e.Supplemented) -> Dossier:
    after = _request_over(dossier, event.leg, event.at, event.due, restart=event.restarted)
    for leg, people in event.consenters.items():
        after = _leg(after, leg, consenters=people)
    if not event.leg:
        return after
    return _leg(after, event.leg, state=LegState.OPEN, due=event.leg_due, **_NOBODY_ASKED)


def _waits_for_people(since: datetime, until: datetime | None) -> dict[str, Any]:
    return {"step_since": since, "step_until": until}


_NOBODY_ASKED: dict[str, Any] = {"asked": (), "agreed": frozenset(), "declined": ""}


@_folds(e.SupplementLapsed)
def _supplement_lapsed(dossier: Dossier, event: e.SupplementLapsed) -> Dossier:
    after = _request_over(dossier, event.leg, event.at, event.due)
    return _leg(after, event.leg, state=LegState.OPEN) if event.leg else after


def _request_over(
    dossier: Dossier, leg: str, at: datetime, due: datetime | None, *, restart: bool = False
) -> Dossier:
    others = {key: request for key, request in dossier.requests.items() if key != leg}
    if others:  # the clock stands still until the last request is answered
        return _with(dossier, requests=others)
    clock = dossier.clock
    if clock.received_at:
        clock = clock.resumed(at, due, restart=restart)
    status = dossier.status
    if status is Status.SUPPLEMENT:
        status = dossier.without_requests
    return _with(dossier, status=status, requests={}, clock=clock)


@_folds(e.LegOpened)
def _leg_opened(dossier: Dossier, event: e.LegOpened) -> Dossier:
    after = _leg(
        dossier,
        event.leg,
        state=LegState.OPEN,
        step=event.step,
        opened_at=event.at,
        due=event.due,
    )
    moved = dossier.status in (Status.RECEIVED, Status.FEE)
    return _with(after, status=Status.PROCESSING) if moved else after


@_folds(e.StepTaken)
def _step_taken(dossier: Dossier, event: e.StepTaken) -> Dossier:
    values = {**dossier.leg(event.leg).values, **event.values}
    changes = {
        "step": event.next,
        "values": values,
        "remark": "",
        **_waits_for_people(event.at, event.until),
    }
    return _leg(dossier, event.leg, **changes, **_NOBODY_ASKED)


@_folds(e.LegSentBack)
def _leg_sent_back(dossier: Dossier, event: e.LegSentBack) -> Dossier:
    changes = {"step": event.to, "remark": event.remark, "step_until": None}
    return _leg(dossier, event.leg, **changes, **_NOBODY_ASKED)


@_folds(e.ConsentAwaited)
def _consent_awaited(dossier: Dossier, event: e.ConsentAwaited) -> Dossier:
    changes = {**_NOBODY_ASKED, "asked": event.people, **_waits_for_people(event.at, event.until)}
    return _leg(dossier, event.leg, **changes)


@_folds(e.ConsentGiven)
def _consent_given(dossier: Dossier, event: e.ConsentGiven) -> Dossier:
    agreed = dossier.leg(event.leg).agreed | {event.person}
    return _leg(dossier, event.leg, agreed=agreed)


@_folds(e.ConsentDeclined)
def _consent_declined(dossier: Dossier, event: e.ConsentDeclined) -> Dossier:
    return _leg(dossier, event.leg, declined=event.person)


@_folds(e.LegAsked)
def _leg_asked(dossier: Dossier, event: e.LegAsked) -> Dossier:
    return dossier


@_folds(e.LegDone)
def _leg_done(dossier: Dossier, event: e.LegDone) -> Dossier:
    changes = {"state": LegState.DONE, "step": "", "values": event.values, "ended_at": event.at}
    return _leg(dossier, event.leg, **changes)


@_folds(e.LegRefused)
def _leg_refused(dossier: Dossier, event: e.LegRefused) -> Dossier:
    changes = {"state": LegState.REFUSED, "step": "", "faults": event.faults}
    return _leg(dossier, event.leg, **changes, ended_at=event.at)


@_folds(e.LegCancelled)
def _leg_cancelled(dossier: Dossier, event: e.LegCancelled) -> Dossier:
    return _leg(dossier, event.leg, state=LegState.CANCELLED, step="", ended_at=event.at)


@_folds(e.FeeSettled)
def _fee_settled(dossier: Dossier, event: e.FeeSettled) -> Dossier:
    return _with(dossier, settled=dossier.settled | {event.fee})


@_folds(e.FeeAwaited)
def _fee_awaited(dossier: Dossier, event: e.FeeAwaited) -> Dossier:
    clock = dossier.clock.paused(Pause(reason="fee", start=event.at))
    return _with(dossier, status=Status.FEE, clock=clock)


@_folds(e.FeeNoLongerAwaited)
def _fee_no_longer_awaited(dossier: Dossier, event: e.FeeNoLongerAwaited) -> Dossier:
    clock = dossier.clock.resumed(event.at, event.due)
    return _with(dossier, status=Status.PROCESSING, clock=clock)


@_folds(e.WithdrawalAsked)
def _withdrawal_asked(dossier: Dossier, event: e.WithdrawalAsked) -> Dossier:
    clock = dossier.clock
    if clock.received_at and not clock.standing:
        clock = clock.paused(Pause(reason="withdrawal", start=event.at))
    return _with(dossier, status=Status.WITHDRAWING, before_withdrawal=dossier.status, clock=clock)


@_folds(e.WithdrawalDeclined)
def _withdrawal_declined(dossier: Dossier, event: e.WithdrawalDeclined) -> Dossier:
    clock = dossier.clock
    if event.due:
        clock = clock.resumed(event.at, event.due)
    return _with(dossier, status=dossier.before_withdrawal, before_withdrawal=None, clock=clock)


@_folds(e.Withdrawn)
def _withdrawn(dossier: Dossier, event: e.Withdrawn) -> Dossier:
    return _with(dossier, status=Status.STOPPED, requests={}, ended_at=event.at)


def _extension(event: e.ExtensionProposed | e.Extended) -> Extension:
    return Extension(
        days=event.days, was=event.was, due=event.due, at=event.at, reason=event.reason,
        text=event.text,
    )  # fmt: skip


@_folds(e.ExtensionProposed)
def _extension_proposed(dossier: Dossier, event: e.ExtensionProposed) -> Dossier:
    return _with(dossier, clock=dossier.clock.model_copy(update={"proposal": _extension(event)}))


@_folds(e.ExtensionDismissed)
def _extension_dismissed(dossier: Dossier, event: e.ExtensionDismissed) -> Dossier:
    return _with(dossier, clock=dossier.clock.model_copy(update={"proposal": None}))


@_folds(e.Extended)
def _extended(dossier: Dossier, event: e.Extended) -> Dossier:
    changes = {"due": event.due, "extension": _extension(event), "proposal": None}
    after = _with(dossier, clock=dossier.clock.model_copy(update=changes))
    for leg, due in event.legs.items():
        after = _leg(after, leg, due=due, extra_days=event.days)
    return after


@_folds(e.Consulted)
def _consulted(dossier: Dossier, event: e.Consulted) -> Dossier:
    asked = Consultation(
        number=event.number, leg=event.leg, agency=event.agency, agency_name=event.agency_name,
        role=event.role, question=event.question, asked_at=event.at, asked_by=event.by,
        until=event.until, days=event.days, fields=event.fields, papers=event.papers,
    )  # fmt: skip
    return _with(dossier, consultations={**dossier.consultations, event.number: asked})


@_folds(e.ConsultationAnswered)
def _consultation_answered(dossier: Dossier, event: e.ConsultationAnswered) -> Dossier:
    told = {"answer": event.answer, "answered_at": event.at, "answered_by": event.by}
    answered = dossier.consultations[event.number].model_copy(update=told)
    return _with(dossier, consultations={**dossier.consultations, event.number: answered})


@_folds(e.Stopped)
def _stopped(dossier: Dossier, event: e.Stopped) -> Dossier:
    return _with(
        dossier, status=Status.STOPPED, faults=event.faults, requests={}, ended_at=event.at
    )


@_folds(e.Finished)
def _finished(dossier: Dossier, event: e.Finished) -> Dossier:
    return _with(dossier, status=Status.FINISHED, finished_at=event.at)


@_folds(e.ResultReturned)
def _result_returned(dossier: Dossier, event: e.ResultReturned) -> Dossier:
    return _with(dossier, returned=dossier.returned | {event.result})


@_folds(e.Closed)
def _closed(dossier: Dossier, event: e.Closed) -> Dossier:
    return _with(dossier, status=Status.RETURNED, ended_at=event.at)


@_folds(e.ResultChangeProposed)
def _change_proposed(dossier: Dossier, event: e.ResultChangeProposed) -> Dossier:
    waiting = ResultChange(
        result=event.result, change=event.change, reason=event.reason, decision=event.decision,
        fields=event.fields, by=event.by, at=event.at, seq=dossier.seq + 1,
    )  # fmt: skip
    return _with(dossier, changes={**dossier.changes, event.result: waiting})


@_folds(e.ResultChangeDropped)
def _change_dropped(dossier: Dossier, event: e.ResultChangeDropped) -> Dossier:
    return _change_over(dossier, event.result)


def _change_over(dossier: Dossier, result: str, **more: Any) -> Dossier:
    others = {key: change for key, change in dossier.changes.items() if key != result}
    return _with(dossier, changes=others, **more)


@_folds(e.ResultCorrected)
def _corrected(dossier: Dossier, event: e.ResultCorrected) -> Dossier:
    editions = {**dossier.editions, event.result: event.edition}
    # The new paper goes to the person as the first did.
    returned = dossier.returned - {event.result}
    return _change_over(dossier, event.result, editions=editions, returned=returned)


@_folds(e.ResultRevoked)
def _revoked(dossier: Dossier, event: e.ResultRevoked) -> Dossier:
    return _change_over(dossier, event.result, revoked=dossier.revoked | {event.result})


@_folds(e.ResultReinstated)
def _reinstated(dossier: Dossier, event: e.ResultReinstated) -> Dossier:
    return _change_over(dossier, event.result, revoked=dossier.revoked - {event.result})


@_folds(e.Recounted)
def _recounted(dossier: Dossier, event: e.Recounted) -> Dossier:
    after = _with(dossier, clock=dossier.clock.model_copy(update={"due": event.due}))
    for leg, due in event.legs.items():
        after = _leg(after, leg, due=due)
    for moved in event.others:
        after = _moved(after, moved)
    return after


def _moved(dossier: Dossier, date: MovedDate) -> Dossier:
    """Put a date that moved where its dossier keeps it."""
    match date.what:
        case "supplement":
            request = dossier.requests[date.of].model_copy(update={"until": date.due})
            return _with(dossier, requests={**dossier.requests, date.of: request})
        case "confirm" | "consent":
            return _leg(dossier, date.of, step_until=date.due)
        case "opinion":
            number = int(date.of)
            asked = dossier.consultations[number].model_copy(update={"until": date.due})
            return _with(dossier, consultations={**dossier.consultations, number: asked})
        case "extension":
            return _with(dossier, clock=dossier.clock.proposed(date.due))
        case "expected":
            return _with(dossier, expected=date.due)


@_folds(e.Restricted)
def _restricted(dossier: Dossier, event: e.Restricted) -> Dossier:
    return _with(dossier, restrictions=dossier.restrictions | {event.request: event.at})


@_folds(e.HoldEnded)
def _hold_ended(dossier: Dossier, event: e.HoldEnded) -> Dossier:
    left = {one: at for one, at in dossier.restrictions.items() if one != event.request}
    return _with(dossier, restrictions=left)


@_folds(e.ContactMoved)
def _contact_moved(dossier: Dossier, _event: e.ContactMoved) -> Dossier:
    return dossier  # the history says so; where people are reached stands beside it


@_folds(e.Transferred)
def _transferred(dossier: Dossier, event: e.Transferred) -> Dossier:
    now = event.offices
    whole = now.get(dossier.agency)
    after = _with(
        dossier,
        agency=whole.agency if whole else dossier.agency,
        requests_made=_requests_made(dossier, now),
        consultations={n: _asked_there(one, now) for n, one in dossier.consultations.items()},
    )
    for leg in dossier.legs.values():
        if leg.agency in now:
            after = _leg(after, leg.id, **now[leg.agency].model_dump())
    return after


def _requests_made(dossier: Dossier, now: dict[str, Office]) -> dict[str, int]:
    """Count on where an office has become another: its successor's next request is not its first."""
    made: dict[str, int] = {}
    for agency, number in dossier.requests_made.items():
        code = now[agency].agency if agency in now else agency
        made[code] = max(number, made.get(code, 0))
    return made


def _asked_there(one: Consultation, now: dict[str, Office]) -> Consultation:
    if one.answered_at or one.agency not in now:
        return one
    office = now[one.agency]
    return one.model_copy(update={"agency": office.agency, "agency_name": office.agency_name})
