"""“Gọi lại cho tôi”: a phone, a topic, an hour of the office; then its own page to see and cancel it."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import Agency
from motcua.agencies.queries import calendar_for
from motcua.agencies.rules.codes import code_list
from motcua.help import calls
from motcua.help.calls import LONGEST_WORDS, TOPICS, Wish
from motcua.help.models import Call
from motcua.help.rules.calling import open_now, promised_until
from motcua.help.rules.refusals import CallTimeTaken
from motcua.journeys import calling, visiting
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.kernel.words import WordsTooLong
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import citizen_of
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake_gently
from motcua.ui.fields import FieldView, Option, error_links
from motcua.ui.refusals import refusal_text

MOST = 20
"""Calls an hour that one network may ask for."""
ABOUT = "ve"
"""In an address: the service or the dossier that the person came from."""
KEY_LENGTH = 64


@require_safe
def choose_office(request: HttpRequest) -> HttpResponse:
    """List the offices that call back."""
    about = request.GET.get(ABOUT, "")[:80]
    asked = f"?{urlencode({ABOUT: about})}" if about else ""
    offices = [
        {
            "title": office.name,
            "text": office.support_hours,
            "href": reverse("portal:call_me", args=[office.code]) + asked,
        }
        for office in visiting.offices(now())
    ]
    return show(request, "calling/offices", {"offices": offices, "back": reverse("portal:home")})


@require_http_methods(["GET", "HEAD", "POST"])
def call_me(request: HttpRequest, agency: str) -> HttpResponse:
    """Ask for phone, topic and hour; promise the call."""
    office = next((one for one in visiting.offices(now()) if one.code == agency), None)
    if office is None:
        raise Http404
    if request.method != "POST":
        return _page(request, office)
    try:
        made = _asked(request, office)
    except Refusal as refusal:
        return _page(request, office, refusal)
    return redirect("portal:call", token=made.token)


def _asked(request: HttpRequest, office: Agency) -> Call:
    """Read the form and ask. Raises what a number can be refused for, CallTimeTaken, CallAskedAlready."""
    posted = Posted(dict(request.POST.lists()))
    known = calls.call_of_act(_key(posted))
    if known is not None:
        return known
    wish = Wish(
        phone=phones.read(posted.one("phone")),
        name=posted.one("name").strip(),
        topic=_topic(posted),
        about=posted.one(ABOUT),
        words=posted.one("words").strip(),
        starts_at=_start(posted),
        language=language(),
    )
    brake_gently(request, "call", MOST)
    return calling.ask(agency=office, wish=wish, key=_key(posted), at=now())


def _key(posted: Posted) -> str:
    return (posted.one("_key") or secrets.token_hex(16))[:KEY_LENGTH]


def _topic(posted: Posted) -> str:
    known, told = code_list(TOPICS), posted.one("topic")
    return told if known.has(told) else known.rows[-1].code


def _start(posted: Posted) -> datetime:
    """Return the hour that was chosen. Raises CallTimeTaken for none, or one that cannot be read."""
    try:
        told = datetime.fromisoformat(posted.one("start"))
    except ValueError:
        raise CallTimeTaken from None
    if told.tzinfo is None:
        raise CallTimeTaken
    return told


def _page(request: HttpRequest, office: Agency, wrong: Refusal | None = None) -> HttpResponse:
    at = now()
    times = calls.times(office, at)
    fields = _fields(request, times, wrong)
    about = request.POST.get(ABOUT, request.GET.get(ABOUT, ""))[:80]
    context: dict[str, Any] = {
        "office": office.unit_name or office.name,
        "fields": fields if times else [],
        "key": request.POST.get("_key") or secrets.token_hex(16),
        "about_name": ABOUT,
        "about": about,
        "first": calling.hour_words(times[0], promised_until(times[0])) if times else "",
        "closed": not open_now(at, calendar_for(office.province_code)),
        "errors": error_links(fields),
        "back": reverse("portal:call_me_office"),
    }
    status = wrong.status if wrong else 200
    return show(request, "calling/ask", context, agency=office, status=status)


def _fields(request: HttpRequest, times: list[datetime], wrong: Refusal | None) -> list[FieldView]:
    posted, citizen = Posted(dict(request.POST.lists())), citizen_of(request)
    said = refusal_text(wrong) if wrong else ""
    of_time, of_words = isinstance(wrong, CallTimeTaken), isinstance(wrong, WordsTooLong)
    phone = posted.one("phone") or (citizen.phone if citizen else "")
    start = posted.one("start") or (times[0].isoformat() if times else "")
    return [
        FieldView(
            "phone", "phone", "phone", gettext("Số điện thoại của quý vị"), value=phone,
            hint=gettext("Chúng tôi nhắn giờ gọi đến số này, và chỉ gọi vì việc quý vị hỏi."),
            errors=[said] if said and not (of_time or of_words) else [],
        ),
        FieldView("topic", "topic", "radio", gettext("Quý vị cần hỏi việc gì?"), options=_topics(posted)),
        FieldView(
            "start", "start", "select", gettext("Gọi lúc nào?"), options=_times(times, start),
            errors=[said] if of_time else [],
        ),
        FieldView(
            "words", "words", "long_text", gettext("Nói trước vài lời"), value=posted.one("words"),
            hint=gettext("Đừng ghi số căn cước ở đây."), required=False, counted=LONGEST_WORDS,
            errors=[said] if of_words else [],
        ),
    ]  # fmt: skip


def _topics(posted: Posted) -> list[Option]:
    rows = code_list(TOPICS).rows
    chosen = posted.one("topic") or rows[0].code
    return [Option(row.code, row.label(language()), selected=row.code == chosen) for row in rows]


def _times(times: Iterable[datetime], chosen: str) -> list[Option]:
    """Return the hours as options, told with their day."""
    return [
        Option(start.isoformat(), f"{words}, {_hour(start)}", selected=start.isoformat() == chosen)
        for day, starts in groupby(times, key=lambda start: localtime(start).date())
        for words in [date_format(day, "l d/m")]
        for start in starts
    ]


def _hour(start: datetime) -> str:
    return f"{localtime(start):%H:%M}–{localtime(promised_until(start)):%H:%M}"


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, token: str) -> HttpResponse:
    """Show when the call comes or how it ended; a POST cancels it. Raises CallUnknown, CallOver."""
    found = calls.call_by_token(token)
    if request.method == "POST":
        calls.cancel(call=found, at=now())
        return redirect(request.path)
    office = found.agency
    context = {
        "call": found,
        "office": office.unit_name or office.name,
        "when": calling.hour_words(found.starts_at, found.until),
        "topic": calls.topic_words(found.topic, language()),
        "words": _state_words(found),
        "waiting": found.state == Call.State.WAITING,
        "again": reverse("portal:call_me", args=[office.code]),
    }
    return show(request, "calling/call", context, agency=office)


def _state_words(found: Call) -> str:
    return {
        "waiting": gettext("Chúng tôi sẽ gọi lại cho quý vị"),
        "reached": gettext("Đã gọi cho quý vị"),
        "unreached": gettext("Chưa gọi được cho quý vị"),
        "cancelled": gettext("Yêu cầu gọi lại đã hủy"),
    }[found.state]
