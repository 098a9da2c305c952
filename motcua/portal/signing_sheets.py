"""Papers that somebody signs: the sheet to print, the signature by a code, and where a scanned sheet leads."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.documents.models import Document
from motcua.dossiers.rules.refusals import DraftUnknown
from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.journeys import one_time_codes, signed_sheets
from motcua.journeys.case import Case
from motcua.kernel.refusal import Refusal
from motcua.portal.draft_pages import case_or_receipt, paper_link, show_of
from motcua.portal.pages import code_time, draft_of, language, show
from motcua.procedures.rules.procedure import Signing
from motcua.procedures.rules.showing import show as shown_words
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text

PURPOSE = "sign"
MOST_CODES = 60
"""Codes an hour from one network."""


@require_safe
def sheet_pdf(request: HttpRequest, draft_id: UUID, paper: str) -> HttpResponse:
    """Answer the sheet to print."""
    case, _ = _signed(request, draft_id, paper)
    answer = HttpResponse(signed_sheets.sheet(case, paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="to-ky-{paper}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def sign(request: HttpRequest, draft_id: UUID, paper: str) -> HttpResponse:
    """Show what is signed, send the code, and keep the paper signed."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    case, signing = _signed(request, draft_id, paper)
    if "phone" not in signing.ways:
        raise Http404
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            return _acted(request, case, paper)
        except Refusal as refusal:
            problem = refusal
    return _page(request, case, paper, signing, problem)


def _acted(request: HttpRequest, case: Case, paper: str) -> HttpResponse:
    about = {"purpose": PURPOSE, "phone": signed_sheets.phone_of(case)}
    reference = _reference(case, paper)
    if "_send" in request.POST or "_resend" in request.POST:
        brake(request, "signing-code", MOST_CODES)
        one_time_codes.send(**about, reference=reference, at=now())
        return redirect(f"{request.path}?gui=1")
    one_time_codes.check(**about, reference=reference, code=request.POST.get("code", ""), at=now())
    signed_sheets.sign_by_code(case=case, paper=paper, at=now())
    return redirect(paper_link(case.draft, paper))


def _reference(case: Case, paper: str) -> str:
    """Return what ties a code to what is signed: after a change of it, the code signs nothing."""
    return f"{case.draft.pk.hex}:{signed_sheets.digest(case, paper)}"


def _signed(request: HttpRequest, draft_id: UUID, paper: str) -> tuple[Case, Signing]:
    case = case_or_receipt(request, draft_id)
    signing = None if isinstance(case, HttpResponse) else signed_sheets.signing_of(case, paper)
    if isinstance(case, HttpResponse) or signing is None:
        raise Http404
    return case, signing


def _page(
    request: HttpRequest, case: Case, paper: str, signing: Signing, problem: Refusal | None
) -> HttpResponse:
    spoken, phone = language(), signed_sheets.phone_of(case)
    code = FieldView(
        "code", "code", "code", gettext("Mã xác nhận gồm 6 chữ số"),
        errors=[refusal_text(problem)] if problem else [],
    )  # fmt: skip
    until = code_holds_until(
        purpose=PURPOSE, destination=phone, reference=_reference(case, paper), at=now()
    )
    context = {
        "name": case.published.procedure.name.to(spoken),
        "title": signing.title.to(spoken),
        "says": signing.says.to(spoken),
        "rows": _rows(case, signing),
        **_law(case, signing),
        "phone": phone,
        "sent": "gui" in request.GET or problem is not None,
        "code": code,
        "wait": seconds_until_resend(purpose=PURPOSE, destination=phone, at=now()),
        **code_time(until),
        "errors": error_links([code]),
        "back": paper_link(case.draft, paper),
    }
    return show_of(request, "sign_paper", case, context, status=422 if problem else 200)


def _rows(case: Case, signing: Signing) -> list[dict[str, str]]:
    answers, spoken = case.settled.answers, language()
    fields = [case.definition.fields[name] for name in signing.shows]
    return [
        {
            "label": field.label.to(spoken),
            "value": shown_words(field, answers.get(field.id), case.world, spoken),
        }
        for field in fields
    ]


def _law(case: Case, signing: Signing) -> dict[str, str]:
    spoken = language()
    note = signing.note.to(spoken) if signing.note else ""
    return {"law": case.published.procedure.cited(signing, spoken), "note": note}


def signing_view(case: Case, paper: str, there: Document | None) -> dict[str, Any] | None:
    """Return what a paper's page says of its signature; None when nobody signs it."""
    signing = signed_sheets.signing_of(case, paper)
    if signing is None:
        return None
    documents = [there] if there else []
    titles = signed_sheets.outdated(case, documents)
    return {
        "title": signing.title.to(language()),
        "who": str(case.settled.answers.get(signing.by) or ""),
        "state": "signed" if signed_sheets.is_signed(case, paper, documents)
        else "outdated" if signing.title.vi in titles else "open",
        "pdf": reverse("portal:signing_sheet", args=[case.draft.pk, paper]),
        "phone": reverse("portal:sign", args=[case.draft.pk, paper])
        if "phone" in signing.ways else "",
        **_law(case, signing),
    }  # fmt: skip


@require_safe
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """Lead whoever scans a sheet to its declaration, where this browser may open it; else tell what the sheet is."""
    draft_id = signed_sheets.draft_named(code)
    if draft_id is None:
        raise Http404
    try:
        draft = draft_of(request, draft_id)
    except DraftUnknown:
        return show(request, "scanned_sheet", {})
    return redirect("portal:many_papers", draft_id=draft.pk)
