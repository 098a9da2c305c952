"""Telling people: written with its cause, delivered after it, by every road they have."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.notices.models import Notice
from motcua.notices.rules import CODE_LIVES, email, phone
from motcua.notices.wording import words
from motcua.toolkit.outbox import keys

CODES_FIRST = 100


@dataclass(frozen=True)
class Recipient:
    """Where a person can be told something, and in which language (vi or en)."""

    phone: str = ""
    email: str = ""
    language: str = "vi"


def send(
    *,
    key: str,
    to: Recipient,
    template: str,
    data: Mapping[str, Any],
    subject: str,
    at: datetime,
    roads: tuple[str, ...] = ("sms", "email"),
    deliver: bool = True,
) -> list[int]:
    """Tell a person something: one row per road they have, in the caller's transaction.

    The same key again tells nothing. Returns the ids of the new rows; with `deliver=False` no job
    is queued and the caller hands them to `delivery.deliver_now`, or leaves them to the sweep.
    An address that cannot be one is kept as a failed notice.
    Raises UnknownNewsError, WordsMissingError.
    """
    news = _News(key, template, data, subject, at)
    wanted = [_notice(news, road, to) for road in roads]
    return _keep([notice for notice in wanted if notice], deliver=deliver)


@dataclass(frozen=True)
class _News:
    key: str
    template: str
    data: Mapping[str, Any]
    subject: str
    at: datetime


def _notice(news: _News, road: str, to: Recipient) -> Notice | None:
    """Return the row of one road, None when the person has no address for it."""
    given = to.phone if road == "sms" else to.email
    if not given.strip():
        return None
    address = phone(given) if road == "sms" else email(given)
    title, body = words(news.template, road, to.language, news.data)
    return Notice(
        key=news.key, road=road, subject=news.subject, template=news.template, language=to.language,
        to=address or given.strip()[:254], title=title, body=body, created_at=news.at,
        state=Notice.State.QUEUED if address else Notice.State.FAILED,
        next_attempt_at=news.at if address else None,
        last_error="" if address else "not an address",
    )  # fmt: skip


def _keep(wanted: list[Notice], *, deliver: bool, priority: int = 0) -> list[int]:
    """Insert what is new and queue its delivery."""
    from motcua.notices.tasks import deliver as delivery  # noqa: PLC0415 - tasks call operations

    if not wanted:
        return []
    with transaction.atomic(savepoint=False):
        ids = _insert(wanted)
        if ids and deliver:
            delivery.defer(notices=ids, priority=priority)
    return ids


def _insert(wanted: list[Notice]) -> list[int]:
    """Insert rows whose key and road are new; return their ids."""
    known = set(
        Notice.objects.filter(key__in={notice.key for notice in wanted}).values_list("key", "road")
    )
    new = [notice for notice in wanted if (notice.key, notice.road) not in known]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    # With conflicts ignored the database tells no ids: ask for them.
    found = Notice.objects.filter(key__in={n.key for n in new}, state=Notice.State.QUEUED)
    mine = {(notice.key, notice.road) for notice in new}
    rows = found.values_list("pk", "key", "road")
    return [pk for pk, key, road in rows if (key, road) in mine]


def send_code(*, to: str, code: str, purpose: str, at: datetime, language: str = "vi") -> None:
    """Send a one-time code by short message (or email, when `to` is an address), before all else.

    After five minutes it is not sent any more; its text is wiped as soon as it is handed over.
    """
    road = "email" if "@" in to else "sms"
    person = Recipient(
        phone="" if road == "email" else to, email=to if road == "email" else "", language=language
    )
    key = f"code:{purpose}:{uuid.uuid4()}"
    news = _News(key, "code", {"one_time_code": code}, "", at)
    notice = _notice(news, road, person)
    if notice is None:
        return
    notice.secret, notice.expires_at = True, at + CODE_LIVES
    if notice.state == Notice.State.FAILED:
        notice.body = ""
    _keep([notice], deliver=True, priority=CODES_FIRST)


def replay(*, notices: Iterable[int], at: datetime) -> int:
    """Try failed notices again from the start, except codes; return how many."""
    from motcua.notices.tasks import deliver  # noqa: PLC0415 - tasks call operations

    with transaction.atomic():
        dead = Notice.objects.select_for_update().filter(
            pk__in=list(notices), state=Notice.State.FAILED, secret=False
        )
        rows = list(dead)
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=Notice.State.QUEUED, attempts=0, next_attempt_at=at, last_error=""
        )
        if rows:
            deliver.defer(notices=[int(pk) for pk in keys(rows)])
    return len(rows)
