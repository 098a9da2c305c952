"""Asking about one's own data, and reading the answer."""

import secrets
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import serving
from motcua.dossiers.models import Dossier as Row
from motcua.journeys import data_requests, erasing_on_request, restricting
from motcua.journeys.data_requests import Told, ground_words, kind_words
from motcua.kernel.refusal import Refusal
from motcua.portal.data.home import request_line
from motcua.portal.pages import language, show, support_of
from motcua.portal.signing_in.session import the_citizen
from motcua.privacy import erasures, requests
from motcua.privacy.models import Request
from motcua.privacy.rules.requests import LONGEST
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, Option, error_links
from motcua.ui.refusals import refusal_text

KEY_LENGTH = 100


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for what is asked, of which dossier; then lead to the request with its clock."""
    posted = Posted(dict(request.POST.lists() or request.GET.lists()))
    if request.method != "POST":
        return _form(request, posted)
    said = Told(
        kind=posted.one("kind"), about=posted.one("about"), words=posted.one("words"),
        key=_key(posted), language=language(),
    )  # fmt: skip
    try:
        made = data_requests.ask(citizen=the_citizen(request), said=said, at=now())
    except Refusal as refusal:
        return _form(request, posted, refusal)
    return redirect("portal:data_request", request_id=made.pk)


def _key(posted: Posted) -> str:
    return (posted.one("_key") or secrets.token_hex(16))[:KEY_LENGTH]


def _form(request: HttpRequest, posted: Posted, refusal: Refusal | None = None) -> HttpResponse:
    fields = _fields(request, posted, refusal)
    context = {
        "fields": fields,
        "errors": error_links(fields),
        "key": _key(posted),
    }
    return show(request, "data/ask", context, status=refusal.status if refusal else 200)


def _fields(request: HttpRequest, posted: Posted, refusal: Refusal | None) -> list[FieldView]:
    wrong = {} if refusal is None else {_PLACE.get(refusal.code, "words"): [refusal_text(refusal)]}
    own = data_requests.own_dossiers(the_citizen(request))
    about = [Option(row.code, _name(row), selected=row.code == posted.one("about")) for row in own]
    about += [
        Option(
            office.code,
            gettext("Mọi dữ liệu của tôi ở {agency}").format(agency=office.name),
            selected=office.code == posted.one("about"),
        )
        for office in data_requests.offices(own, now())
    ]
    kinds = [
        Option(kind, kind_words(kind), selected=kind == posted.one("kind"))
        for kind in Request.Kind.values
    ]
    return [
        FieldView(
            "kind", "kind", "radio", gettext("Quý vị muốn yêu cầu gì?"), options=kinds,
            errors=wrong.get("kind", []),
        ),
        FieldView(
            "about", "about", "select", gettext("Về dữ liệu nào?"), options=about,
            errors=wrong.get("about", []),
        ),
        FieldView(
            "words", "words", "long_text", gettext("Nội dung yêu cầu"), counted=LONGEST,
            hint=gettext("Ví dụ: mục nào sai, phải sửa thành gì; hoặc vì sao quý vị muốn xóa."),
            value=posted.one("words"), errors=wrong.get("words", []),
        ),
    ]  # fmt: skip


_PLACE = {"privacy.subject-unknown": "about"}


def _name(row: Row) -> str:
    return f"{row.code} – {by_digest(row.version.digest).procedure.name.to(language())}"


@require_safe
def asked(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show a request, its clock and its answer, to whoever made it. Raises RequestUnknown."""
    found = requests.request_of_account(request_id, the_citizen(request).accounts)
    return show(request, "data/request", {**request_line(found), **_told(found)})


@require_safe
def letter(request: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Give the answer as a letter to save. Raises RequestUnknown."""
    found = requests.request_of_account(request_id, the_citizen(request).accounts)
    return serving.pdf_response(data_requests.letter(found), f"{found.number}.pdf")


def _told(found: Request) -> dict[str, Any]:
    return {
        "made_at": found.made_at,
        "subject": found.subject,
        "words": found.words,
        "late": not found.outcome and found.due_at < now(),
        "answer": found.answer,
        "holds": restricting.told(erasures.holds_by(found.number)),
        "done": erasing_on_request.told(found.done),
        "ground": ground_words(found.ground, language()),
        "answered_at": found.answered_at,
        "letter": reverse("portal:data_letter", args=[found.pk]),
        "answerer": found.answered_by.full_name if found.answered_by else "",
        "refused": found.outcome in (Request.Outcome.PARTLY, Request.Outcome.REFUSED),
        "support": support_of(found.agency),
    }
