"""Handing results over: at the counter, to the postman, online; and money taken at the counter."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Post
from motcua.deliveries import operations as deliveries
from motcua.deliveries import queries as ways
from motcua.deliveries.rules import NotYetReady, Way
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.queries import law_of, told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.decide import decide
from motcua.journeys.actors import official
from motcua.journeys.reactions.collecting import demand_key
from motcua.journeys.reactions.delivering import delivery_key
from motcua.journeys.reactions.telling import in_the_post
from motcua.journeys.refusals import NotAskedToPay, ProofMissing, TrackingNumberMissing
from motcua.payments import operations as payments
from motcua.payments import queries as demands
from motcua.payments.models import Receipt


@transaction.atomic
def at_counter(
    *,
    code: str,
    post: Post,
    result: str,
    receiver: str,
    proof: str,
    key: str,
    seen: int | None,
    at: datetime,
) -> Recorded:
    """Give a result to the person at the counter; the last one closes the dossier.

    `proof`: how the receiver showed who they are (a card seen, a signature in the book).
    Raises ReceiverMissing, ProofMissing, NotYetReady, HandedOver, and the heart's refusals.
    """
    if not proof.strip():
        raise ProofMissing
    if ways.delivery_of(delivery_key(code, result)) is None:
        raise NotYetReady(key=result)
    act = a.ReturnResult(result=result, way="counter", receiver=receiver, reference=proof)
    recorded = record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)
    if not recorded.again:
        deliveries.handed_over_at_counter(
            key=delivery_key(code, result),
            receiver_name=receiver,
            confirmation=proof,
            by=post.official.full_name,
            at=at,
        )
    return recorded


@transaction.atomic
def given_to_post(
    *,
    code: str,
    post: Post,
    result: str,
    tracking_number: str,
    key: str,
    seen: int | None,
    at: datetime,
) -> Recorded:
    """Give a letter to the postman by hand, where the post's system did not take the order.

    Raises TrackingNumberMissing, NotYetReady, HandedOver, and the heart's refusals.
    """
    number = tracking_number.strip()
    if not number:
        raise TrackingNumberMissing
    planned = ways.delivery_of(delivery_key(code, result))
    if planned is None or planned.way != Way.POST:
        raise NotYetReady(key=result)
    act = a.ReturnResult(result=result, way="post", reference=number)
    recorded = record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)
    if not recorded.again:
        deliveries.given_to_post_by_hand(
            key=delivery_key(code, result),
            tracking_number=number,
            by=post.official.full_name,
            at=at,
        )
        in_the_post(code=code, result=result, delivery=planned.key, tracking_number=number, at=at)
    return recorded


def opened_online(*, code: str, result: str, receiver: str, at: datetime) -> None:
    """Note that the person has fetched a result online; the first time counts, nothing is refused."""
    key = delivery_key(code, result)
    planned = ways.delivery_of(key)
    if planned is not None and planned.way == Way.ONLINE and planned.ready_at is not None:
        deliveries.opened_online(key=key, receiver_name=receiver, at=at)


@transaction.atomic
def cash_taken(*, code: str, post: Post, fee: str, key: str, at: datetime) -> Receipt:
    """Take a fee in cash at the counter; the leg that waited for it opens.

    The same key again returns the same receipt. Raises NotAskedToPay, NotDue, and the heart's refusals.
    """
    demand = demand_key(code, fee)
    asked = demands.demand_of(demand)
    if asked is None:
        raise NotAskedToPay
    row, dossier, _ = told(code)
    if fee not in dossier.settled:
        may = a.SettleFee(fee=fee, amount=asked.amount_vnd, reference=key)
        decide(law_of(row), dossier, may, official(post), at)
    return payments.settle_in_cash(key=demand, act=key, received_by=post.official.full_name, at=at)
