"""A copy of one's data: ordered with one press, watched, fetched; each only by VNeID."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from motcua.documents.wiring import blob_store
from motcua.journeys import copying
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import the_citizen
from motcua.privacy import copies
from motcua.toolkit.clock import now


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Order a copy; pressed twice it is one."""
    account = the_citizen(request).account_id
    found = copying.ask(account_id=account, language=language(), at=now())
    return redirect("portal:data_copy", copy_id=found.pk)


@require_safe
def copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Show whether the copy is ready, and until when. Raises CopyUnknown."""
    found = copies.copy_of_account(copy_id, the_citizen(request).accounts, now())
    return show(request, "data/copy", {"copy": found})


@require_safe
def fetch(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    """Hand the copy over, to be saved. Raises CopyUnknown, CopyNotReady."""
    found = copies.copy_of_account(copy_id, the_citizen(request).accounts, now())
    response = StreamingHttpResponse(
        blob_store().stream(copies.ready(found)), content_type="application/zip"
    )
    response["Content-Length"] = str(found.size)
    response["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
