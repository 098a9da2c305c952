"""What every page of a followed dossier shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from motcua.portal.following.reading import Told
from motcua.portal.pages import show


def page(
    request: HttpRequest, name: str, told: Told, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page about a dossier, with its agency's support contact and the way back to it."""
    frame = {
        "told": told,
        "code": told.code,
        "call_about": told.code,
        "name": told.name,
        "status": int(told.dossier.status),
        "status_words": gettext(told.dossier.status.words),
        "tracking": reverse("following:tracking", args=[told.code]),
    }
    whole = {**frame, **context}
    return show(request, f"following/{name}", whole, agency=told.agency, status=status)
