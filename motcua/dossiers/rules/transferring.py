"""A dossier goes on at another office: communes merge, and what was theirs is the new one's from a day on."""

from datetime import datetime

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules import steps
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import Actor, Office
from motcua.dossiers.rules.refusals import NothingMoves
from motcua.dossiers.rules.status import LegState


def transfer(law: Law, dossier: Dossier, act: a.Transfer, by: Actor, at: datetime) -> list[e.Event]:
    """Give the dossier and its parts to the offices that follow; no date moves, nothing done is undone.

    A part that stands at a question to a system the new office does not use is asked there anew. Raises
    NothingMoves when none of its offices has become another.
    """
    there = {dossier.agency, *(leg.agency for leg in dossier.legs.values())}
    there |= {one.agency for one in dossier.consultations.values() if not one.answered_at}
    offices = {code: office for code, office in act.offices.items() if code in there}
    if not offices:
        raise NothingMoves
    moved = e.Transferred(at=at, by=by, offices=offices, decision=act.decision)
    legs = [leg for leg in dossier.legs.values() if leg.agency in offices]
    asked = [_asked(law, leg, offices[leg.agency], at) for leg in legs]
    return [moved, *(one for one in asked if one)]


def _asked(law: Law, leg: Leg, office: Office, at: datetime) -> e.Event | None:
    """Return the question that goes out anew; None where nothing is asked, or the same system answers."""
    if leg.state is not LegState.OPEN or office.party == leg.party:
        return None
    after = leg.model_copy(update=office.model_dump())
    step = law.procedure.plan.stage(leg.id).step(leg.step)
    if step.kind != "decide" or not steps.leg_by_message(after, step):
        return None
    return steps.asked(law, after, leg.step, at)
