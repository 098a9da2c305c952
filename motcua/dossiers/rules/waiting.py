"""Whom a dossier waits for: each row of the desk's queues, told from where the dossier stands.

An official of an agency in a role; or, with an empty role, somebody whom the agency can only watch: the applicant,
or another agency.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.extending import extend_until
from motcua.dossiers.rules.status import LegState, Status
from motcua.dossiers.rules.steps import leg_by_message
from motcua.kernel.working_time import Limit, promise

RECEIVE, STEP, WITHDRAWAL, RETURN = "receive", "step", "withdrawal", "return"
EXTENSION, CONSULTATION, APPROVAL = "extension", "consultation", "approval"
APPLICANT, ELSEWHERE = "applicant", "elsewhere"
WATCHED = (APPLICANT, ELSEWHERE)
"""Kinds of rows at which nobody of the office can act: they are watched, not worked on."""
_ASKING = ("confirm", "consent")

Key = tuple[str, str, str]
"""Kind, leg, step (or result): what tells one row of a dossier from another."""


@dataclass(frozen=True)
class Waits:
    """Who has the next move, until when; `task` is the kind of step it is about."""

    agency: str
    role: str
    due: datetime
    task: str = ""


def waiting(law: Law, dossier: Dossier) -> dict[Key, Waits]:
    """Return what waits now, for officials and for those the office watches."""
    return {
        **dict(_for_the_desk(dossier)),
        **dict(_to_sign(dossier)),
        **dict(_changes(law, dossier)),
        **dict(_to_approve(dossier)),
        **dict(_at_legs(law, dossier)),
        **dict(_for_opinion(dossier)),
        **_asked(dossier),
    }


def _for_the_desk(dossier: Dossier) -> Iterator[tuple[Key, Waits]]:
    def desk(leg: str = "") -> Waits:
        return Waits(dossier.agency, "front_desk", due_of(dossier, leg))

    if dossier.status is Status.REGISTERED:
        yield (RECEIVE, "", ""), desk()
    if dossier.status is Status.WITHDRAWING:
        yield (WITHDRAWAL, "", ""), desk()
    for result in dossier.available():
        if result.way != "online":
            yield (RETURN, result.stage, result.id), desk(result.stage)


def _to_sign(dossier: Dossier) -> Iterator[tuple[Key, Waits]]:
    """Yield the drafted apology: the leader signs it before the last day, or not at all."""
    proposal = dossier.clock.proposal
    if proposal and dossier.status is Status.PROCESSING:
        yield (EXTENSION, "", ""), Waits(dossier.agency, "leader", extend_until(proposal.was))


_SIGNED_WITHIN = Limit(1, "working_days")
"""Our own measure, not the law's: a result that is wrong should not stay so over night."""


def _changes(law: Law, dossier: Dossier) -> Iterator[tuple[Key, Waits]]:
    """Yield each change of an issued result that a leader of its agency is to sign."""
    for change in dossier.changes.values():
        leg = dossier.legs[dossier.promised[change.result].stage]
        until = promise(change.at, _SIGNED_WITHIN, law.calendar).due or change.at
        yield (APPROVAL, leg.id, change.result), Waits(leg.agency, "leader", until)


def _to_approve(dossier: Dossier) -> Iterator[tuple[Key, Waits]]:
    """Yield each second supplement request that a leader is to approve."""
    for leg in dossier.to_approve if dossier.status is not Status.WITHDRAWING else ():
        agency = dossier.legs[leg].agency if leg else dossier.agency
        yield (APPROVAL, leg, ""), Waits(agency, "leader", due_of(dossier, leg))


def _for_opinion(dossier: Dossier) -> Iterator[tuple[Key, Waits]]:
    """Yield what others are asked, unless the applicant wants the dossier back."""
    if dossier.status is Status.WITHDRAWING:
        return
    for asked in dossier.open_consultations:
        work = Waits(asked.agency, asked.role, asked.until)
        yield (CONSULTATION, asked.leg, str(asked.number)), work


def _at_legs(law: Law, dossier: Dossier) -> Iterator[tuple[Key, Waits]]:
    for leg in dossier.legs.values():
        if leg.state is LegState.OPEN and dossier.status is not Status.WITHDRAWING:
            yield from _at_step(law, dossier, leg)
        elif leg.state is LegState.SUPPLEMENT and leg.agency != dossier.agency:
            yield _watched(ELSEWHERE, dossier, leg)


def _at_step(law: Law, dossier: Dossier, leg: Leg) -> Iterator[tuple[Key, Waits]]:
    step = law.procedure.plan.stage(leg.id).step(leg.step)
    by_message = leg_by_message(leg, step)
    if step.role and not by_message:
        work = Waits(leg.agency, step.role, due_of(dossier, leg.id), step.kind)
        yield (STEP, leg.id, leg.step), work
    if step.kind in _ASKING:
        yield _watched(APPLICANT, dossier, leg, leg.step_until)
    elif by_message or leg.agency != dossier.agency:
        yield _watched(ELSEWHERE, dossier, leg)


def _watched(
    kind: str, dossier: Dossier, leg: Leg, until: datetime | None = None
) -> tuple[Key, Waits]:
    return (kind, leg.id, ""), Waits(dossier.agency, "", until or due_of(dossier, leg.id))


def _asked(dossier: Dossier) -> dict[Key, Waits]:
    """Return what the applicant owes an answer to: supplements and fees the whole dossier waits for."""
    if dossier.status is Status.FEE:
        return {(APPLICANT, "", ""): Waits(dossier.agency, "", due_of(dossier))}
    found = {}
    for request in dossier.requests.values():
        leg = dossier.legs.get(request.leg)
        asking = leg.agency if leg else dossier.agency
        found[APPLICANT, request.leg, ""] = Waits(asking, "", request.until)
    return found


def due_of(dossier: Dossier, leg: str = "") -> datetime:
    """Return until when a leg, or the whole, is to be done: while the clock stands still, what was expected."""
    return (dossier.legs[leg].due if leg else None) or dossier.clock.due or dossier.expected
