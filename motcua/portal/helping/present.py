"""A helper in front of this browser: let in by a code, to the pages their rules name, until they are stopped.

The right is a cookie for that draft's pages alone; whether it still counts is asked of the database with every page,
so that the owner's press ends it in the helper's open page too.
"""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from motcua.dossiers.models import Draft
from motcua.dossiers.queries import draft as draft_by_id
from motcua.help import codes
from motcua.help.models import Helping
from motcua.help.rules.helping import READ, may_open
from motcua.help.rules.refusals import HelpOver, HelpOverUnsaved, OwnersOnly
from motcua.journeys.case import Case
from motcua.journeys.helping import kept_fields
from motcua.procedures.rules.form import Page
from motcua.toolkit.clock import now

_COOKIE = "giup-{}"
_ON_REQUEST = "_helping"


def let_in(response: HttpResponse, draft_id: UUID, helping: Helping, secret: str) -> None:
    """Give this browser the helper's right until it ends."""
    response.set_cookie(
        _COOKIE.format(draft_id.hex),
        f"{helping.pk.hex}.{secret}",
        max_age=helping.until - now(),
        path=_path(draft_id),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def let_out(response: HttpResponse, draft_id: UUID) -> None:
    """Take the helper's right away from this browser."""
    response.delete_cookie(_COOKIE.format(draft_id.hex), path=_path(draft_id), samesite="Lax")


def _path(draft_id: UUID) -> str:
    return f"/khai/{draft_id}/"


def comes_to_help(request: HttpRequest, draft_id: UUID, at: datetime) -> Helping | None:
    """Return the helping whose right this browser shows for a draft; None when it shows none.

    Raises CodeUnknown for a false one, HelpOver for one that has ended.
    """
    shown = request.COOKIES.get(_COOKIE.format(draft_id.hex), "")
    told, _, secret = shown.partition(".")
    try:
        helping_id = UUID(hex=told)
    except ValueError:
        return None
    return codes.opened(helping_id, subject=f"draft:{draft_id}", secret=secret, at=at)


def helped_draft(request: HttpRequest, draft_id: UUID) -> Draft | None:
    """Return the draft to its helper, who may come to this page this way; None to whoever is none.

    Raises HelpOver, OwnersOnly; HelpOverUnsaved where something is sent that nobody keeps any more.
    """
    at = now()
    try:
        helping = comes_to_help(request, draft_id, at)
        if helping is None:
            return None
        found = draft_by_id(draft_id)
        if found.dossier is not None or found.expires_at <= at:
            raise HelpOver  # noqa: TRY301 - ended as by the owner's press, and told the same way
    except HelpOver as over:
        raise over if request.method in READ else HelpOverUnsaved() from None
    door = request.resolver_match.url_name if request.resolver_match else ""
    if not may_open(door or "", request.method or ""):
        raise OwnersOnly
    vars(request)[_ON_REQUEST] = helping
    if request.method == "GET":
        codes.saw(helping=helping, page=page_of(request), at=at)
    return found


def page_of(request: HttpRequest) -> str:
    """Return what the owner's history calls a page: the form's page or paper, else the door's own name."""
    match = request.resolver_match
    if match is None:
        return ""
    about = match.kwargs.get("page_id") or match.kwargs.get("paper") or ""
    if match.url_name in _PAPERS:
        return f"paper:{about}"
    return f"page:{about}" if match.url_name == "page" else match.url_name or ""


_PAPERS = ("paper", "uploads", "upload")


def helping_of(request: HttpRequest) -> Helping | None:
    """Return the helper who fills in here; None when it is the owner."""
    found: Helping | None = vars(request).get(_ON_REQUEST)
    return found


def noting(request: HttpRequest, draft: Draft) -> AbstractContextManager[None]:
    """Note, with what is saved inside, that a helper has saved this page; nothing where the owner does."""
    helping = helping_of(request)
    if helping is None:
        return nullcontext()
    return codes.together(
        helping=helping, page=page_of(request), revision=lambda: draft.revision, at=now()
    )


def note_save(request: HttpRequest, draft: Draft) -> None:
    """Note ahead that a helper brings something to this page; nothing where the owner does."""
    helping = helping_of(request)
    if helping is not None:
        codes.saved(helping=helping, page=page_of(request), revision=draft.revision, at=now())


def open_to(request: HttpRequest, case: Case, page: Page) -> Page:
    """Return a page of the form as whoever is here may answer it: a helper's lacks what only the owner answers."""
    if helping_of(request) is None:
        return page
    kept = kept_fields(case)
    fields = tuple(field for field in page.fields if field.id not in kept)
    return page.model_copy(update={"fields": fields})
