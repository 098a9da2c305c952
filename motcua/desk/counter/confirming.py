"""The applicant confirms at the desk what was typed for them; then it is filed and received in one go."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import Post
from motcua.desk.counter.words import channel_words, masked_phone
from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import the_official
from motcua.documents.models import Document
from motcua.documents.rules.pages import Page
from motcua.documents.serving import pdf_response
from motcua.dossiers.rules.facts import Confirmation
from motcua.journeys import counter, filing, gathering, one_time_codes
from motcua.journeys.case import Case
from motcua.journeys.counter_sheet import sheet
from motcua.journeys.refusals import ApplicantUnconfirmed
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.answers import look_over
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, FieldView, FilePage
from motcua.ui.refusals import refusal_text

PURPOSE = "counter"


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Let the applicant confirm by a code or by the signed sheet; file and receive."""
    case, post = counter.opened(draft_id=draft_id, official=the_official(request), at=now())
    if case.draft.dossier is not None:
        return _received(case.draft.dossier.code)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _act(request, case, post)
        except Refusal as problem:
            refusal = problem
    return _page(request, case, refusal)


def _act(request: HttpRequest, case: Case, post: Post) -> HttpResponse:
    """Do what the button says: send the code, check it, or take the signed sheet.

    Photographs are kept before anything is refused. Doubts are asked about where the dossier is filed.
    """
    if "_send" in request.POST:
        filing.ready_to_file(case, doubts_confirmed=True)
        one_time_codes.send(
            purpose=PURPOSE, phone=_phone(case), reference=_reference(case), at=case.at
        )
        return redirect(f"{request.path}?gui=1")
    doubts_confirmed = "doubts" in request.POST
    if "_code" in request.POST and _phone(case):
        filing.ready_to_file(case, doubts_confirmed=doubts_confirmed)
        one_time_codes.check(
            purpose=PURPOSE, phone=_phone(case), reference=_reference(case),
            code=request.POST.get("code", ""), at=case.at,
        )  # fmt: skip
        return _file(request, case, post, "code")
    if "_page" in request.POST or "_sheet" not in request.POST:
        _arrange_sheet(request, case)
        return redirect(request.path)
    _add_to_sheet(request, case)
    filing.ready_to_file(case, doubts_confirmed=doubts_confirmed)
    if "same" not in request.POST:
        raise ApplicantUnconfirmed
    return _file(request, case, post, "sheet")


def _reference(case: Case) -> str:
    """Tie a code to what the declaration says now: after a change, another code is needed."""
    return counter.sheet_number(case.draft)


def _arrange_sheet(request: HttpRequest, case: Case) -> None:
    """Keep the photographs that were chosen, or turn or take out one."""
    act, _, page = request.POST.get("_page", "").partition(":")
    document = counter.sheet_of(case)
    if document is None or not act:
        _add_to_sheet(request, case)
    elif act == "turn":
        gathering.turn(draft=case.draft, document=document, page=page, at=case.at)
    elif act == "remove":
        gathering.remove(draft=case.draft, document=document, page=page, at=case.at)


def _add_to_sheet(request: HttpRequest, case: Case) -> None:
    """Keep the photographs, named as what they are. Raises what a file can be refused for."""
    sent = request.FILES.getlist("sheet")
    taken = [(counter.SHEET_NAME, BytesIO(file.read())) for file in sent]
    gathering.add(draft=case.draft, paper=counter.SHEET, files=taken, at=case.at)


def _file(request: HttpRequest, case: Case, post: Post, confirmed: Confirmation) -> HttpResponse:
    recorded = counter.file(
        draft_id=case.draft.pk, post=post, confirmed=confirmed,
        doubts_confirmed="doubts" in request.POST, at=case.at,
    )  # fmt: skip
    return _received(recorded.row.code)


def _received(code: str) -> HttpResponse:
    return redirect(f"{reverse('desk:dossier', args=[code])}?xong=tiep-nhan")


def _phone(case: Case) -> str:
    return str(case.settled.answers.get(case.published.procedure.applicant.phone, ""))


def _page(request: HttpRequest, case: Case, refusal: Refusal | None) -> HttpResponse:
    law, answers = case.published.procedure, case.settled.answers
    phone = _phone(case)
    context: dict[str, Any] = {
        "name": law.name.to(language()),
        "applicant": answers.get(law.applicant.name, ""),
        "channel": channel_words(case.circumstances.channel),
        "by_post": case.circumstances.channel == "post",
        "phone": masked_phone(phone) if phone else "",
        "sent": "gui" in request.GET,
        "wait": one_time_codes.wait(purpose=PURPOSE, phone=phone, at=case.at),
        "code": FieldView(
            "code", "code", "code", gettext("Mã 6 chữ số người nộp đọc lại"), required=False
        ),
        "sheet": _sheet_view(case),
        "number": counter.sheet_number(case.draft),
        "pledge": law.pledge.to(language()),
        "doubts": _doubts(case),
        "doubts_told": "doubts" in request.POST,
        "sheet_pdf": reverse("desk:counter_sheet", args=[case.draft.pk]),
        "back_to": reverse("portal:check", args=[case.draft.pk]),
        "errors": [ErrorLink(refusal_text(refusal))] if refusal else [],
        "at_counter": True,
        "figures": True,
    }
    return show(request, "counter/confirm", context, status=422 if refusal else 200)


def _sheet_view(case: Case) -> FieldView:
    document = counter.sheet_of(case)
    pages = enumerate(document.page_list, start=1) if document else ()
    return FieldView(
        "sheet", "sheet", "file", gettext("Tờ khai đã có chữ ký"),
        hint=gettext("Chụp hoặc quét mọi trang của tờ khai."),
        pages=[_sheet_page(case, document, page, number) for number, page in pages if document],
    )  # fmt: skip


def _sheet_page(case: Case, document: Document, page: Page, number: int) -> FilePage:
    href = reverse("portal:picture", args=[case.draft.pk, document.pk, page.id])
    return FilePage(
        id=page.id, name=page.name, size=page.size, number=number,
        kind="image" if page.is_image else "pdf", thumbnail=f"{href}?nho=1", href=href,
    )  # fmt: skip


def _doubts(case: Case) -> list[str]:
    looked = look_over(case.definition, case.settled)
    return [one.check.say.to(language()) for one in looked.doubtful if not one.stops]


@require_safe
def sheet_pdf(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Answer the declaration to print and sign."""
    case, post = counter.opened(draft_id=draft_id, official=the_official(request), at=now())
    return pdf_response(sheet(case, post), f"to-khai-{counter.sheet_number(case.draft)}.pdf")
