"""Requests about one's own data: made once per form, answered once, never changed afterwards."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.agencies.queries import calendar_for
from motcua.agencies.rules.codes import code_list
from motcua.kernel.working_time import ZONE
from motcua.privacy.models import Request
from motcua.privacy.rules.refusals import AnsweredAlready, RequestUnknown, TooManyRequests
from motcua.privacy.rules.requests import answerable, due, readable, warns_at
from motcua.toolkit.gates import gate

GROUNDS = "data_request_grounds"
MOST_OPEN = 10
FURTHEST = timedelta(days=30)
"""Nothing due later is nearly due, however many holidays lie between."""
PAGE = 50


@dataclass(frozen=True)
class Wish:
    """What somebody asks: `subject` is a dossier's code, or empty for everything of the account."""

    kind: Request.Kind
    subject: str
    words: str
    name: str
    language: str = "vi"


def ask(*, account_id: int, agency: Agency, wish: Wish, key: str, at: datetime) -> Request:
    """Write a request down and start its clock; the same key again returns the same request.

    Raises WordsMissing, WordsTooLong, TooManyRequests.
    """
    words = readable(wish.words)
    known = Request.objects.filter(act_key=key, account_id=account_id).first()
    if known is not None:
        return known
    if Request.objects.filter(account_id=account_id, outcome="").count() >= MOST_OPEN:
        raise TooManyRequests(most=MOST_OPEN)
    made, _ = Request.objects.get_or_create(
        act_key=key,
        defaults={
            "account_id": account_id, "agency": agency, "kind": wish.kind, "words": words,
            "subject": wish.subject, "name": wish.name, "language": wish.language, "made_at": at,
            "due_at": due(at, calendar_for(agency.province_code)),
        },
    )  # fmt: skip
    if made.account_id != account_id:
        raise RequestUnknown
    return made


@dataclass(frozen=True)
class Answer:
    """What the office says: `ground` by which law it refuses, empty when it does as asked."""

    outcome: str
    ground: str
    words: str


def _nothing() -> list[dict[str, Any]]:
    return []


@transaction.atomic
def answer(
    *,
    request_id: UUID,
    said: Answer,
    official_id: int,
    at: datetime,
    effect: Callable[[], list[dict[str, Any]]] = _nothing,
) -> bool:
    """Answer a request; return False when this very answer stands there already.

    `effect` does what is granted and tells what it did: once, in the transaction of the answer. Raises
    RequestUnknown, AnswerMissing, GroundMissing, WordsTooLong, what the effect raises; AnsweredAlready when another stands there.
    """
    known = {row.code for row in code_list(GROUNDS).rows}
    ground, words = answerable(said.outcome, said.ground, said.words, known)
    row = Request.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if row is None:
        raise RequestUnknown
    if row.outcome:
        if (row.outcome, row.answer, row.answered_by_id) == (said.outcome, words, official_id):
            return False
        raise AnsweredAlready
    row.outcome, row.ground, row.answer = Request.Outcome(said.outcome), ground, words
    row.answered_by_id, row.answered_at, row.done = official_id, at, effect()
    row.save(update_fields=["outcome", "ground", "answer", "answered_by", "answered_at", "done"])
    return True


@transaction.atomic
def escalate(*, at: datetime) -> dict[int, int]:
    """Mark what is nearly due as brought before the leader, each once; return how many of which office."""
    rows = Request.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "agency"
    )
    rows = rows.filter(outcome="", escalated_at__isnull=True, due_at__lte=at + FURTHEST)
    near = [
        row for row in rows if at >= warns_at(row.due_at, calendar_for(row.agency.province_code))
    ]
    Request.objects.filter(pk__in=[row.pk for row in near]).update(escalated_at=at)
    return Counter(row.agency_id for row in near)


def crossing(day: date, *, province: str, but: Collection[str]) -> list[Request]:
    """Return the open requests whose time runs over a day; one query.

    `province`: to its offices only; else to all but those of the provinces in `but`.
    """
    start = datetime.combine(day, datetime.min.time(), ZONE)
    whose = Q(agency__province_code=province) if province else ~Q(agency__province_code__in=but)
    rows = Request.objects.filter(
        whose, outcome="", due_at__gte=start, made_at__lt=start + timedelta(days=1)
    )
    return list(rows.select_related("agency", "account__person").order_by("due_at", "id"))


def give_time(*, request_id: UUID, until: datetime) -> bool:
    """Let an open request end later; return False, and change nothing, where it is answered or ends no earlier."""
    rows = Request.objects.filter(pk=request_id, outcome="", due_at__lt=until)
    return rows.update(due_at=until) == 1


def waiting(
    agency_ids: Collection[int], after: tuple[datetime, UUID] | None = None
) -> list[Request]:
    """Return open requests of these offices, the most pressing first, fifty from a place on; one query."""
    rows = Request.objects.filter(agency_id__in=agency_ids, outcome="").select_related("agency")
    rows = rows.order_by("due_at", "id")
    if after is not None:
        rows = rows.filter(due_at__gte=after[0]).exclude(due_at=after[0], id__lte=after[1])
    return list(rows[:PAGE])


def answered_lately(agency_ids: Collection[int], since: datetime) -> list[Request]:
    """Return what these offices have answered since a moment, the latest first; one query."""
    rows = Request.objects.filter(agency_id__in=agency_ids, answered_at__gte=since)
    return list(rows.select_related("agency").order_by("-answered_at")[:PAGE])


@gate
def request_of_office(request_id: UUID, agency_ids: Collection[int]) -> Request:
    """Return a request to these offices. Raises RequestUnknown, for another office's as for none."""
    rows = Request.objects.select_related("agency", "answered_by", "account")
    found = rows.filter(pk=request_id, agency_id__in=agency_ids).first()
    if found is None:
        raise RequestUnknown
    return found


@gate
def request_of_account(request_id: UUID, accounts: Collection[int]) -> Request:
    """Return a request that one of these accounts made. Raises RequestUnknown, for another's as for none."""
    rows = Request.objects.select_related("agency", "answered_by")
    found = rows.filter(pk=request_id, account_id__in=accounts).first()
    if found is None:
        raise RequestUnknown
    return found


def requests_of(accounts: Collection[int]) -> list[Request]:
    """Return what these accounts have asked, the latest first; one query."""
    rows = Request.objects.filter(account_id__in=accounts).select_related("agency")
    return list(rows.order_by("-made_at")[:PAGE])
