"""What comes from outside – answers, payments, hand-overs – becomes acts of the dossier.

Each runs inside the transaction in which the lower room records the fact: both are written, or neither.
"""

from typing import Any

from motcua.deliveries import events as delivered
from motcua.dossiers.operations import record
from motcua.dossiers.queries import row
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import SYSTEM, Fault
from motcua.dossiers.rules.refusals import LegNotOpen, NothingToReturn, NotNow, NotYours
from motcua.exchange import events as answered
from motcua.journeys.actors import party
from motcua.journeys.mending import mendable
from motcua.journeys.reactions.telling import in_the_post
from motcua.payments import events as paid


def leg_answered(news: answered.Event) -> None:
    """A register or agency has answered: its leg goes on, is refused, or asks the applicant."""
    if not isinstance(news, answered.Answered):
        return
    leg, _, step = news.question.leg.partition("/")
    act = a.AnswerLeg(
        leg=leg,
        step=step,
        question=news.answer.question,
        outcome=str(news.answer.outcome),
        values=news.answer.result,
        faults=_faults(news),
    )
    try:
        record(
            code=news.question.subject,
            act=act,
            by=party(news.question.party_id),
            key=f"answer:{news.answer.question}",
            at=news.at,
        )
    except (LegNotOpen, NotNow, NotYours):
        return  # withdrawn, stopped or moved to another office meanwhile: the exchange keeps the answer, no more


def _faults(news: answered.Answered) -> tuple[Fault, ...]:
    told = tuple(_fault(reason) for reason in news.answer.reasons)
    return mendable(row(news.question.subject), told) if told else told


def _fault(reason: dict[str, Any]) -> Fault:
    return Fault(
        code=str(reason.get("code") or "other"),
        text=str(reason.get("text") or ""),
        how=str(reason.get("how") or ""),
        field=str(reason.get("field") or ""),
        paper=str(reason.get("paper") or ""),
    )


def fee_settled(news: paid.Event) -> None:
    """Money came: the leg that waited for it opens."""
    if not isinstance(news, paid.Settled):
        return
    fee = news.demand.rsplit(":", 1)[1]
    act = a.SettleFee(fee=fee, amount=news.amount_vnd, reference=news.receipt_number)
    try:
        record(code=news.subject, act=act, by=SYSTEM, key=f"paid:{news.demand}", at=news.at)
    except NotNow:
        return  # the dossier ended while the money was on its way: the ledger knows of it


def letter_ordered(news: delivered.Event) -> None:
    """The post has taken a letter: its number is told."""
    if isinstance(news, delivered.Ordered):
        in_the_post(
            code=news.subject, result=news.result_key, delivery=news.delivery,
            tracking_number=news.tracking_number, at=news.at,
        )  # fmt: skip


def handed_over(news: delivered.Event) -> None:
    """The post has brought a result."""
    if not isinstance(news, delivered.HandedOver) or news.way != "post":
        return
    act = a.ReturnResult(result=news.result_key, way="post", reference=news.delivery)
    try:
        record(code=news.subject, act=act, by=SYSTEM, key=f"post:{news.delivery}", at=news.at)
    except (NotNow, NothingToReturn):
        return  # handed over before by another road


def listen() -> None:
    """Subscribe to the rooms below; called once when the house is ready."""
    answered.subscribe(leg_answered)
    paid.subscribe(fee_settled)
    delivered.subscribe(letter_ordered)
    delivered.subscribe(handed_over)
