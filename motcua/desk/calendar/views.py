"""The working calendar of a province: its days, a day set by hand, and the promised dates that it moved."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import CalendarChange, CalendarMove
from motcua.agencies.queries import changes_of, days_set, full_name
from motcua.agencies.rules.calendar_reach import must_reach
from motcua.agencies.rules.places import day_of
from motcua.desk.books.form import whole
from motcua.desk.calendar.form import DayForm
from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import the_official
from motcua.journeys import recounting
from motcua.journeys.case import TodaysWorld
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted, Reader
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, error_links
from motcua.ui.promises import date_words
from motcua.ui.refusals import refusal_text

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the days set; show what a day would move; set it. Raises CalendarNotYours."""
    at = now()
    codes = recounting.provinces_of(the_official(request), at)
    posted = Posted(dict(request.POST.lists()))
    form = _form(codes, posted, at)
    if request.method != "POST":
        return _days(request, form, at)
    if not form.ready():
        return _days(request, form, at, status=400)
    if posted.one("step") != "set":
        return _preview(request, form, at)
    return _set(request, form, at)


def _form(codes: list[str], posted: Posted, at: datetime) -> DayForm:
    names = [(code, full_name(code, at)) for code in codes]
    return DayForm(names, posted, Reader(TodaysWorld(at), day_of(at), language()))


def _days(
    request: HttpRequest, form: DayForm, at: datetime, *, status: int = 200, wrong: str = ""
) -> HttpResponse:
    codes = [code for code, _name in form.provinces]
    fields = form.fields()
    general = [ErrorLink(wrong)] if wrong else []
    return show(request, "calendar/days", {
        "provinces": [name for _code, name in form.provinces],
        "days": days_set(codes, at),
        "changes": changes_of(codes),
        "fields": fields,
        "errors": [*general, *error_links(fields)],
        "sets_calendar": True,
    }, status=status)  # fmt: skip


def _preview(request: HttpRequest, form: DayForm, at: datetime) -> HttpResponse:
    values = form.values
    try:
        must_reach(values["day"], at)
    except Refusal as no:
        return _days(request, form, at, status=no.status, wrong=refusal_text(no))
    found = recounting.preview(
        day=values["day"], province=values["province"], working=values["working"]
    )
    return show(request, "calendar/preview", {
        **values,
        "preview": found,
        "moves": _named(found.moves),
        "place": dict(form.provinces)[values["province"]],
        "carried": form.carried(),
        "key": str(uuid4()),
        "sets_calendar": True,
    })  # fmt: skip


def _set(request: HttpRequest, form: DayForm, at: datetime) -> HttpResponse:
    try:
        key = UUID(form.posted.one("key"))
    except ValueError:
        key = uuid4()
    try:
        change = recounting.set_day(
            key=key, by=the_official(request).full_name, at=at, **form.values
        )
    except Refusal as no:
        return _days(request, form, at, status=no.status, wrong=refusal_text(no))
    return HttpResponseRedirect(reverse("desk:calendar_change", args=[change.pk]))


@require_safe
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show how far the dates are recounted, and which moved. Raises CalendarNotYours, CalendarChangeUnknown."""
    codes = recounting.provinces_of(the_official(request), now())
    found = recounting.change_of(key, codes)
    moves, more = _moves(key, whole(request.GET.get("sau", "")))
    here = reverse("desk:calendar_change", args=[key])
    return show(request, "calendar/change", {
        "change": found,
        **_counted(found),
        "moves": _named(moves),
        "previous": here if request.GET.get("sau") else "",
        "next_page": f"{here}?{urlencode({'sau': moves[-1].pk})}" if more else "",
        "sets_calendar": True,
    })  # fmt: skip


def _counted(change: CalendarChange) -> dict[str, int]:
    """Return how many promised dates the change has moved, and how many others."""
    promised = Q(what=recounting.PROMISED)
    return CalendarMove.objects.filter(change=change).aggregate(
        count=Count("pk", filter=promised), others=Count("pk", filter=~promised)
    )


def _named(moves: Iterable[CalendarMove | recounting.Moving]) -> list[dict[str, Any]]:
    return [
        {"case": one.case, "what": date_words(one.what), "was": one.was, "due": one.due}
        for one in moves
    ]


def _moves(key: UUID, after: int) -> tuple[list[CalendarMove], bool]:
    rows = CalendarMove.objects.filter(change_id=key, pk__gt=after).order_by("pk")[: PAGE + 1]
    found = list(rows)
    return found[:PAGE], len(found) > PAGE
