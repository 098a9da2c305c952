"""Papers and results, each checked for this official before a byte of it leaves; of a restricted dossier once all is shown."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.desk.signing_in.session import the_official
from motcua.documents import queries, serving
from motcua.documents.queries import OpenedPage
from motcua.documents.rules.refusals import IssuedPaperUnknown, PaperUnknown
from motcua.dossiers.rules.refusals import NothingToReturn
from motcua.journeys import looking, results
from motcua.journeys.looking import Opened
from motcua.toolkit.clock import now


@require_safe
def page(request: HttpRequest, code: str, document: UUID, page: str) -> HttpResponseBase:
    """Show a picture, or give a PDF to save."""
    return serving.page_response(_page(request, code, document, page))


@require_safe
def small(request: HttpRequest, code: str, document: UUID, page: str) -> HttpResponseBase:
    """Show a page small."""
    return serving.thumbnail_response(_page(request, code, document, page))


@require_safe
def sheet(
    request: HttpRequest, code: str, document: UUID, page: str, number: int
) -> HttpResponseBase:
    """Show one sheet of a PDF as a picture, to be read beside the declaration."""
    return serving.sheet_response(_page(request, code, document, page), number)


def _page(request: HttpRequest, code: str, document: UUID, page: str) -> OpenedPage:
    opened = _opened(request, code, asked=True)
    found = queries.document(opened.owner, document)
    if not opened.sight.paper(found.key):
        raise PaperUnknown(document=str(document))
    return queries.open_page(found, page)


def _opened(request: HttpRequest, code: str, *, asked: bool = False) -> Opened:
    opened = looking.look_around(official=the_official(request), code=code, at=now(), asked=asked)
    opened.must_be_open()
    return opened


@require_safe
def issued(request: HttpRequest, code: str, paper: UUID) -> HttpResponseBase:
    """Give an issued result to save."""
    opened = _opened(request, code)
    found = next((known for known in opened.issued() if known.pk == paper), None)
    if found is None:
        raise IssuedPaperUnknown
    return serving.issued_response(found)


@require_safe
def draft(request: HttpRequest, code: str, result: str) -> HttpResponseBase:
    """Give a result's draft to save, to those who see its leg."""
    opened = _opened(request, code)
    promised = opened.dossier.promised.get(result)
    if promised is None or not opened.sight.leg(promised.stage):
        raise NothingToReturn
    wanted = next(item for item in opened.published.procedure.results if item.id == result)
    content = results.draft_pdf(wanted.template, draft_data_of(opened, wanted.id), opened.at)
    return serving.pdf_response(content, f"{wanted.name.vi} (dự thảo).pdf")


def draft_data_of(opened: Opened, result: str) -> dict[str, object]:
    """Return what a draft of the result shows now."""
    wanted = next(item for item in opened.published.procedure.results if item.id == result)
    return results.draft_data(
        row=opened.row,
        dossier=opened.dossier,
        published=opened.published,
        answers=opened.content.answers,
        result=wanted,
        at=opened.at,
    )
