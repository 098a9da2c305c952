"""Papers of a draft: what this case calls for, photographed, shown back, replaceable."""

from collections.abc import Collection
from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from motcua.documents import queries as papers_kept
from motcua.documents.models import Document
from motcua.documents.serving import page_response, thumbnail_response
from motcua.documents.straightening import looks
from motcua.journeys import gathering, signed_sheets
from motcua.journeys.case import Case, owner_of_draft
from motcua.kernel.refusal import Refusal
from motcua.portal.draft_pages import (
    CHANGING,
    case_or_receipt,
    links,
    paper_link,
    progress,
    show_of,
)
from motcua.portal.helping.present import noting
from motcua.portal.moved_sheets import moved_view, telling
from motcua.portal.pages import draft_of, files_sent, language
from motcua.portal.signing_sheets import signing_view
from motcua.procedures.rules.definition import NeededPaper
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, FilePage, Uploads, Why, error_links
from motcua.ui.photo_words import LOOKS, fault_words, look_words
from motcua.ui.refusals import refusal_text


def papers(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """List the papers of this case, each with its state."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    there = {document.key: document for document in papers_kept.documents_of(case.owner)}
    needed = case.definition.papers(case.settled.values)
    unsigned = signed_sheets.outdated(case, there.values())
    context = {
        "name": case.published.procedure.name.to(language()),
        "tasks": [_task(case, item, there.get(item.paper.id), unsigned) for item in needed],
        "moved": moved_view(request, case, there.values()),
        "unsorted": len(heap.pages) if (heap := there.get(gathering.HEAP)) else 0,
        "links": links(case.draft),
        **progress(case, "papers"),
        "back": links(case.draft)["overview"],
        "onward": links(case.draft)["ways"],
    }
    return show_of(request, "papers", case, context)


def _task(
    case: Case, item: NeededPaper, document: Document | None, unsigned: Collection[str]
) -> dict[str, Any]:
    spoken, paper = language(), item.paper
    hint = paper.help.to(spoken) if paper.help else ""
    state = "done" if document else "absent" if item.required else "optional"
    if item.replaced and paper.replaced_by:
        hint, state = paper.replaced_by.to(spoken), "done"
    if document:
        hint = gettext("{n} trang").format(n=len(document.pages))
    if paper.sign and paper.sign.title.vi in unsigned:
        hint, state = gettext("Bản khai đã sửa sau khi ký: cần ký lại"), "absent"
    href = paper_link(case.draft, paper.id)
    return {"title": paper.name.to(spoken), "hint": hint, "href": href, "state": state}


def paper(request: HttpRequest, draft_id: UUID, paper: str) -> HttpResponse:
    """Show one paper: its pages, the camera, and what to do with each page."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    needed = {item.paper.id: item for item in case.definition.papers(case.settled.values)}
    if paper not in needed:
        raise Http404
    problem, page = "", request.POST.get("_replace", "")
    if request.method == "POST":
        act, _, about = request.POST.get("_page", "").partition(":")
        if act == "replace":
            return _paper(request, case, needed[paper], replacing=about)
        try:
            with noting(request, case.draft):
                files = _act(request, case, paper)
        except Refusal as refusal:
            problem = refusal_text(refusal)
        else:
            onward = _back if "_done" in request.POST else _here
            return redirect(telling(onward(request, case), request, case, paper, files))
    return _paper(request, case, needed[paper], problem, replacing=page)


def _back(request: HttpRequest, case: Case) -> str:
    return links(case.draft)["check" if CHANGING in request.GET else "papers"]


def _here(request: HttpRequest, _case: Case) -> str:
    """Return the page's own address, without what it said of files sent before."""
    return f"{request.path}?{CHANGING}=1" if CHANGING in request.GET else request.path


def _act(request: HttpRequest, case: Case, paper: str) -> list[tuple[str, BytesIO]]:
    """Do what the button says: keep the files, or turn, replace or remove a page; return the files."""
    act, _, page = request.POST.get("_page", "").partition(":")
    files = files_sent(request, paper)
    document, old = _document(case, paper), request.POST.get("_replace", "")
    if old and document and files:
        gathering.replace(draft=case.draft, document=document, page=old, file=files[0], at=now())
    elif act == "turn" and document:
        gathering.turn(draft=case.draft, document=document, page=page, at=now())
    elif act in LOOKS and document:
        gathering.show_as(draft=case.draft, document=document, page=page, look=act, at=now())
    elif act == "remove" and document:
        gathering.remove(draft=case.draft, document=document, page=page, at=now())
    elif files:
        gathering.add(draft=case.draft, paper=paper, files=files, at=now())
    return files


def _document(case: Case, paper: str) -> Document | None:
    found = papers_kept.documents_of(case.owner)
    return next((document for document in found if document.key == paper), None)


def _paper(
    request: HttpRequest, case: Case, item: NeededPaper, problem: str = "", *, replacing: str = ""
) -> HttpResponse:
    spoken, law = language(), case.published.procedure
    there = papers_kept.documents_of(case.owner)
    document = next((document for document in there if document.key == item.paper.id), None)
    pages = file_pages(case, document) if document else []
    view = FieldView(
        id=item.paper.id,
        name=item.paper.id,
        widget="file",
        label=item.paper.name.to(spoken),
        hint=item.paper.help.to(spoken) if item.paper.help else "",
        why=Why(article=law.cited(item.paper, spoken)),
        required=item.required,
        errors=[problem] if problem else [],
        pages=pages,
        replaceable=True,
        uploads=uploads_of(case, item.paper.id),
        replacing=next((page for page in pages if page.id == replacing), None),
        legend_as_heading=True,
    )
    context = {
        "name": law.name.to(spoken),
        "field": view,
        "signing": signing_view(case, item.paper.id, document),
        "moved": moved_view(request, case, there),
        "errors": error_links([view]),
        "back": _back(request, case),
    }
    return show_of(request, "paper", case, context, status=422 if problem else 200)


def uploads_of(case: Case, paper: str) -> Uploads:
    """Return where files of a paper are sent piece by piece."""
    href = reverse("portal:uploads", args=[case.draft.pk, paper])
    return Uploads(href, str(case.draft.pk), paper)


def file_pages(case: Case, document: Document) -> list[FilePage]:
    """Return the pages of a paper with addresses that only the draft's owner can open."""
    made = []
    for number, page in enumerate(document.page_list, start=1):
        href = reverse("portal:picture", args=[case.draft.pk, document.pk, page.id])
        made.append(
            FilePage(
                id=page.id,
                name=page.name,
                size=page.size,
                digest=page.received,
                number=number,
                kind="image" if page.is_image else "pdf",
                thumbnail=f"{href}?nho=1" if page.is_image else "",
                href=href,
                warnings=fault_words(page.faults),
                looks=look_words(looks(page)),
            )
        )
    return made


def picture(
    request: HttpRequest, draft_id: UUID, document_id: UUID, page_id: str
) -> HttpResponseBase:
    """Answer one page of a paper to whom the draft belongs."""
    draft = draft_of(request, draft_id)
    document = papers_kept.document(owner_of_draft(draft), document_id)
    opened = papers_kept.open_page(document, page_id)
    return thumbnail_response(opened) if "nho" in request.GET else page_response(opened)
