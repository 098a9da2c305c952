"""Following a dossier: where it is, who holds it, what comes next, what waits for the citizen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from motcua.documents import queries as papers_kept
from motcua.documents.models import IssuedPaper
from motcua.dossiers.rules.acts import AskWithdraw
from motcua.dossiers.rules.events import Withdrawn
from motcua.dossiers.rules.moves import fits
from motcua.dossiers.rules.status import LegState
from motcua.help.rules.opinions import Kind
from motcua.journeys.case import owner_of_dossier
from motcua.journeys.opinions import opinion_path
from motcua.payments import queries as payments
from motcua.portal.choosing_ways import way_words
from motcua.portal.following import access
from motcua.portal.following.chronicle import chronicle
from motcua.portal.following.doors import for_owner
from motcua.portal.following.forms import form_links
from motcua.portal.following.frame import page
from motcua.portal.following.post import letters
from motcua.portal.following.promises import promise_view
from motcua.portal.following.readers import readers
from motcua.portal.following.reading import Told, told
from motcua.portal.following.waiting import fee_name, tasks
from motcua.portal.following.way import holders, stations

LOST = (LegState.REFUSED, LegState.CANCELLED)


@require_safe
@for_owner
def tracking(request: HttpRequest, code: str) -> HttpResponse:
    """Show the whole dossier to whom it belongs; to everybody else, the ways to show that it is theirs."""
    found = told(request, code)
    dossier = found.dossier
    results = _results(found)
    context = {
        "promise": promise_view(found),
        "holder": holders(dossier, found.agency.unit_name or found.agency.name),
        "tasks": tasks(found),
        "stations": stations(found),
        "fees": _fees(found),
        "results": results,
        "pending": [result for result in results if not result["paper"]],
        "letters": letters(found),
        "forms": form_links(found),
        "history": chronicle(found),
        "readings": readers(found.row, found.language),
        "withdrawn": isinstance(found.events[-1], Withdrawn),
        "opinion": opinion_path(Kind.ENDING, found.code) if found.row.ended_at else "",
        "may_withdraw": fits(AskWithdraw, dossier.status),
        "lent": access.holds(request, found.code),
    }
    return page(request, "tracking", found, context)


def _fees(found: Told) -> list[dict[str, Any]]:
    """Return the fees that are no task any more, as the ledger knows them: at most one query."""
    if not found.over and len(found.dossier.unpaid) == len(found.dossier.fees):
        return []
    standing = payments.standing(found.code)
    return [
        {
            "name": fee_name(found, fee.id),
            "amount": fee.amount,
            "state": _fee_state(found, fee.id, standing.get(f"{found.code}:{fee.id}", "")),
            "paid": fee.id in found.dossier.settled,
            "pdf": reverse("following:fee_receipt", args=[found.code, fee.id]),
        }
        for fee in found.dossier.fees.values()
        if fee.amount and (found.over or fee not in found.dossier.unpaid)
    ]


def _fee_state(found: Told, fee: str, state: str) -> tuple[str, str]:
    """Return the words and the shape of a fee's state."""
    if state == "refunded":
        return gettext("Đã hoàn tiền"), "paused"
    if state == "paid" and found.dossier.status.without_results:
        return gettext("Đã nộp; cơ quan tiếp nhận sẽ xem xét hoàn lại"), "paused"
    if state == "paid" or fee in found.dossier.settled:
        return gettext("Đã nộp"), "done"
    if state in ("waived", "cancelled") or found.over:
        return gettext("Không phải nộp"), "paused"
    return gettext("Chưa nộp"), "action"


def _results(found: Told) -> list[dict[str, Any]]:
    """Return the results promised, with what is there already: one query once a leg is done."""
    done = any(leg.state is LegState.DONE for leg in found.dossier.legs.values())
    issued = papers_kept.issued_for(owner_of_dossier(found.code)) if done else []
    valid = {paper.kind: paper for paper in issued if paper.status == IssuedPaper.Status.VALID}
    return [
        _result(found, one.id, one.way, valid.get(one.id))
        for one in found.dossier.promised.values()
    ]


def _result(found: Told, result: str, way: str, paper: IssuedPaper | None) -> dict[str, Any]:
    return {
        "name": found.result(result).name.to(found.language),
        "way": way_words(way)[0],
        "lost": found.dossier.legs[found.dossier.promised[result].stage].state in LOST,
        "revoked": result in found.dossier.revoked,
        "corrected": found.dossier.edition(result) > 1,
        "paper": paper,
        "href": reverse("following:result", args=[found.code, paper.pk]) if paper else "",
        "verify": reverse("openness:verify", args=[paper.token]) if paper else "",
    }


@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Forget, in this browser, the right to see a dossier: for telephones that others use too."""
    answer = redirect("following:find")
    access.forget(answer, code)
    return answer
