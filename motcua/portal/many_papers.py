"""Papers in one go: many files, or one scan of all of them, dealt out to the papers of the case page by page."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from motcua.documents.models import Document
from motcua.journeys import gathering
from motcua.journeys.case import Case
from motcua.kernel.refusal import Refusal
from motcua.portal.draft_pages import case_or_receipt, links, progress, show_of
from motcua.portal.helping.present import noting
from motcua.portal.moved_sheets import moved_view, telling
from motcua.portal.pages import files_sent, language
from motcua.portal.papers import file_pages, uploads_of
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, FilePage, Option, error_links
from motcua.ui.refusals import refusal_text

FILES = "tep"
BIN = "bo"
"""The choice that throws a page away."""


@dataclass(frozen=True)
class Undealt:
    """A page that no paper has got yet, with the choice of papers."""

    page: FilePage
    choice: FieldView


def many_papers(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take in files of several papers at once, then ask of each page which paper it belongs to."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    problem = ""
    if request.method == "POST":
        try:
            with noting(request, case.draft):
                files = _act(request, case)
        except Refusal as refusal:
            problem = refusal_text(refusal)
        else:
            return redirect(telling(_onward(case), request, case, gathering.HEAP, files))
    return _page(request, case, problem)


def _onward(case: Case) -> str:
    """Return to this page while pages lie undealt, else to the list of papers."""
    return links(case.draft)["many_papers" if gathering.heap_of(case.draft) else "papers"]


def _act(request: HttpRequest, case: Case) -> list[tuple[str, BytesIO]]:
    files = files_sent(request, FILES)
    if files:
        gathering.add_many(draft=case.draft, files=files, at=now())
    elif heap := gathering.heap_of(case.draft):
        _deal_out(request, case, heap)
    return files


def _deal_out(request: HttpRequest, case: Case, heap: Document) -> None:
    known = {item.paper.id for item in case.definition.papers(case.settled.values)}
    chosen = {page.id: request.POST.get(f"to.{page.id}", "") for page in heap.page_list}
    to = {page: paper for page, paper in chosen.items() if paper in known}
    gathering.deal_out(draft=case.draft, to=to, at=now())
    for page, choice in chosen.items():
        if choice == BIN:
            gathering.remove(draft=case.draft, document=heap, page=page, at=now())


def _page(request: HttpRequest, case: Case, problem: str) -> HttpResponse:
    view = FieldView(
        FILES, FILES, "file", gettext("Chọn các tệp, hoặc chụp lần lượt"),
        hint=gettext("Một bản quét PDF nhiều trang được tách ra từng trang."),
        errors=[problem] if problem else [], uploads=uploads_of(case, gathering.HEAP),
    )  # fmt: skip
    there = gathering.kept(case.draft)
    heap = next((document for document in there if document.key == gathering.HEAP), None)
    pages = file_pages(case, heap) if heap else []
    context: dict[str, Any] = {
        "field": view,
        "undealt": [Undealt(page, _choice(case, page)) for page in pages],
        "moved": moved_view(request, case, there),
        "errors": error_links([view]),
        "back": links(case.draft)["papers"],
        **progress(case, "papers"),
    }
    return show_of(request, "many_papers", case, context, status=422 if problem else 200)


def _choice(case: Case, page: FilePage) -> FieldView:
    papers = [item.paper for item in case.definition.papers(case.settled.values)]
    return FieldView(
        f"to-{page.id}", f"to.{page.id}", "select",
        gettext("Trang {n} thuộc giấy tờ nào").format(n=page.number),
        options=[
            *(Option(paper.id, paper.name.to(language())) for paper in papers),
            Option(BIN, gettext("Bỏ trang này")),
        ],
    )  # fmt: skip
