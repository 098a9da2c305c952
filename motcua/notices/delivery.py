"""Handing messages over to the roads: claimed first, then sent with no lock held."""

import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from time import monotonic

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.notices.models import Notice
from motcua.notices.ports import Letter, Refused, Road
from motcua.toolkit.http import Unreachable
from motcua.toolkit.outbox import BATCH_SECONDS, claim, give_back, hasten, postpone, postponed
from motcua.toolkit.wiring import made

log = logging.getLogger(__name__)
LOOKS = 12  # doubling from 2 s: over an hour


def road(name: str) -> Road:
    """Return the adapter of a road, as the settings name it."""
    found: Road = made(settings.NOTICE_ROADS[name])
    return found


def deliver_now(notices: Iterable[int], *, at: datetime) -> int:
    """Deliver these notices, those that nobody else is delivering; return how many were taken."""
    return _deliver(Notice.objects.filter(pk__in=list(notices)), at, limit=500)


def sweep(*, at: datetime, limit: int = 200) -> int:
    """Deliver whatever is due, and ask what became of the sent; a lost job loses nothing."""
    taken = _deliver(Notice.objects.all(), at, limit)
    return taken + _follow(at, limit)


def _deliver(rows: QuerySet[Notice], at: datetime, limit: int) -> int:
    taken = claim(rows.filter(state=Notice.State.QUEUED), at=at, limit=limit)
    taken.sort(key=lambda notice: (notice.road, not notice.secret, notice.pk))
    for name, letters in groupby(taken, key=lambda notice: notice.road):
        _along(name, list(letters), at)
    return len(taken)


def _along(name: str, letters: list[Notice], at: datetime) -> None:
    """Send along one road; when it is closed, the rest waits without trying."""
    until = monotonic() + BATCH_SECONDS
    for number, notice in enumerate(letters):
        if monotonic() > until:
            give_back(letters[number:], at=at)
            return
        if notice.expires_at and notice.expires_at <= at:
            _failed(notice, "too late to be of use")
            continue
        try:
            _hand_over(name, notice, at)
        except Unreachable as problem:
            for left in letters[number:]:
                _later(left, at, str(problem))
            return


def _hand_over(name: str, notice: Notice, at: datetime) -> None:
    letter = Letter(_outer_key(notice), notice.to, notice.title, notice.body)
    try:
        sent = road(name).send(letter)
    except Refused as problem:
        _failed(notice, str(problem))
        return
    look_at = None if sent.final else postponed(notice, at=at)
    _waiting(notice).update(
        state=Notice.State.SENT, sent_at=at, provider_id=sent.provider_id[:200],
        attempts=1, next_attempt_at=look_at, last_error="", body="" if notice.secret else notice.body,
    )  # fmt: skip
    if notice.attempts > 1:
        hasten(Notice.objects.filter(road=name, state=Notice.State.QUEUED), at=at)


def _outer_key(notice: Notice) -> str:
    return f"{notice.key}/{notice.road}"


def _waiting(notice: Notice) -> QuerySet[Notice]:
    return Notice.objects.filter(pk=notice.pk, state=Notice.State.QUEUED)


def _failed(notice: Notice, error: str) -> None:
    log.warning("notices: notice %s failed by %s: %s", notice.pk, notice.road, error)
    _waiting(notice).update(
        state=Notice.State.FAILED, next_attempt_at=None, last_error=error[:300],
        body="" if notice.secret else notice.body,
    )  # fmt: skip


def _later(notice: Notice, at: datetime, error: str) -> None:
    if postponed(notice, at=at) is None:
        _failed(notice, error)
    else:
        postpone(notice, at=at, error=error)


def _follow(at: datetime, limit: int) -> int:
    """Ask the roads what became of what they took."""
    rows = Notice.objects.filter(Q(state=Notice.State.SENT))
    taken = claim(rows, at=at, limit=limit)
    for number, notice in enumerate(taken):
        try:
            arrived = road(notice.road).arrived(notice.provider_id)
        except Unreachable:
            for left in taken[number:]:
                _look_again(left, at)
            break
        _arrived(notice, arrived, at)
    return len(taken)


def _arrived(notice: Notice, arrived: bool | None, at: datetime) -> None:
    if arrived is None:
        _look_again(notice, at)
        return
    state = Notice.State.DELIVERED if arrived else Notice.State.FAILED
    error = "" if arrived else "the road could not reach the person"
    Notice.objects.filter(pk=notice.pk, state=Notice.State.SENT).update(
        state=state, delivered_at=at if arrived else None, next_attempt_at=None, last_error=error
    )


def _look_again(notice: Notice, at: datetime) -> None:
    moment = postponed(notice, at=at, tries=LOOKS)
    Notice.objects.filter(pk=notice.pk, state=Notice.State.SENT).update(next_attempt_at=moment)
