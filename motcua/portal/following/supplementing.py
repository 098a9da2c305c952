"""Supplying what was asked for: the form reopens at exactly the faults, and nowhere else."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import queries as papers_kept
from motcua.documents.models import Document
from motcua.documents.serving import page_response, thumbnail_response
from motcua.dossiers.models import Content
from motcua.dossiers.queries import content
from motcua.dossiers.rules.dossier import Request
from motcua.dossiers.rules.refusals import NotAsked, NotNow
from motcua.journeys import own_dossier
from motcua.journeys import supplementing as journey
from motcua.journeys.assurance import Act
from motcua.journeys.case import Case, owner_of_dossier
from motcua.kernel.refusal import Refusal
from motcua.portal.field_views import Shown, asking_fields
from motcua.portal.following.acting import act_of, key_of
from motcua.portal.following.doors import for_owner
from motcua.portal.following.frame import page
from motcua.portal.following.reading import Told, told
from motcua.portal.following.stepping_up import proved_more
from motcua.portal.following.waiting import DESK, reopened_words
from motcua.portal.pages import files_sent
from motcua.procedures.rules.group_rows import ROW_BUTTONS, after_row_buttons
from motcua.procedures.rules.reading_answers import Posted
from motcua.procedures.rules.showing import show as shown_words
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, FieldView, FilePage, Uploads, error_links
from motcua.ui.refusals import refusal_text

STAYING = ("_ask", "_search", "_upload", "_page", *ROW_BUTTONS)
"""Buttons that change the page and send nothing."""


@dataclass(frozen=True)
class Reopened:
    """A request for a supplement, with all that its page shows."""

    told: Told
    request: Request
    declared: Content

    def case(self, changed: dict[str, Any] | None = None) -> Case:
        """Return the declaration, with the answers changed so far."""
        return journey.reopened(self.told.row, self.declared, self.told.at, changed)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a supplement that was sent."""

    fields: dict[str, Refusal]
    papers: dict[str, str]
    whole: tuple[str, ...] = ()
    unchanged: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields or self.papers or self.whole or self.unchanged)


NOTHING = Wrong({}, {})


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def supplement(request: HttpRequest, code: str, leg: str) -> HttpResponse:
    """Show each fault with its question or paper; take the answers, once."""
    found = told(request, code)
    if answer := proved_more(request, Act.SUPPLEMENT, found.row):
        return answer
    asked = found.dossier.requests.get("" if leg == DESK else leg)
    if asked is None:  # sent already, or over: the dossier's page says so
        return redirect("following:tracking", code=found.code)
    reopened = Reopened(found, asked, content(found.row))
    if request.method != "POST":
        return _page(request, reopened, None, NOTHING)
    posted = after_row_buttons(dict(request.POST.lists()))
    problems = _papers_in(request, reopened)
    if problems or any(name in request.POST for name in STAYING):
        return _page(request, reopened, posted, Wrong({}, problems))
    return _sent(request, reopened, posted)


def _papers_in(request: HttpRequest, reopened: Reopened) -> dict[str, str]:
    """Keep the files that came, mend the page a button names; return what is wrong by paper."""
    code, asked = reopened.told.code, reopened.request
    files = {paper: files_sent(request, paper) for paper in asked.papers}
    act, _, page_id = request.POST.get("_page", "").partition(":")
    if act:
        return _mended(reopened, act, page_id, files)
    problems = {}
    for paper, brought in files.items():
        try:
            journey.bring(code=code, request=asked, paper=paper, files=brought, at=now())
        except Refusal as refusal:
            problems[paper] = refusal_text(refusal)
    return problems


