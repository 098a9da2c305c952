"""Authorisations at the counter: recorded from their paper, confirmed by a second official, ended on request."""

import secrets
from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import the_official
from motcua.documents import queries as papers_kept
from motcua.documents.rules.refusals import PaperUnknown
from motcua.documents.serving import page_response
from motcua.journeys import mandating
from motcua.journeys import recording_mandates as journey
from motcua.journeys.recording_mandates import Recorder, Written
from motcua.kernel import names, personal_number
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.mandates import queries
from motcua.mandates.models import Mandate
from motcua.mandates.operations import Party
from motcua.mandates.rules.mandates import State
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, FieldView
from motcua.ui.mandate_terms import read_terms, terms_fields
from motcua.ui.mandate_words import Shown, awaited, history
from motcua.ui.refusals import refusal_text

Side = Mandate.Side


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List what the office has recorded, what waits for a second official first. Raises NotAtMandates."""
    mine = journey.recorder(the_official(request), now())
    rows = [_line(row) for row in queries.recorded_by(mine.agency_ids)]
    context = {"rows": sorted(rows, key=lambda line: not line["waits"])}
    return _page(request, "mandates", context)


def _line(row: Mandate) -> dict[str, Any]:
    shown = Shown(row, Side.OFFICE, language())
    return {
        "shown": shown,
        "waits": shown.state is State.GRANTED and row.needs_check and row.checked_by_id is None,
        "href": reverse("desk:mandate", args=[row.pk]),
        "state": awaited(row) if shown.state is State.GRANTED else shown.state_words,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record one from its paper. Raises NotAtMandates."""
    mine = journey.recorder(the_official(request), now())
    posted, wrong = Posted(dict(request.POST.lists())), ""
    if request.method == "POST":
        try:
            row = _recorded(request, mine, posted)
        except Refusal as no:
            wrong = refusal_text(no)
        else:
            return redirect("desk:mandate", mandate_id=row.pk)
    context = {
        "fields": [*_people(posted), *terms_fields(posted, "counter", language())],
        "act": posted.one("act") or secrets.token_hex(16),
        "errors": [ErrorLink(wrong)] if wrong else [],
    }
    return _page(request, "mandate_record", context, status=400 if wrong else 200)


def _recorded(request: HttpRequest, mine: Recorder, posted: Posted) -> Mandate:
    """Read the form and record it. Raises what a name, a number, the terms or a file can be refused for."""
    told = posted.one("holder_number").strip()
    number = personal_number.read(told) if told else ""
    giver = Party(posted.one("giver_name").strip(), phones.read(posted.one("giver_phone")))
    holder_name = str(names.read(posted.one("holder_name")))
    holder = Party(holder_name, phones.read(posted.one("holder_phone")), number=number)
    if posted.one("ground") != "officer":  # an organisation is called as it calls itself
        giver = Party(str(names.read(giver.name)), giver.phone)
    files = [(file.name or "", BytesIO(file.read())) for file in request.FILES.getlist("paper")]
    written = Written(giver, holder, read_terms(posted, now()))
    key = f"counter:{mine.official.pk}:{posted.one('act')[:32]}"
    return journey.record(mine=mine, written=written, files=files, key=key, at=now())


def _people(posted: Posted) -> list[FieldView]:
    return [
        FieldView("giver_name", "giver_name", "text", gettext("Người hoặc tổ chức ủy quyền"), value=posted.one("giver_name")),
        FieldView(
            "giver_phone", "giver_phone", "phone", gettext("Điện thoại di động của người ủy quyền"), value=posted.one("giver_phone"),
            hint=gettext("Mọi việc làm thay được nhắn đến số này."),
        ),
        FieldView("holder_name", "holder_name", "name", gettext("Người được ủy quyền"), value=posted.one("holder_name")),
        FieldView("holder_phone", "holder_phone", "phone", gettext("Điện thoại di động của người được ủy quyền"), value=posted.one("holder_phone")),
        FieldView(
            "holder_number", "holder_number", "personal_number", gettext("Số định danh của người được ủy quyền"), required=False,
            hint=gettext("Có số này thì chỉ người đăng nhập VNeID đúng số mới nhận được."), value=posted.one("holder_number"),
        ),
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Show one with its paper; a second official confirms it, anybody of the office ends it on request.

    Raises NotAtMandates, MandateUnknown.
    """
    mine = journey.recorder(the_official(request), now())
    row = journey.of_office(mine=mine, mandate_id=mandate_id)
    wrong = ""
    if request.method == "POST":
        try:
            _done(request, mine, row)
        except Refusal as no:
            wrong = refusal_text(no)
        else:
            return redirect(request.path)
    return _page(request, "mandate", _told(row, mine, wrong), status=400 if wrong else 200)


def _done(request: HttpRequest, mine: Recorder, row: Mandate) -> None:
    if "_check" in request.POST:
        mandating.check(row=row, official_id=mine.official.pk, at=now())
    elif "_end" in request.POST:
        mandating.end(row=row, by=Side.OFFICE, official_id=mine.official.pk, at=now())


def _told(row: Mandate, mine: Recorder, wrong: str) -> dict[str, Any]:
    line, paper = _line(row), journey.paper_of(row)
    pages = paper.page_list if paper else []
    return {
        **line,
        "rows": line["shown"].rows(),
        "history": history(row),
        "mine": row.recorded_by_id == mine.official.pk,
        "pages": [
            (reverse("desk:mandate_paper", args=[row.pk, page.id]), page.name) for page in pages
        ],
        "errors": [ErrorLink(wrong)] if wrong else [],
    }


@require_safe
def paper(request: HttpRequest, mandate_id: UUID, page: str) -> HttpResponseBase:
    """Show a page of the paper. Raises NotAtMandates, MandateUnknown, PaperUnknown."""
    mine = journey.recorder(the_official(request), now())
    found = journey.paper_of(journey.of_office(mine=mine, mandate_id=mandate_id))
    if found is None:
        raise PaperUnknown(document=str(mandate_id))
    return page_response(papers_kept.open_page(found, page))


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    frame = {"at_counter": True, "figures": True}
    return show(request, f"counter/{name}", {**frame, **context}, status=status)
