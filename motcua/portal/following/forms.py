"""The papers the office has made about a dossier: receipt, requests, refusals, its end."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.documents.serving import pdf_response
from motcua.journeys.forms.drawing import draw
from motcua.journeys.forms.listing import form_of, forms_of
from motcua.journeys.forms.words import form_words
from motcua.portal.following.doors import for_owner
from motcua.portal.following.reading import Told, told


def form_links(found: Told) -> list[dict[str, Any]]:
    """Return the papers to download, newest first: they tell what happened last."""
    return [
        {
            "name": form_words(form, found.published.procedure, found.language),
            "at": form.at,
            "href": reverse("following:form", args=[found.code, form.slug]),
        }
        for form in reversed(forms_of(found.events))
    ]


@require_safe
@for_owner
def form(request: HttpRequest, code: str, slug: str) -> HttpResponseBase:
    """Answer one of them as a PDF: the very paper that officials print."""
    found = told(request, code)
    wanted = form_of(found.events, slug)
    if wanted is None:
        raise Http404
    return pdf_response(draw(found.row, found.events, wanted), f"{wanted.slug}-{found.code}.pdf")
