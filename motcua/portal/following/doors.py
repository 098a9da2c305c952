"""Doors that open to whoever a dossier belongs to; everybody else is told the ways in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from motcua.dossiers.rules.refusals import UnknownDossier
from motcua.portal.pages import show

View = Callable[..., HttpResponseBase]


def for_owner(view: View) -> View:
    """Answer whoever may not see the dossier in the same words whether it exists or not."""

    @wraps(view)
    def guarded(request: HttpRequest, code: str, **rest: Any) -> HttpResponseBase:
        try:
            return view(request, code, **rest)
        except UnknownDossier:
            return closed(request, code)

    return guarded


def closed(request: HttpRequest, code: str) -> HttpResponse:
    """Say how to show that the dossier is one's own."""
    context = {
        "code": code,
        "find": reverse("following:find"),
        "next": reverse("following:tracking", args=[code]),
    }
    return show(request, "following/closed", context, status=404)
