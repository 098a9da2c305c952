"""The number that an act draws from the office's book, in the act's own transaction."""

from datetime import datetime

from motcua.agencies.queries import agency
from motcua.dossiers.models import Content
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.status import LegState
from motcua.procedures.rules.plan import BookRule
from motcua.registers.operations import Registering, draw


def with_number(row: Row, law: Law, dossier: Dossier, act: a.Act, by: Actor, at: datetime) -> a.Act:
    """Return the act with its number, where it registers in a book that the office keeps here.

    The book's row stays locked until the surrounding transaction ends: call it as late as possible, and let
    whatever refuses the act afterwards roll that transaction back.
    """
    if not isinstance(act, a.TakeStep | a.AnswerLeg):
        return act
    leg = dossier.legs.get(act.leg)
    rule = _rule(law, leg, act) if leg else None
    if leg is None or rule is None:
        return act
    what = Registering(
        case=row.code, part=leg.id, subject=row.subject_name, by=by.name or by.id,
        title=law.procedure.plan.stage(leg.id).name.vi,
    )  # fmt: skip
    drawn = draw(
        agency_id=agency(leg.agency).pk, kind=rule.kind, what=what, at=at, count=_count(row, rule)
    )
    if drawn is None:
        return act
    told = {rule.number: drawn.number, rule.volume: drawn.volume}
    return act.model_copy(update={"values": {**act.values, **told}})


def _rule(law: Law, leg: Leg, act: a.TakeStep | a.AnswerLeg) -> BookRule | None:
    """Return the book the act writes into: none where the leg is elsewhere, or the answer is a no."""
    if leg.state is not LegState.OPEN or leg.step != act.step:
        return None
    if isinstance(act, a.AnswerLeg) and act.outcome != "done":
        return None
    return law.procedure.plan.stage(leg.id).step(leg.step).book


def _count(row: Row, rule: BookRule) -> int:
    """Return how many numbers are drawn: one for each row of the group the rule names."""
    if not rule.each:
        return 1
    answers = Content.objects.values_list("answers", flat=True).get(dossier=row)
    return max(1, len(answers.get(rule.each) or ()))
