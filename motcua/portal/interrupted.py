"""A form sent after the sign-in of its person has ended: kept for half an hour, and done when they are in again.

Only forms of words are kept, in the session that carries the sign-in under way. What was kept is done on the page it
was sent to, once, for whoever opens that draft: somebody else who signs in here neither sees nor does it.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from motcua.dossiers.queries import draft as draft_by_id
from motcua.portal.signing_in.pages import address
from motcua.portal.signing_in.session import INTERRUPTED, citizen_of
from motcua.toolkit.clock import now
from motcua.toolkit.sessions import realm_of

FORMS = frozenset({"page", "ways"})
"""Doors whose forms are words alone, and bind nobody: those that pledge or bring files are pressed again."""

PATIENCE = timedelta(minutes=30)
MOST_FORMS = 5
LONGEST = 64 * 1024


def to_sign_in(request: HttpRequest, draft_id: UUID) -> HttpResponse | None:
    """Send to sign in whoever may own the draft and is nobody now; what they sent is kept.

    None where signing in would not open it, where somebody is in, and to scripts, which say it themselves. Raises
    DraftUnknown.
    """
    if request.headers.get("X-Part") or citizen_of(request) is not None or not _owned(draft_id):
        return None
    kept = _keep(request)
    was_in = realm_of(request.path).cookie in request.COOKIES
    return redirect(address("choose", request.get_full_path(), away=1)) if kept or was_in else None


def _owned(draft_id: UUID) -> bool:
    found = draft_by_id(draft_id)
    return found.account_id is not None and found.expires_at > now()


def _door(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name if match else None) or ""


def _keep(request: HttpRequest) -> bool:
    if request.method != "POST" or _door(request) not in FORMS:
        return False
    told = request.POST.copy()
    told.pop("csrfmiddlewaretoken", None)
    typed = told.urlencode()
    if not typed or len(typed) > LONGEST:
        return False
    others = [form for form in waiting(request) if form["path"] != request.path]
    fresh = {"path": request.path, "typed": typed, "at": now().isoformat()}
    request.session[INTERRUPTED] = [*others, fresh][-MOST_FORMS:]
    return True


def waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the forms that wait in this browser for their person."""
    since = now() - PATIENCE
    kept = request.session.get(INTERRUPTED, [])
    return [form for form in kept if datetime.fromisoformat(form["at"]) > since]


def put_back(request: HttpRequest) -> None:
    """Make of the visit that returns from signing in the form that was sent before; its draft is open to whoever is here.

    Nothing where none waits. Without a sign-in no session is asked for.
    """
    visit = request.method == "GET" and not request.headers.get("X-Part")
    if not visit or _door(request) not in FORMS or citizen_of(request) is None:
        return
    mine = next((form for form in waiting(request) if form["path"] == request.path), None)
    if mine is None:
        return
    request.session[INTERRUPTED] = [form for form in waiting(request) if form is not mine]
    request.method, request.POST = "POST", QueryDict(mine["typed"])
