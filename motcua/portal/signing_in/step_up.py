"""Whoever has too little for an act proves more, and comes back to exactly where they were, with what they typed."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from motcua.journeys.assurance import Act, short_of
from motcua.portal.signing_in.session import TYPED, citizen_of, sign_in_address
from motcua.toolkit.clock import now

PATIENCE = timedelta(minutes=30)
LONGEST = 8 * 1024


def stepped_up(request: HttpRequest, act: Act, *, service: int | None = 0) -> HttpResponse | None:
    """Return the way to prove more, None for whoever has enough; what a form brought is kept for the way back."""
    short = short_of(act, citizen_of(request), service=service or 0, at=now())
    if short is None:
        return None
    _keep(request)
    return HttpResponseRedirect(
        sign_in_address(request, level=short.level, act=act.value, fresh=short.fresh)
    )


def _keep(request: HttpRequest) -> None:
    """Keep the words of a form in this browser's session; files and long texts are pressed again."""
    told = request.POST.copy()
    told.pop("csrfmiddlewaretoken", None)
    typed = told.urlencode()
    if request.method == "POST" and typed and len(typed) <= LONGEST:
        request.session[TYPED] = {"path": request.path, "typed": typed, "at": now().isoformat()}


def typed_before(request: HttpRequest) -> QueryDict:
    """Return what was typed on this page before its person went to prove more, once; binding acts are pressed again.

    Without a sign-in, and on a form that is sent, nothing.
    """
    if request.method != "GET" or citizen_of(request) is None:
        return QueryDict()
    kept: dict[str, Any] | None = request.session.get(TYPED)
    if kept is None or kept["path"] != request.path:
        return QueryDict()
    del request.session[TYPED]
    late = now() - datetime.fromisoformat(kept["at"]) > PATIENCE
    return QueryDict() if late else QueryDict(kept["typed"])
