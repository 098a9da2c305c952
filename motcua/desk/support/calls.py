"""Calls back at the desk: which are promised, how they went, how many were made in time."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.counter.words import masked_phone
from motcua.desk.pages import language
from motcua.desk.signing_in.session import the_official
from motcua.desk.support.pages import page
from motcua.help import calls
from motcua.help.calls import Rung
from motcua.help.models import Call, Try
from motcua.help.rules.calling import MOST_TRIES
from motcua.journeys import supporting
from motcua.journeys.calling import hour_words
from motcua.kernel.words import WordsTooLong
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, Option, error_links
from motcua.ui.refusals import refusal_text

MEASURED = timedelta(days=30)
KEY_LENGTH = 100


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the calls that wait, the earliest first, and how the last month's were kept. Raises SupportNotYours."""
    at = now()
    mine = supporting.caller(the_official(request), at)
    context = {
        "lines": [_line(one) for one in calls.waiting_calls(mine.agency_ids)],
        "kept": calls.kept(mine.agency_ids, at - MEASURED, at),
        "several": len(mine.agencies) > 1,
        "at": at,
    }
    return page(request, "calls", mine, context)


def _line(one: Call) -> dict[str, object]:
    return {
        "call": one,
        "when": hour_words(one.starts_at, one.until),
        "phone": masked_phone(one.phone),
        "topic": calls.topic_words(one.topic, language()),
        "late": one.until < now() and not one.tries,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Show whom to call and about what; note how the try ended. Raises SupportNotYours, CallUnknown, CallOver."""
    mine = supporting.caller(the_official(request), now())
    found = calls.call_of_office(call_id, mine.agency_ids)
    posted = Posted(dict(request.POST.lists()))
    outcome, too_long = posted.one("outcome"), ""
    if request.method == "POST" and outcome in Try.Outcome.values:
        rung = Rung(mine.official.pk, Try.Outcome(outcome), posted.one("note").strip())
        key = posted.one("_key") or secrets.token_hex(16)
        try:
            calls.note_try(call_id=found.pk, rung=rung, key=key[:KEY_LENGTH], at=now())
            return redirect("desk:calls")
        except WordsTooLong as refusal:
            too_long = refusal_text(refusal)
    missing = request.method == "POST"
    fields = _fields(posted, missing=missing and not too_long, too_long=too_long)
    context = {
        **_line(found),
        "fields": fields,
        "tries": [(_outcomes()[one.outcome], one) for one in calls.attempts(found)],
        "most": MOST_TRIES,
        "open": found.state == Call.State.WAITING,
        "key": posted.one("_key") or secrets.token_hex(16),
        "errors": error_links(fields),
    }
    return page(request, "call", mine, context, status=400 if missing else 200)


def _outcomes() -> dict[str, str]:
    return {
        "reached": gettext("Đã gặp và trả lời"),
        "no_answer": gettext("Không nghe máy"),
        "busy": gettext("Máy bận"),
        "wrong_number": gettext("Nhầm số"),
    }


def _fields(posted: Posted, *, missing: bool, too_long: str) -> list[FieldView]:
    chosen = posted.one("outcome")
    return [
        FieldView(
            "outcome", "outcome", "radio", gettext("Cuộc gọi ra sao?"),
            options=[Option(code, words, selected=code == chosen) for code, words in _outcomes().items()],
            errors=[gettext("Hãy chọn cuộc gọi ra sao.")] if missing else [],
        ),
        FieldView(
            "note", "note", "long_text", gettext("Ghi chú"), required=False,
            counted=calls.LONGEST_WORDS, errors=[too_long] if too_long else [],
            hint=gettext("Đã trả lời gì, còn phải làm gì. Không ghi số căn cước."), value=posted.one("note"),
        ),
    ]  # fmt: skip