def _mended(
    reopened: Reopened, act: str, page_id: str, files: dict[str, list[Any]]
) -> dict[str, str]:
    try:
        journey.mend_page(
            code=reopened.told.code, request=reopened.request, act=act, page=page_id,
            files=files, at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return {min(reopened.request.papers): refusal_text(refusal)}
    return {}


def _sent(request: HttpRequest, reopened: Reopened, posted: Posted) -> HttpResponse:
    found, asked = reopened.told, reopened.request
    reading = own_dossier.read_supplement(
        row=found.row, request=asked, posted=posted, language=found.language, at=now()
    )
    case = reopened.case(reading.answers)
    wrong = _wrong(request, reopened, case, reading.faults)
    if wrong:
        return _page(request, reopened, posted, wrong, case)
    # Another tab may have been faster, or the time may be over: the dossier's page tells.
    with suppress(NotAsked, NotNow):
        own_dossier.supplement(
            code=found.code,
            leg=asked.leg,
            answers=reading.answers,
            key=key_of(request, "bs", found.code),
            applicant_id=found.dossier.applicant,
            holder=found.holder,
            at=now(),
        )
    return redirect("following:tracking", code=found.code)


def _wrong(
    request: HttpRequest, reopened: Reopened, case: Case, unread: dict[str, Refusal]
) -> Wrong:
    found, asked = reopened.told, reopened.request
    there = journey.gathered(found.code, asked)
    papers = {
        paper: gettext("Hãy chụp hoặc chọn tệp mới cho giấy tờ này.")
        for paper in asked.must_bring
        if paper not in there
    }
    faults = {**journey.faults_in(case, found.row, asked), **unread}
    before = reopened.declared.answers
    same = all(before.get(name) == case.draft.answers.get(name) for name in asked.fields)
    stops = () if faults else tuple(
        check.say.to(found.language) for check in journey.contradictions(case, asked)
    )  # fmt: skip
    mendable = bool(asked.fields) or asked.refused
    kept = mendable and same and not asked.must_bring and not there and "same" not in request.POST
    return Wrong(faults, papers, stops, unchanged=kept and not faults)


def _page(
    request: HttpRequest,
    reopened: Reopened,
    posted: Posted | None,
    wrong: Wrong,
    case: Case | None = None,
) -> HttpResponse:
    """Show the page; `case` is the declaration with the answers just given, which may ask for more."""
    found, asked = reopened.told, reopened.request
    also = journey.also_reopened(case or reopened.case(), asked)
    items = _items(reopened, posted, wrong, also)
    views = [item["field"] for item in items if item["field"]]
    errors = [*error_links(views), *(ErrorLink(text) for text in wrong.whole)]
    if wrong.unchanged:
        errors.append(
            ErrorLink(gettext("Quý vị chưa sửa gì. Hãy sửa, hoặc đánh dấu là đã đúng."), "#same")
        )
    context = {
        "title": found.stage_name(asked.leg) or gettext("Bộ phận một cửa"),
        "reopened": reopened_words() if asked.refused else "",
        "who": found.office(_asking(reopened)).name,
        "until": asked.until,
        "items": items,
        "unchanged": wrong.unchanged,
        "errors": errors,
        "act": act_of(request),
        "back": reverse("following:tracking", args=[found.code]),
    }
    return page(request, "supplement", found, context, status=422 if wrong else 200)


def _asking(reopened: Reopened) -> str:
    leg = reopened.request.leg
    return reopened.told.dossier.legs[leg].agency if leg else reopened.told.dossier.agency


def _items(
    reopened: Reopened, posted: Posted | None, wrong: Wrong, also: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return one item for each field, paper, or the whole that somebody found fault with, and what else reopens."""
    by_target: dict[tuple[str, str], list[Any]] = {}
    for fault in reopened.request.faults:
        by_target.setdefault((fault.field, fault.paper), []).append(fault)
    by_target.update({target: [] for target in also if target not in by_target})
    filed = papers_kept.documents_of(owner_of_dossier(reopened.told.code))
    old = {document.key: document for document in filed}
    return [
        {
            "faults": faults,
            **(
                _field(reopened, field, posted, wrong)
                if field
                else _paper(reopened, paper, old.get(paper), wrong)
                if paper
                else {"field": None, "label": "", "before": ""}
            ),
        }
        for (field, paper), faults in by_target.items()
    ]


def _field(reopened: Reopened, name: str, posted: Posted | None, wrong: Wrong) -> dict[str, Any]:
    case, spoken = reopened.case(), reopened.told.language
    declared = case.definition.fields.get(name)
    if declared is None:  # a name of an agency's own that our form does not know
        return {"field": None, "label": name, "before": ""}
    asking = asking_fields(case.definition, [declared])
    searched = posted.one("_search") if posted else ""
    shown = Shown(case, spoken, posted, wrong.fields, searched, asking)
    return {
        "field": shown.view(declared),
        "label": declared.label.to(spoken),
        "before": shown_words(declared, case.draft.answers.get(name), case.world, spoken),
    }


def _paper(reopened: Reopened, key: str, old: Document | None, wrong: Wrong) -> dict[str, Any]:
    found = reopened.told
    declared = {paper.id: paper for paper in found.published.procedure.papers}.get(key)
    name = declared.name.to(found.language) if declared else key
    new = journey.gathered(found.code, reopened.request).get(key)
    field = FieldView(
        id=key,
        name=key,
        widget="file",
        label=name,
        hint=declared.help.to(found.language) if declared and declared.help else "",
        errors=[wrong.papers[key]] if key in wrong.papers else [],
        pages=_pages(reopened, new) if new else [],
        uploads=_uploads(reopened, key),
    )
    before = gettext("{names} ({n} trang)").format(
        names=", ".join(one.name for one in old.page_list), n=old.sheets
    ) if old else ""  # fmt: skip
    return {"field": field, "label": name, "before": before}


def _uploads(reopened: Reopened, paper: str) -> Uploads | None:
    """Return where files of a requested paper are sent piece by piece; None for one that was not asked for."""
    if paper not in reopened.request.papers:
        return None
    code, leg = reopened.told.code, reopened.request.leg or DESK
    href = reverse("following:uploads", args=[code, leg, paper])
    return Uploads(href, f"{code}.{leg}", paper)


def _pages(reopened: Reopened, document: Document) -> list[FilePage]:
    leg = reopened.request.leg or DESK
    made = []
    for number, one in enumerate(document.page_list, start=1):
        href = reverse("following:picture", args=[reopened.told.code, leg, document.pk, one.id])
        made.append(
            FilePage(
                id=one.id,
                name=one.name,
                size=one.size,
                digest=one.received,
                number=number,
                kind="image" if one.is_image else "pdf",
                thumbnail=f"{href}?nho=1" if one.is_image else "",
                href=href,
            )
        )
    return made


@require_safe
@for_owner
def picture(
    request: HttpRequest, code: str, leg: str, document_id: UUID, page_id: str
) -> HttpResponseBase:
    """Answer a page that waits to be sent with a supplement."""
    found = told(request, code)
    if answer := proved_more(request, Act.SUPPLEMENT, found.row):
        return answer
    asked = found.dossier.requests.get("" if leg == DESK else leg)
    if asked is None:
        raise Http404
    owner = own_dossier.supplement_owner(found.code, asked)
    opened = papers_kept.open_page(papers_kept.document(owner, document_id), page_id)
    return thumbnail_response(opened) if "nho" in request.GET else page_response(opened)
