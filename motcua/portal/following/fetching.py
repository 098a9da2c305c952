"""Fetching a result: the signed PDF, byte for byte as it was issued."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.documents import queries as papers_kept
from motcua.documents.serving import issued_response
from motcua.journeys import handing_over
from motcua.journeys.assurance import Act
from motcua.journeys.case import owner_of_dossier
from motcua.portal.following import access
from motcua.portal.following.doors import for_owner
from motcua.portal.following.stepping_up import proved_more
from motcua.portal.mandates.held import acting_holder
from motcua.toolkit.clock import now


@require_safe
@for_owner
def result(request: HttpRequest, code: str, paper: UUID) -> HttpResponseBase:
    """Answer an issued paper to whom the dossier belongs. Raises UnknownDossier, IssuedPaperUnknown."""
    row = access.opened(request, code)
    if answer := proved_more(request, Act.SEE_RESULT, row):
        return answer
    found = papers_kept.issued(owner_of_dossier(row.code), paper)
    if request.method == "GET":
        handing_over.opened_online(
            code=row.code,
            result=found.kind,
            receiver=acting_holder(request) or row.applicant_name,
            at=now(),
        )
    return issued_response(found)
