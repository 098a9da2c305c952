"""Handing results over: at the counter, to the postman, online; and money taken at the counter."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Post
from motcua.deliveries import operations as deliveries
from motcua.deliveries import queries as ways
from motcua.deliveries.rules import NotYetReady, Way
from motcua.documents import operations as documents
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.queries import law_of, told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.facts import Handing
from motcua.dossiers.rules.refusals import NothingToReturn
from motcua.journeys.actors import official
from motcua.journeys.case import owner_of_dossier
from motcua.journeys.gathering import File
from motcua.journeys.reactions.collecting import demand_key
from motcua.journeys.reactions.delivering import delivery_key
from motcua.journeys.reactions.telling import in_the_post
from motcua.journeys.refusals import (
    NotAskedToPay,
    ProofMissing,
    SignedNoteMissing,
    TrackingNumberMissing,
)
from motcua.payments import operations as payments
from motcua.payments import queries as demands
from motcua.payments.models import Receipt

NOTE_NAME = "Phiếu giao kết quả có chữ ký"


@transaction.atomic
def at_counter(
    *,
    code: str,
    post: Post,
    results: Sequence[str],
    receiver: str,
    handing: Handing,
    note: Iterable[File] = (),
    key: str,
    seen: int | None,
    at: datetime,
) -> None:
    """Give results to the person at the counter, all or none; the last one closes the dossier.

    `note`: photographs of the hand-over note with the receiver's signature, where they confirm by signing; a
    code was checked by the caller. The same key again does nothing.
    Raises ReceiverMissing, ProofMissing, SignedNoteMissing, NotYetReady, HandedOver, and the heart's refusals.
    """
    if not results:
        raise NothingToReturn
    if len(handing.digits) != DIGITS or not handing.digits.isdecimal():
        raise ProofMissing
    for number, result in enumerate(results):
        act_key = f"{key}:{result}" if number else key
        seen_now = None if number else seen
        if _given(code, post, result, receiver, handing, act_key, seen_now, at):
            return
    if handing.confirmed == "sheet":
        _keep_note(code, note, key, at)


DIGITS = 3
"""How many last digits of the receiver's number are kept."""


def _given(
    code: str,
    post: Post,
    result: str,
    receiver: str,
    handing: Handing,
    key: str,
    seen: int | None,
    at: datetime,
) -> bool:
    """Give one result; tell whether that had happened before."""
    if ways.delivery_of(delivery_key(code, result)) is None:
        raise NotYetReady(key=result)
    act = a.ReturnResult(result=result, way="counter", receiver=receiver, handing=handing)
    recorded = record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)
    if not recorded.again:
        deliveries.handed_over_at_counter(
            key=delivery_key(code, result),
            receiver_name=receiver,
            confirmation=f"{handing.proof} …{handing.digits}, {handing.confirmed}",
            by=post.official.full_name,
            at=at,
        )
    return recorded.again


def _keep_note(code: str, note: Iterable[File], key: str, at: datetime) -> None:
    """Keep the signed note with the dossier's papers. Raises SignedNoteMissing."""
    kept = [content for _, content in note]
    if not kept:
        raise SignedNoteMissing
    for content in kept:
        documents.add_page(
            owner=owner_of_dossier(code), key=f"giao-nhan:{key[-32:]}", filename=NOTE_NAME,
            content=content, at=at,
        )  # fmt: skip


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
