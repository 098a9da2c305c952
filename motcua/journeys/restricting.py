"""Restricting the use of a person's data at their request, and ending what a request holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.agencies.models import Post
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.operations import record
from motcua.dossiers.rules import acts as a
from motcua.journeys.actors import official as acting
from motcua.journeys.erasing_on_request import rows_of
from motcua.kernel.working_time import ZONE
from motcua.privacy import erasures
from motcua.privacy.models import Hold, Request
from motcua.privacy.rules.refusals import NothingToRestrict


def grant(request: Request, *, by: Post, at: datetime) -> list[dict[str, Any]]:
    """Restrict the dossiers a request is about, hold them from erasure, and return which; in the answer's transaction.

    Raises NothingToRestrict where the office has none.
    """
    rows = rows_of(request)
    if not rows:
        raise NothingToRestrict
    for row in rows:
        _restrict(request, row, by, at)
    return [{"code": row.code, "fate": "restricted"} for row in rows]


def _restrict(request: Request, row: Row, by: Post, at: datetime) -> None:
    key, act = f"restrict:{request.pk.hex}:{row.code}", a.Restrict(request=request.number)
    record(code=row.code, act=act, by=acting(by), key=key, at=at)
    erasures.hold(subject=row.code, reason=request.number, by=request.number, at=at)


@transaction.atomic
def end_holds(request: Request, *, by: Post, reason: str, at: datetime) -> int:
    """End what a request holds, with a reason in each dossier's history; return how many. Again changes nothing.

    Raises HoldWithoutReason.
    """
    standing = erasures.standing(request.number)
    for hold in standing:
        key = f"hold-ended:{hold.pk}"
        act = a.EndHold(request=request.number, reason=reason[:300])
        record(code=hold.subject, act=act, by=acting(by), key=key, at=at)
        erasures.let_go(subject=hold.subject, by=request.number, at=at, reason=reason.strip()[:300])
    return len(standing)


def told(holds: Sequence[Hold]) -> list[str]:
    """Return what a request holds or held, in words: for the pages of both sides."""
    return [_told(hold) for hold in holds]


def _told(hold: Hold) -> str:
    if hold.ended_at is None:
        words = gettext("Hồ sơ {code}: giữ lại, không xóa, từ {since}.")
    elif hold.end_reason:
        words = gettext("Hồ sơ {code}: giữ lại từ {since}; thôi giữ lúc {ended}. Lý do: {reason}")
    else:
        words = gettext("Hồ sơ {code}: giữ lại từ {since}; thôi giữ lúc {ended}.")
    return words.format(
        code=hold.subject,
        since=_moment(hold.since),
        ended=_moment(hold.ended_at),
        reason=hold.end_reason,
    )


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%H:%M %d/%m/%Y}" if moment else ""
