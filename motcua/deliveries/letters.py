"""Letters and the post: ordered once, followed by its scans, told or asked for."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from motcua.deliveries import events
from motcua.deliveries.models import Delivery, PostOrder, PostScan
from motcua.deliveries.operations import post
from motcua.deliveries.ports import Order, Refused, Scan
from motcua.deliveries.rules import ENDED, SCANS, Address, State, UnknownOrder, moves
from motcua.toolkit.gates import gate
from motcua.toolkit.http import Unreachable
from motcua.toolkit.outbox import claim, postpone, postponed

log = logging.getLogger(__name__)
# The post tells by itself; asking is for what it told us while we were away.
ASK_AGAIN = timedelta(hours=2)


def order_now(deliveries: Iterable[int], *, at: datetime) -> int:
    """Give the letters of these deliveries to the post; return how many were taken up."""
    return _order(PostOrder.objects.filter(delivery__in=list(deliveries)), at)


def sweep(*, at: datetime) -> int:
    """Order whatever is due, and ask about letters long not heard of."""
    return _order(PostOrder.objects.all(), at) + _follow(at)


def _order(rows: QuerySet[PostOrder], at: datetime) -> int:
    due = rows.filter(ordered_at__isnull=True, dead=False).select_related("delivery")
    taken = claim(due, at=at, limit=25)
    for number, letter in enumerate(taken):
        try:
            _hand_to_post(letter, at)
        except Unreachable as problem:
            for left in taken[number:]:
                _later(left, at, str(problem))
            break
    return len(taken)


def _hand_to_post(letter: PostOrder, at: datetime) -> None:
    order = Order(
        number=letter.order_number,
        sender=Address(**letter.sender),
        receiver=letter.to,
        reference=letter.reference,
    )
    try:
        tracking = post().order(order)
    except Refused as problem:
        _dead(letter, str(problem), at)
        return
    _ordered(letter, tracking, at)


@transaction.atomic
def _ordered(letter: PostOrder, tracking: str, at: datetime) -> None:
    planned = Delivery.objects.select_for_update().get(pk=letter.delivery_id)
    waiting = PostOrder.objects.filter(pk=letter.pk, ordered_at__isnull=True)
    new = waiting.update(
        ordered_at=at, tracking_number=tracking, last_error="", next_attempt_at=at + ASK_AGAIN
    )
    if not new:
        return
    if planned.state == State.READY:
        planned.state = State.CREATED
        planned.save(update_fields=["state"])
    events.publish(events.Ordered(planned.key, planned.subject, planned.result_key, tracking, at))


def _later(letter: PostOrder, at: datetime, error: str) -> None:
    if postponed(letter, at=at) is None:
        _dead(letter, error, at)
    else:
        postpone(letter, at=at, error=error)


@transaction.atomic
def _dead(letter: PostOrder, error: str, at: datetime) -> None:
    log.warning("deliveries: letter %s is stuck: %s", letter.pk, error)
    waiting = PostOrder.objects.filter(pk=letter.pk, ordered_at__isnull=True)
    if waiting.update(dead=True, next_attempt_at=None, last_error=error[:300]):
        planned = letter.delivery
        events.publish(events.Stuck(planned.key, planned.subject, error, at))


@gate
def told(*, body: bytes, signature: str, at: datetime) -> bool:
    """Take a scan the post sent; False when it was known. Raises ports.Forged, UnknownOrder."""
    return scanned(post().read_scan(body=body, signature=signature), at=at)


@transaction.atomic
def scanned(scan: Scan, *, at: datetime) -> bool:
    """Record a scan; the newest one is where the delivery stands. False when it was known.

    Raises UnknownOrder for a letter we never sent or a state the post cannot mean.
    """
    letter = PostOrder.objects.filter(order_number=scan.order_number).first()
    if letter is None or scan.state not in SCANS:
        raise UnknownOrder(order=scan.order_number)
    planned = Delivery.objects.select_for_update().get(pk=letter.delivery_id)
    letter.refresh_from_db(fields=["last_scan_at"])
    _, new = PostScan.objects.get_or_create(
        letter=letter, state=scan.state, at=scan.at, defaults={"place": scan.place[:200]}
    )
    newest = letter.last_scan_at is None or scan.at >= letter.last_scan_at
    if new and moves(State(planned.state), newest_so_far=newest):
        _stand(planned, letter, scan, at)
    return new


def _stand(planned: Delivery, letter: PostOrder, scan: Scan, at: datetime) -> None:
    """Move the delivery to where the post saw its letter, and tell."""
    ended = scan.state in ENDED
    planned.state = scan.state
    planned.ended_at = scan.at if ended else None
    planned.save(update_fields=["state", "ended_at"])
    PostOrder.objects.filter(pk=letter.pk).update(last_scan_at=scan.at)
    if ended:
        PostOrder.objects.filter(pk=letter.pk).update(next_attempt_at=None)
    key, subject, result = planned.key, planned.subject, planned.result_key
    events.publish(events.Scanned(key, subject, result, scan.state, scan.at))
    if scan.state == State.DELIVERED:
        events.publish(events.HandedOver(key, subject, result, planned.way, at))


def _follow(at: datetime) -> int:
    """Ask the post about letters under way that it did not speak of."""
    under_way = PostOrder.objects.filter(ordered_at__isnull=False)
    taken = claim(under_way, at=at, limit=25)
    for letter in taken:
        try:
            for scan in post().scans(letter.order_number):
                scanned(scan, at=at)
        except (Unreachable, UnknownOrder) as problem:
            log.warning("deliveries: nothing heard of letter %s: %s", letter.pk, problem)
        PostOrder.objects.filter(pk=letter.pk, next_attempt_at__isnull=False).update(
            next_attempt_at=at + ASK_AGAIN
        )
    return len(taken)
