"""The draft certificate: the applicant looks it over, agrees or says what is wrong; silence agrees."""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents.serving import pdf_response
from motcua.dossiers.queries import content
from motcua.dossiers.rules.dossier import Leg
from motcua.dossiers.rules.refusals import LegNotOpen, NotNow
from motcua.journeys import own_dossier
from motcua.journeys.assurance import Act
from motcua.journeys.case import TodaysWorld
from motcua.journeys.results import draft_data, draft_pdf, results_of_leg
from motcua.portal.following.acting import act_of, key_of
from motcua.portal.following.doors import for_owner
from motcua.portal.following.frame import page
from motcua.portal.following.reading import Told, told
from motcua.portal.following.stepping_up import proved_more
from motcua.procedures.rules.fills import named
from motcua.procedures.rules.procedure import Result
from motcua.procedures.rules.showing import show as shown_words
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, error_links

LONGEST = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def draft(request: HttpRequest, code: str, leg: str) -> HttpResponse:
    """Show what the certificate will say; take the applicant's word on it."""
    found = told(request, code)
    if answer := proved_more(request, Act.CONFIRM_DRAFT, found.row):
        return answer
    waiting = _waiting(found, leg)
    if waiting is None:  # answered, or agreed by silence: the dossier's page says so
        return redirect("following:tracking", code=found.code)
    if request.method == "POST":
        return _answered(request, found, waiting)
    return _page(request, found, waiting)


def _waiting(found: Told, leg_id: str) -> Leg | None:
    """Return the leg when its draft waits for the applicant."""
    leg = found.dossier.legs.get(leg_id)
    if leg is None:
        raise Http404
    step = found.step(leg)
    return leg if step and step.kind == "confirm" else None


def _answered(request: HttpRequest, found: Told, leg: Leg) -> HttpResponse:
    agrees = request.POST.get("agrees") == "yes"
    remark = request.POST.get("remark", "").strip()
    if not agrees and not remark:
        return _page(request, found, leg, gettext("Hãy ghi chỗ sai và viết lại cho đúng."))
    if len(remark) > LONGEST:
        words = gettext("Hãy viết ngắn hơn: nhiều nhất {n} ký tự.").format(n=LONGEST)
        return _page(request, found, leg, words)
    # Silence, or another tab, may have been faster: the dossier's page tells.
    with suppress(LegNotOpen, NotNow):
        own_dossier.confirm_draft(
            row=found.row,
            leg=leg.id,
            step=leg.step,
            agrees=agrees,
            remark="" if agrees else remark,
            key=key_of(request, "xem", found.code),
            applicant_id=found.dossier.applicant,
            holder=found.holder,
            at=now(),
        )
    return redirect("following:tracking", code=found.code)


def _page(request: HttpRequest, found: Told, leg: Leg, error: str = "") -> HttpResponse:
    field = FieldView(
        "remark",
        "remark",
        "long_text",
        gettext("Chỗ sai và nội dung đúng"),
        hint=gettext("Ví dụ: tên đệm của mẹ ghi “Thi”, đúng là “Thị”."),
        required=False,
        value=request.POST.get("remark", ""),
        counted=LONGEST,
        errors=[error] if error else [],
    )
    results = results_of_leg(found.dossier, found.published, leg.id)
    context = {
        "title": found.stage_name(leg.id),
        "until": leg.step_until,
        "drafts": [_draft(found, leg, result) for result in results],
        "field": field,
        "errors": error_links([field]),
        "act": act_of(request),
        "back": reverse("following:tracking", args=[found.code]),
    }
    return page(request, "draft", found, context, status=422 if error else 200)


def _draft(found: Told, leg: Leg, result: Result) -> dict[str, Any]:
    return {
        "name": result.name.to(found.language),
        "rows": _rows(found, result),
        "pdf": reverse("following:draft_pdf", args=[found.code, leg.id, result.id]),
    }


def _rows(found: Told, result: Result) -> list[dict[str, str]]:
    """Return the declared answers that the certificate will show, each once: the subject's first."""
    procedure, fields = found.published.procedure, found.published.definition.fields
    answers, world = content(found.row).answers, TodaysWorld(found.at)
    sources = {
        name
        for written in result.fills.values()
        for source in ((written,) if isinstance(written, str) else written)
        for name, _ in named(source)
    }
    order = {_party(procedure.subject): 0, _party(procedure.applicant.name): 2}
    wanted = sorted(
        (name for name in fields if name in sources), key=lambda name: order.get(_party(name), 1)
    )
    return [
        {"label": fields[name].label.to(found.language), "value": words}
        for name in wanted
        if (words := shown_words(fields[name], answers.get(name), world, found.language))
    ]


def _party(field: str) -> str:
    """Return whom a field is about: the first part of its name."""
    return field.partition(".")[0]


@require_safe
@for_owner
def draft_paper(request: HttpRequest, code: str, leg: str, result: str) -> HttpResponseBase:
    """Answer the draft as it will be printed, marked as a draft on every sheet."""
    found = told(request, code)
    if answer := proved_more(request, Act.CONFIRM_DRAFT, found.row):
        return answer
    if _waiting(found, leg) is None:
        raise Http404
    wanted = {one.id: one for one in results_of_leg(found.dossier, found.published, leg)}
    if result not in wanted:
        raise Http404
    data = draft_data(
        row=found.row,
        dossier=found.dossier,
        published=found.published,
        answers=content(found.row).answers,
        result=wanted[result],
        at=found.at,
    )
    made = draft_pdf(wanted[result].template, data, found.at)
    return pdf_response(made, f"ban-du-thao-{found.code}.pdf")
