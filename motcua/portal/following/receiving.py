"""The receipt: right after filing as a page, at any time as a PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.documents.models import Document
from motcua.documents.serving import pdf_response
from motcua.dossiers.rules.dossier import Leg
from motcua.help.rules.opinions import Kind
from motcua.journeys import log_proofs, receipts
from motcua.journeys.limits_in_words import limit_words
from motcua.journeys.opinions import opinion_path
from motcua.journeys.tracking_address import tracking_url
from motcua.portal.choosing_ways import way_words
from motcua.portal.following.doors import for_owner
from motcua.portal.following.frame import page
from motcua.portal.following.promises import promise_view
from motcua.portal.following.reading import Told, told
from motcua.portal.following.waiting import fee_name


@require_safe
@for_owner
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was received, the promised date and why, and what comes next."""
    found = told(request, code)
    papers = receipts.papers_then(found.code, found.at)
    context = {
        "qr": tracking_url(found.code),
        "promise": promise_view(found),
        "papers": [_paper(found, paper) for paper in papers],
        "log": log_proofs.standing(found.row),
        "next_steps": list(_next_steps(found)),
        "fees": _fees(found),
        "pdf": reverse("following:receipt_pdf", args=[found.code]),
        "mine": found.row.account_id is not None,
        "opinion": opinion_path(Kind.FILING, found.code),
    }
    return page(request, "receipt", found, context)


def _paper(found: Told, paper: Document) -> dict[str, Any]:
    return {
        "name": receipts.paper_name(paper, found.published.procedure, found.language),
        "sheets": paper.sheets,
        "digests": [one.received for one in paper.page_list],
    }


def _fees(found: Told) -> list[dict[str, Any]]:
    """Return the fees, each with the way to pay it while it is open."""
    ended = found.over
    return [
        {
            "label": fee_name(found, fee.id),
            "amount": fee.amount,
            "basis": fee.basis,
            "paid": fee.id in found.dossier.settled,
            "href": ""
            if ended or fee.id in found.dossier.settled
            else reverse("following:pay", args=[found.code, fee.id]),
        }
        for fee in found.dossier.fees.values()
        if fee.amount
    ]


def _next_steps(found: Told) -> list[dict[str, str]]:
    desk = found.agency.unit_name or found.agency.name
    steps = [
        {
            "title": gettext("Bộ phận một cửa kiểm tra và tiếp nhận"),
            "text": gettext("{desk}. Nếu còn thiếu, quý vị được báo một lần, đủ mọi chỗ.").format(
                desk=desk
            ),
        }
    ]
    steps += [
        {"title": found.stage_name(leg.id), "text": _leg_words(found, leg)}
        for leg in found.dossier.legs.values()
    ]
    return steps


def _leg_words(found: Told, leg: Leg) -> str:
    """Return who does a leg, how long it may take, what it brings and how that comes."""
    limit = limit_words(found.stage(leg.id).limit)
    results = [
        f"{found.result(one.id).name.to(found.language)}: {way_words(one.way)[0]}"
        for one in found.dossier.promised.values()
        if one.stage == leg.id
    ]
    who = f"{leg.agency_name} · {limit}" if limit else leg.agency_name
    return ". ".join([who, *results])


@require_safe
@for_owner
def receipt_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer the receipt as a PDF: of the filing before reception, form 01 after it."""
    found = told(request, code)
    made = receipts.receipt(found.row, found.events)
    stem = "giay-tiep-nhan" if found.dossier.clock.received_at else "xac-nhan-nop-ho-so"
    return pdf_response(made, f"{stem}-{found.code}.pdf")


@require_safe
@for_owner
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Give the proof that the filing is in the public log; before there is one, the receipt says from when on."""
    found = told(request, code)
    made = log_proofs.proof(found.row)
    if made is None:
        return redirect("following:receipt", found.code)
    answer = HttpResponse(made, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.code}.tlog-proof"'
    return answer
