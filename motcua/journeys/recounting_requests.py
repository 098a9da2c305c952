"""A day of the calendar changes: requests about one's data that are open get the time it takes from their clock.

Only ever later: an end that was told is not taken back. Whoever asked is told both dates and why.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from motcua.agencies.models import CalendarChange, CalendarMove
from motcua.agencies.queries import calendar_for
from motcua.dossiers.rules.recounting import as_before
from motcua.journeys.data_requests import ends, tell
from motcua.notices.operations import Recipient
from motcua.privacy import requests
from motcua.privacy.models import Request
from motcua.privacy.rules.requests import due

DATA_REQUEST = "data_request"
"""How the end of such a request is named among the dates that a change moves."""


class Later(NamedTuple):
    """An open request and the end it would have."""

    request: Request
    due: datetime


def would_move(
    day: date, *, province: str, but: Collection[str], working: bool | None = None
) -> Iterator[Later]:
    """Yield the open requests that end later by the calendar as it is, or with the day `working` or not; one query."""
    for request in requests.crossing(day, province=province, but=but):
        calendar = calendar_for(request.agency.province_code)
        if working is not None:
            calendar = as_before(calendar, day, worked=working)
        then = due(request.made_at, calendar)
        if then > request.due_at:
            yield Later(request, then)


def recount(change: CalendarChange, *, but: Collection[str], at: datetime) -> None:
    """Give the requests that the change concerns their time, and tell; done again, nothing moves."""
    found = would_move(change.day, province=change.province_code, but=but)
    for request, then in list(found):
        with transaction.atomic():
            _moved(change, request, then, at)


def _moved(change: CalendarChange, request: Request, then: datetime, at: datetime) -> None:
    was = request.due_at
    if not requests.give_time(request_id=request.pk, until=then):
        return  # it was answered since it was read
    CalendarMove.objects.create(
        change=change, case=request.number, what=DATA_REQUEST, was=was, due=then
    )
    request.due_at = then
    person = request.account.person
    to = Recipient(person.phone, person.email, request.language)
    tell(
        request, to, "data_request_moved", at, turn=f":{change.pk.hex}", was=ends(was),
        reason=change.note,
    )  # fmt: skip
