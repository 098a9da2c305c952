"""Paying a fee: what for, on what basis, for whom; the gateway; the receipt.

The page a browser comes back to decides nothing: it tells what the ledger knows.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import agency as agency_of
from motcua.documents.serving import pdf_response
from motcua.journeys import paying
from motcua.journeys.reactions.collecting import demand_key
from motcua.journeys.refusals import NotAskedToPay
from motcua.payments import queries as payments
from motcua.payments.models import Demand
from motcua.payments.rules import NotDue
from motcua.portal.following import access
from motcua.portal.following.doors import for_owner
from motcua.portal.following.frame import page
from motcua.portal.following.reading import Told, told
from motcua.portal.following.waiting import fee_name
from motcua.portal.pages import show
from motcua.toolkit.clock import now
from motcua.toolkit.networks import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def pay(request: HttpRequest, code: str, fee: str) -> HttpResponse:
    """Show a fee; a POST leads to the gateway. One that is paid shows its receipt instead."""
    found = told(request, code)
    if fee not in found.dossier.fees:
        raise Http404
    try:
        if request.method == "POST":
            return redirect(_to_gateway(request, found, fee))
        demand = paying.demand_for(found.row, fee)
    except NotAskedToPay:  # filed a moment ago: the demand is being made
        return _page(request, found, fee, None)
    except NotDue:
        return redirect("following:pay", code=found.code, fee=fee)
    return _page(request, found, fee, demand)


def _to_gateway(request: HttpRequest, found: Told, fee: str) -> str:
    return paying.start(
        row=found.row,
        fee=fee,
        return_url=f"{settings.BASE_URL}{reverse('following:returned')}",
        payer_ip=address_of(request) or "127.0.0.1",
        language=found.language,
        at=now(),
    )


def _page(request: HttpRequest, found: Told, fee: str, demand: Demand | None) -> HttpResponse:
    line = found.dossier.fees[fee]
    context = {
        "title": fee_name(found, fee),
        "amount": line.amount,
        "lines": [{"label": fee_name(found, fee), "basis": line.basis, "amount": line.amount}],
        "payer": demand.payer_name if demand else found.row.applicant_name,
        "subject": found.row.subject_name,
        "state": demand.state if demand else "",
        "receipt": payments.receipt_of(demand.key) if demand and _paid(demand) else None,
        "pdf": reverse("following:fee_receipt", args=[found.code, fee]),
        "back": reverse("following:tracking", args=[found.code]),
    }
    return page(request, "pay", found, context)


def _paid(demand: Demand) -> bool:
    return demand.state in (Demand.State.PAID, Demand.State.REFUNDED)


@require_safe
def returned(request: HttpRequest) -> HttpResponse:
    """Tell a browser that comes back from the gateway what is known; it asks again by itself."""
    word = payments.returned(request.META.get("QUERY_STRING", ""))
    if word is None:
        context: dict[str, Any] = {"state": "unknown", "find": reverse("following:find")}
        return show(request, "following/returned", context)
    demand = word.demand
    code, fee = demand.subject, demand.key.rpartition(":")[2]
    context = {
        "state": _state(demand, word.says),
        "amount": demand.amount_vnd,
        "title": demand.title,
        "code": code,
        "tracking": reverse("following:tracking", args=[code]),
        "again": reverse("following:pay", args=[code, fee]),
    }
    return show(request, "following/returned", context, agency=agency_of(demand.agency))


def _state(demand: Demand, says: str) -> str:
    """Return paid only when the ledger says so; the gateway's word in the address is no proof."""
    if _paid(demand):
        return "paid"
    if demand.state != Demand.State.DUE:
        return "over"
    return "failed" if says == "failed" else "waiting"


@require_safe
@for_owner
def fee_receipt(request: HttpRequest, code: str, fee: str) -> HttpResponseBase:
    """Answer the receipt of a paid fee as a PDF."""
    row = access.opened(request, code)
    receipt = payments.receipt_of(demand_key(row.code, fee))
    if receipt is None:
        raise Http404
    made = paying.receipt_paper(row, receipt)
    return pdf_response(made, f"bien-lai-{row.code}-{receipt.number}.pdf")
