"""Breaking the glass: ask with a reason, read for an hour; the head of the office looks at it afterwards and signs."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.codes import code_list
from motcua.desk import parts
from motcua.desk.dossier import head
from motcua.desk.pages import language, show
from motcua.desk.signing_in import again
from motcua.desk.signing_in.session import the_official
from motcua.desk.words import role_words
from motcua.documents import queries, serving
from motcua.dossiers import emergencies
from motcua.dossiers.models import Emergency
from motcua.journeys import emergencies as journey
from motcua.journeys.emergencies import OpenedInEmergency
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for code and reason, then open for an hour; every time with a fresh factor. Raises NotHandling."""
    official, at = the_official(request), now()
    journey.handler(official, at)
    posted = Posted(dict(request.POST.lists()))
    if request.method != "POST":
        return _ask_page(request, posted)
    asked = again.fresh(request)
    if asked is not None:
        return asked
    code = posted.one("ma").strip().upper()
    try:
        journey.break_glass(
            official=official, code=code, reason=posted.one("ly-do"), words=posted.one("viec"),
            key=_key(posted), at=at,
        )  # fmt: skip
    except Refusal as refusal:
        return _ask_page(request, posted, refusal)
    return HttpResponseRedirect(reverse("desk:emergency_read", args=[code]))


def _key(posted: Posted) -> str:
    try:
        return UUID(posted.one("key")).hex
    except ValueError:
        return uuid4().hex


def _ask_page(request: HttpRequest, told: Posted, refusal: Refusal | None = None) -> HttpResponse:
    chosen = told.one("ly-do")
    context = {
        "code": told.one("ma") or request.GET.get("ma", "")[:60],
        "reasons": [
            (row.code, row.label(language()), row.code == chosen) for row in journey.reasons()
        ],
        "words": told.one("viec"),
        "act_key": told.one("key") or str(uuid4()),
        "open": emergencies.all_open(the_official(request), now()),
        "wrong": refusal_text(refusal) if refusal else "",
    }
    return show(request, "emergency/ask", context, status=refusal.status if refusal else 200)


@require_safe
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Show all of the dossier, nothing to do there, and write down that it was read. Raises NoEmergencyOpen."""
    opened = journey.look_at(official=the_official(request), code=code, at=now())
    context = {
        **head(opened),
        "until": opened.emergency.until,
        "reason": _reason_words(opened.emergency),
        "sections": parts.declaration(opened),
        "papers": _papers(opened),
        "legs": parts.legs(opened),
        "phone": opened.row.phone,
        "applicant": opened.row.applicant_name,
        "office": opened.row.agency.name,
    }
    return show(request, "emergency/read", context)


def _papers(opened: OpenedInEmergency) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return the papers, each with the addresses and numbers of its pages."""
    names = {paper.id: paper.name.to(language()) for paper in opened.published.procedure.papers}
    return [
        (
            names.get(document.key, document.name),
            [
                (
                    reverse("desk:emergency_page", args=[opened.row.code, document.pk, page.id]),
                    number,
                )
                for number, page in enumerate(document.page_list, start=1)
            ],
        )
        for document in opened.papers()
    ]


@require_safe
def page(request: HttpRequest, code: str, document: UUID, page: str) -> HttpResponseBase:
    """Show a picture, or give a PDF to save, while the hour lasts. Raises NoEmergencyOpen, PaperUnknown."""
    opened = journey.read(official=the_official(request), code=code, at=now())
    found = queries.document(opened.owner, document)
    return serving.page_response(queries.open_page(found, page))


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Show the head of the office what was opened. Raises NotHandling."""
    return _reviews_page(request)


def _reviews_page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    official, at = the_official(request), now()
    led = journey.led_by(official, at)
    context = {
        "rows": [_row(one, led, official.pk) for one in journey.to_review(official, at)],
        "wrong": refusal_text(refusal) if refusal else "",
        "figures": True,
    }
    return show(request, "emergency/reviews", context, status=refusal.status if refusal else 200)


def _row(one: Emergency, led: set[int], reader: int) -> dict[str, Any]:
    waiting = one.reviewed_at is None and one.office_id in led and one.official_id != reader
    return {
        "one": one,
        "role": role_words(one.role),
        "reason": _reason_words(one),
        "waiting": waiting,
        "finding": {
            Emergency.Finding.JUSTIFIED.value: gettext("Chính đáng"),
            Emergency.Finding.UNJUSTIFIED.value: gettext("Không chính đáng"),
        }.get(one.finding, ""),
    }


def _reason_words(one: Emergency) -> str:
    return code_list(journey.REASONS).label(one.reason, language())


@require_POST
def review(request: HttpRequest, emergency: int) -> HttpResponse:
    """Sign what the head found about one opening, with a fresh factor. Raises NotHandling, NothingToReview."""
    official = the_official(request)
    journey.led_by(official, now())
    asked = again.fresh(request)
    if asked is not None:
        return asked
    journey.review(
        official=official, emergency=emergency, remark=request.POST.get("nhan-xet", ""),
        justified=request.POST.get("ket-luan") == "chinh-dang", at=now(),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("desk:emergency_reviews"))
