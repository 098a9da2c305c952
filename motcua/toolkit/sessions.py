"""Sessions by realm: each group of visitors has a cookie of its own, seen only under its path.

Two differences from Django's own middleware, which this one replaces:
- the cookie's name and path depend on the address (SESSION_REALMS: path prefix → cookie name), so
  that signing out of one realm leaves the other alone, and one's cookie never travels to the other;
- a request whose session has just been renewed by another one (a double click on a sign-in button)
  is answered without a cookie, instead of deleting the new one or failing.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

logger = logging.getLogger(__name__)
_FAULT = 500

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=12)
"""Of an official's day; `LONG` is a citizen's, which is never cut off in the middle (WCAG 2.2.1: more than 20 hours)."""
LONG = timedelta(hours=24)
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Realm:
    """A cookie and the path it is sent to."""

    cookie: str
    path: str


def realm_of(path: str) -> Realm:
    """Return the realm an address belongs to."""
    for prefix, cookie in settings.SESSION_REALMS.items():
        if path.startswith(prefix):
            return Realm(cookie, prefix)
    return Realm(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_PATH)


class RealmSessionMiddleware(SessionMiddleware):
    """Django's sessions with a cookie per realm."""

    def process_request(self, request: HttpRequest) -> None:
        request.session = self.SessionStore(request.COOKIES.get(realm_of(request.path).cookie))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        if not session.accessed:
            return response
        patch_vary_headers(response, ("Cookie",))
        if session.modified and response.status_code != _FAULT:
            _keep(request, session, response)
        return response


def _keep(request: HttpRequest, session: SessionBase, response: HttpResponse) -> None:
    realm = realm_of(request.path)
    if session.is_empty():
        if realm.cookie in request.COOKIES:
            response.delete_cookie(realm.cookie, path=realm.path, samesite="Lax")
        return
    try:
        session.save()
    except UpdateError:
        logger.info("session ended while a request was under way")
        return
    response.set_cookie(
        realm.cookie,
        session.session_key or "",
        max_age=session.get_expiry_age(),
        path=realm.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def enter(request: HttpRequest, key: str, facts: Mapping[str, Any], at: datetime) -> None:
    """Note in the session, under `key`, that somebody came in.

    The session gets a new key, so that one planted before is worthless; nothing of a person who was
    in before stays. The token of forms does not change: a form that stood open in another tab while
    its person signed in again must still arrive.
    """
    if key in request.session:
        request.session.flush()
    request.session[key] = {**facts, "since": at.isoformat(), "seen": at.isoformat()}
    request.session.cycle_key()


def stay(
    session: SessionBase, key: str, at: datetime, whole: timedelta = WHOLE, idle: timedelta = IDLE
) -> Mapping[str, Any] | None:
    """Return what `enter` noted, while it holds: `idle` without a request, `whole` in all.

    Notes the visit at most once a minute; ends the stay when its time is over.
    """
    kept: dict[str, Any] | None = session.get(key)
    if kept is None:
        return None
    if left(session, key, at, whole, idle) < timedelta():
        del session[key]
        return None
    if at - datetime.fromisoformat(kept["seen"]) > NOTED_EVERY:
        session[key] = {**kept, "seen": at.isoformat()}
    return kept


def left(
    session: SessionBase, key: str, at: datetime, whole: timedelta = WHOLE, idle: timedelta = IDLE
) -> timedelta:
    """Return how long the stay still holds without another request; looking does not prolong it."""
    kept: dict[str, Any] | None = session.get(key)
    if kept is None:
        return timedelta()
    since, seen = (datetime.fromisoformat(kept[name]) for name in ("since", "seen"))
    return min(seen + idle, since + whole) - at


def leave(request: HttpRequest) -> None:
    """Forget the whole session and its cookie."""
    request.session.flush()


def clear_browser(response: HttpResponse) -> None:
    """Have the browser delete what it keeps of this site: pages, drafts, photographs that wait to be sent.

    Cookies stay: the other realm's sign-in and the language are in some, and each realm deletes its own.
    """
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def drop_expired() -> None:
    """Delete the sessions whose cookie is no longer sent."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
