"""Handing results over: planned with the filing, made ready with the result, then handed over."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.deliveries import events
from motcua.deliveries.models import Delivery, PostFee, PostOrder
from motcua.deliveries.ports import Post, Quote, Refused
from motcua.deliveries.rules import (
    ENDED,
    QUOTE_LIVES,
    Address,
    AddressMissing,
    HandedOver,
    NotYetReady,
    PostAway,
    ReceiverMissing,
    State,
    Way,
)
from motcua.toolkit.http import Unreachable
from motcua.toolkit.wiring import adapter


def post() -> Post:
    """Return the post of this installation."""
    made: Post = adapter("POST_SERVICE")
    return made


def quote(*, from_place: str, to_place: str, at: datetime, weight_grams: int = 100) -> Quote:
    """Return what a letter between two communes costs; asked of the post once a day per route.

    Raises PostAway when the post does not answer and never told before.
    """
    route: dict[str, Any] = {
        "from_place": from_place,
        "to_place": to_place,
        "weight_grams": weight_grams,
    }
    known = PostFee.objects.filter(**route).first()
    if known and known.quoted_at > at - QUOTE_LIVES:
        return Quote(known.fee_vnd, known.days)
    try:
        said = post().quote(from_place=from_place, to_place=to_place, weight_grams=weight_grams)
    except (Unreachable, Refused) as problem:
        if known:  # yesterday's fee is better than none
            return Quote(known.fee_vnd, known.days)
        raise PostAway from problem
    found = {"fee_vnd": said.fee_vnd, "days": said.days, "quoted_at": at}
    PostFee.objects.update_or_create(**route, defaults=found)
    return said


@transaction.atomic
def plan(
    *,
    key: str,
    subject: str,
    result_key: str,
    way: Way,
    office: str = "",
    sender: Address | None = None,
    receiver: Address | None = None,
    at: datetime,
) -> Delivery:
    """Write down how a result will go to its person; the same key again changes nothing.

    `office` names the agency that gives it.

    By post, `sender` (the agency) and `receiver` must be complete, else AddressMissing is raised.
    """
    if way is Way.POST and not (sender and sender.complete and receiver and receiver.complete):
        raise AddressMissing
    planned, made = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "subject": subject,
            "result_key": result_key,
            "way": way.value,
            "office": office,
            "planned_at": at,
            "receiver_name": receiver.name if receiver else "",
        },
    )
    if made and way is Way.POST and sender and receiver:
        PostOrder.objects.create(
            delivery=planned,
            order_number=f"MC{at:%y%m%d}{secrets.token_hex(6).upper()}",
            reference=f"{subject} {result_key}"[:200],
            sender=asdict(sender),
            receiver=asdict(receiver),
        )
    return planned


def _locked(key: str) -> Delivery:
    return Delivery.objects.select_for_update().get(key=key)


@transaction.atomic
def ready(*, key: str, at: datetime) -> Delivery:
    """Make the result available now that it is there: at the counter, online, or to the post.

    Again is harmless.
    """
    from motcua.deliveries.tasks import order_post  # noqa: PLC0415 - tasks call operations

    planned = _locked(key)
    if planned.state != State.PLANNED:
        return planned
    planned.state, planned.ready_at = State.READY, at
    planned.save(update_fields=["state", "ready_at"])
    if planned.way == Way.POST:
        PostOrder.objects.filter(delivery=planned).update(next_attempt_at=at)
        order_post.defer(deliveries=[planned.pk])
    return planned


@transaction.atomic
def handed_over_at_counter(
    *, key: str, receiver_name: str, confirmation: str, by: str, at: datetime
) -> Delivery:
    """Record that the person took the result at the counter.

    `confirmation`: how they showed who they are and confirmed (a signature on paper, a code);
    `by`: the official.

    Again with the same receiver is harmless. Raises NotYetReady, HandedOver, ReceiverMissing.
    """
    planned = _locked(key)
    if planned.state == State.HANDED_OVER and planned.receiver_name == receiver_name:
        return planned
    if not receiver_name.strip():
        raise ReceiverMissing
    _must_be_free(planned)
    planned.receiver_name, planned.confirmation = receiver_name, confirmation
    planned.handed_over_by, planned.way = by, Way.COUNTER
    return _hand_over(planned, at)


@transaction.atomic
def given_to_post_by_hand(*, key: str, tracking_number: str, by: str, at: datetime) -> Delivery:
    """Record that an official gave the letter to the post at its counter, under this number.

    For letters whose order the post's system has not taken. Raises NotYetReady, HandedOver.
    """
    planned = _locked(key)
    letter = PostOrder.objects.select_for_update().get(delivery=planned)
    _must_be_free(planned)
    letter.tracking_number, letter.ordered_at = tracking_number, at
    letter.next_attempt_at, letter.dead, letter.last_error = None, False, ""
    letter.save()
    planned.state, planned.handed_over_by = State.PICKED_UP, by
    planned.save(update_fields=["state", "handed_over_by"])
    return planned


@transaction.atomic
def opened_online(*, key: str, receiver_name: str, at: datetime) -> Delivery:
    """Record that the person opened the result online; once. Raises NotYetReady."""
    planned = _locked(key)
    if planned.state in ENDED or planned.way != Way.ONLINE:
        return planned
    if planned.state == State.PLANNED:
        raise NotYetReady(key=key)
    planned.receiver_name = receiver_name
    return _hand_over(planned, at)


def _must_be_free(planned: Delivery) -> None:
    """Refuse a hand-over before the result is there, after the end, or with the post."""
    if planned.state == State.PLANNED:
        raise NotYetReady(key=planned.key)
    if planned.state not in {State.READY, State.RETURNED}:
        raise HandedOver(key=planned.key)
    letter = PostOrder.objects.select_for_update().filter(delivery=planned).first()
    if letter is None or planned.state == State.RETURNED:
        return
    under_way = letter.next_attempt_at is not None and letter.attempts > 0
    if under_way and not letter.last_error:
        raise HandedOver(key=planned.key)  # being given to the post right now
    letter.next_attempt_at, letter.dead = None, True
    letter.save(update_fields=["next_attempt_at", "dead"])


def _hand_over(planned: Delivery, at: datetime) -> Delivery:
    planned.state, planned.ended_at = State.HANDED_OVER, at
    planned.save()
    events.publish(
        events.HandedOver(planned.key, planned.subject, planned.result_key, planned.way, at)
    )
    return planned


@transaction.atomic
def cancel(*, key: str, at: datetime) -> None:
    """There will be no result to hand over (withdrawn, refused); harmless after the end."""
    planned = _locked(key)
    if planned.state not in {State.PLANNED, State.READY}:
        return
    letter = PostOrder.objects.select_for_update().filter(delivery=planned).first()
    if letter is not None:
        letter.next_attempt_at = None
        letter.save(update_fields=["next_attempt_at"])
    planned.state, planned.ended_at = State.CANCELLED, at
    planned.save(update_fields=["state", "ended_at"])


@transaction.atomic
def replay(*, key: str, at: datetime) -> None:
    """Give a letter the post did not take to the post once more."""
    from motcua.deliveries.tasks import order_post  # noqa: PLC0415 - tasks call operations

    planned = _locked(key)
    stuck = PostOrder.objects.filter(delivery=planned, dead=True, ordered_at__isnull=True)
    if planned.state == State.READY and stuck.update(dead=False, attempts=0, next_attempt_at=at):
        order_post.defer(deliveries=[planned.pk])
