"""Requests about personal data at the desk: a queue of their own, with the legal clock of two working days."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import calendar_for
from motcua.agencies.rules.codes import code_list
from motcua.desk.pages import language
from motcua.desk.signing_in import again
from motcua.desk.signing_in.session import the_official
from motcua.desk.support.pages import page
from motcua.journeys import data_requests, erasing_on_request, restricting, supporting
from motcua.journeys.data_requests import Answerer, ground_words, kind_words, outcome_words
from motcua.kernel.refusal import Refusal
from motcua.privacy import erasures, requests
from motcua.privacy.models import Request
from motcua.privacy.requests import GROUNDS, Answer
from motcua.privacy.rules.requests import LONGEST, standing
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, Option, error_links
from motcua.ui.refusals import refusal_text

LATELY = timedelta(days=30)
_LET_GO = "_let_go"


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what is to be answered, the most pressing first, and what was answered lately. Raises AnswersNotYours."""
    at = now()
    mine = data_requests.answerer(the_official(request), at)
    found = requests.waiting(mine.agency_ids, _after(request.GET.get("sau", "")))
    context = {
        "lines": [_line(one, at) for one in found],
        "answered": [_line(one, at) for one in requests.answered_lately(mine.agency_ids, at - LATELY)],
        "several": len(mine.agencies) > 1,
        "older": _next(found),
    }  # fmt: skip
    return page(request, "data_requests", supporting.caller(the_official(request), at), context)


def _after(told: str) -> tuple[datetime, UUID] | None:
    """Return the place in the list that an address names; None for one that cannot be read."""
    moment, _, key = told.partition("~")
    try:
        return datetime.fromisoformat(moment), UUID(key)
    except ValueError:
        return None


def _next(found: list[Request]) -> str:
    if len(found) < requests.PAGE:
        return ""
    return f"?sau={found[-1].due_at.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}~{found[-1].pk}"


def _line(one: Request, at: datetime) -> dict[str, object]:
    shapes = {"waiting": "running", "near": "action", "late": "stopped"}
    words = {
        "waiting": gettext("còn hạn"),
        "near": gettext("sắp hết hạn"),
        "late": gettext("quá hạn"),
    }
    stands = standing(one.due_at, at, calendar_for(one.agency.province_code))
    state = (outcome_words(one.outcome), "done") if one.outcome else (words[stands], shapes[stands])
    return {
        "asked": one,
        "kind": kind_words(one.kind),
        "state": state,
        "href": reverse("desk:data_request", args=[one.pk]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show one request and answer it, once; what cannot be taken back wants a fresh factor.

    Raises AnswersNotYours, RequestUnknown, AnsweredAlready.
    """
    at = now()
    mine = data_requests.answerer(the_official(request), at)
    found = requests.request_of_office(request_id, mine.agency_ids)
    posted = Posted(dict(request.POST.lists()))
    wrong: Refusal | None = None
    if request.method == "POST":
        if _acts(found, posted) and (away := again.fresh(request)) is not None:
            return away
        try:
            return _do(mine, found, posted, at)
        except Refusal as refusal:
            wrong = refusal
    fields = [] if found.outcome else _fields(posted, wrong)
    context = {
        **_line(found, at),
        "fields": fields,
        "errors": error_links(fields),
        "ground": ground_words(found.ground, language()),
        "dossier": _dossier(found),
        "fates": _fates(found),
        "done": erasing_on_request.told(found.done),
        **_holds(found, posted, wrong),
        "wrong": refusal_text(wrong) if wrong and not fields else "",
    }
    seat = supporting.caller(the_official(request), at)
    return page(request, "data_request", seat, context, status=wrong.status if wrong else 200)


def _do(mine: Answerer, found: Request, posted: Posted, at: datetime) -> HttpResponse:
    """Answer, or end what an answered request holds."""
    if posted.one(_LET_GO):
        reason = posted.one("reason")
        data_requests.end_holds(mine=mine, request=found, reason=reason, at=at)
        return redirect("desk:data_request", request_id=found.pk)
    said = Answer(posted.one("outcome"), posted.one("ground"), posted.one("words"))
    data_requests.answer(mine=mine, request=found, said=said, at=at)
    return redirect("desk:data_requests")


def _holds(found: Request, posted: Posted, wrong: Refusal | None) -> dict[str, object]:
    """Return what the request holds, and the field for ending it once it was answered."""
    holds = erasures.holds_by(found.number)
    open_ = bool(found.outcome) and any(hold.ended_at is None for hold in holds)
    reason = FieldView(
        "reason", "reason", "text", gettext("Lý do thôi giữ"), value=posted.one("reason"),
        hint=gettext("Người dân đọc được lý do này ở lịch sử hồ sơ."),
        errors=[refusal_text(wrong)] if wrong and found.outcome else [],
    )  # fmt: skip
    return {"holds": restricting.told(holds), "reason": reason if open_ else None}


def _acts(found: Request, posted: Posted) -> bool:
    """Tell whether this does something at once: erases, restricts, lets go."""
    if posted.one(_LET_GO):
        return True
    return found.kind in data_requests.ACTING and posted.one("outcome") in ("granted", "partly")


def _fates(found: Request) -> list[dict[str, object]]:
    """Return what granting an erasure would do to each dossier; nothing for other requests."""
    if found.outcome or found.kind != Request.Kind.ERASURE:
        return []
    return [
        {
            "code": one.row.code,
            "href": _to_answer(found, one.row.code),
            "kind": one.kind,
            "goes": [kept.name.to(language()) for kept in one.goes],
            "stays": [(kept.name.to(language()), kept.ground) for kept in one.stays],
        }
        for one in erasing_on_request.fates(found)
    ]


def _dossier(found: Request) -> str:
    return _to_answer(found, found.subject) if found.subject else ""


def _to_answer(found: Request, code: str) -> str:
    """Return where a dossier is opened in order to answer: so it stands in the log of readings."""
    here = reverse("desk:dossier", args=[code])
    return here if found.outcome else f"{here}?yeu-cau={found.pk}"


def _fields(posted: Posted, wrong: Refusal | None) -> list[FieldView]:
    place = "ground" if wrong and wrong.code == "privacy.ground-missing" else "words"
    errors = {place: [refusal_text(wrong)]} if wrong else {}
    outcomes = [
        Option(one, outcome_words(one), selected=one == posted.one("outcome"))
        for one in Request.Outcome.values
    ]
    grounds = [
        Option(row.code, row.label(language()), selected=row.code == posted.one("ground"))
        for row in code_list(GROUNDS).rows
    ]
    return [
        FieldView("outcome", "outcome", "radio", gettext("Kết quả"), options=outcomes),
        FieldView(
            "ground", "ground", "select", gettext("Căn cứ, khi chưa đồng ý hoặc đồng ý một phần"),
            options=grounds, required=False, errors=errors.get("ground", []),
        ),
        FieldView(
            "words", "words", "long_text", gettext("Trả lời người dân"), counted=LONGEST,
            hint=gettext("Lời dễ hiểu: đã làm gì, hoặc vì sao chưa; người dân làm gì tiếp. Không ghi số căn cước."),
            value=posted.one("words"), errors=errors.get("words", []),
        ),
    ]  # fmt: skip
