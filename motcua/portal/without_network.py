"""A draft for the time without network: all its pages in one answer, and the plan by which a phone goes through them.

One answer, because the pages share most of their words: a dozen of them weigh compressed what two weigh alone.
A page of it also holds, hidden, what only answers of other pages call for; conditions are decided on the phone.
What the phone fills in meanwhile is sent page by page as any autosave, later.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from motcua.journeys.case import Case
from motcua.portal import at_counter, choosing_ways, declaring, papers
from motcua.portal.draft_pages import case_or_receipt, links, page_link, paper_link, papers_of
from motcua.portal.helping.present import helping_of
from motcua.portal.pages import language
from motcua.portal.worker import version
from motcua.procedures.rules.browser import plan
from motcua.toolkit.networks import brake

PAPERS = "giay-to"
"""In an address: only the pages of papers."""

MOST_BUNDLES = 1000
"""Drafts an hour that one network takes along."""


@require_safe
def bundle(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Give the owner's phone the pages of a draft, or only those of its papers where the case calls for others now.

    A counter's or a helper's device keeps nothing of it.
    """
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    if at_counter.typed_here(case.draft) or helping_of(request) is not None:
        raise Http404
    brake(request, "bundles", MOST_BUNDLES)
    pages = _paper_pages if PAPERS in request.GET else _pages
    return JsonResponse(
        {"plan": _plan(case), "pages": dict(pages(request, case))},
        json_dumps_params={"ensure_ascii": False},
    )


def _plan(case: Case) -> dict[str, Any]:
    there, found = links(case.draft), plan(case.definition, case.settled.values)
    for page in found["pages"]:
        page["href"] = page_link(case.draft, page["id"])
    needed = case.definition.papers(case.settled.values)
    return {
        **found,
        "name": case.published.procedure.name.to(language()),
        "version": version(),
        "revision": case.draft.revision,
        "expires_at": case.draft.expires_at.isoformat(),
        "after": [*([there["papers"]] if needed else []), there["ways"], there["check"]],
        "here": there["overview"],
        "papers": papers_of(case),
    }


def _pages(request: HttpRequest, case: Case) -> Iterator[tuple[str, str]]:
    """Yield address and text of every page of the draft that can be filled in without network."""
    draft, there = case.draft, links(case.draft)
    yield _kept(declaring.overview(_at(request, there["overview"]), draft.pk), there["overview"])
    for page in case.published.procedure.form.pages:
        href = page_link(draft, page.id)
        yield _kept(declaring.whole_page(_at(request, href), case, page), href)
    yield from _paper_pages(request, case)
    yield _kept(choosing_ways.ways(_at(request, there["ways"]), draft.pk), there["ways"])


def _paper_pages(request: HttpRequest, case: Case) -> Iterator[tuple[str, str]]:
    needed, there = case.definition.papers(case.settled.values), links(case.draft)
    if needed:
        yield _kept(papers.papers(_at(request, there["papers"]), case.draft.pk), there["papers"])
    for item in needed:
        href = paper_link(case.draft, item.paper.id)
        yield _kept(papers.paper(_at(request, href), case.draft.pk, item.paper.id), href)


def _kept(answer: HttpResponse, href: str) -> tuple[str, str]:
    return href, answer.content.decode()


def _at(request: HttpRequest, path: str) -> HttpRequest:
    """Return the request as if it had come to another address."""
    there = copy(request)
    there.path = there.path_info = path
    there.META = {**request.META, "PATH_INFO": path, "QUERY_STRING": ""}
    there.GET = QueryDict()
    return there
