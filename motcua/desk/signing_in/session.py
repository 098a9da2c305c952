"""Which official sits in front of this browser: a session of its own, under /can-bo/ only.

After some minutes without a request it is locked: nobody is in until its official has shown again that it is them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.agencies import stays
from motcua.agencies.models import Official
from motcua.agencies.rules.second_factor import FRESH_FOR
from motcua.desk.signing_in.browsers import browser_of
from motcua.journeys import official_sign_in as journey
from motcua.toolkit import sessions, written_sql
from motcua.toolkit.clock import now

KEY = "official"
HALF_WAY = "official-half-way"
PATIENCE = timedelta(minutes=5)
HOME = "/can-bo/"
_ON_REQUEST = "_official"


def sign_in(request: HttpRequest, official: Official, at: datetime, *, proven: bool = True) -> None:
    """Let the official in, in a session with a new key; `proven`: by a second factor, not by a trusted browser."""
    vars(request).pop(_ON_REQUEST, None)
    request.session.pop(HALF_WAY, None)
    stay = journey.come_in(official=official, browser=browser_of(request), at=at)
    facts = {"id": official.pk, "stay": str(stay.pk), "proven": at.isoformat() if proven else ""}
    sessions.enter(request, KEY, facts, at)


def sign_out(request: HttpRequest) -> None:
    """Forget everything the officials' session knew; a citizen's sign-in is not touched."""
    vars(request).pop(_ON_REQUEST, None)
    kept = request.session.get(KEY)
    if kept is not None:
        stays.end_by_name(_stay_of(kept), at=now())
    sessions.leave(request)


def official_of(request: HttpRequest) -> Official | None:
    """Return the official who is in, still active and not locked out, or None; one query a request."""
    known = vars(request)
    if _ON_REQUEST not in known:
        known[_ON_REQUEST] = None if is_locked(request) else _present(request)
    found: Official | None = known[_ON_REQUEST]
    return found


def _present(request: HttpRequest) -> Official | None:
    at, kept = now(), request.session.get(KEY)
    if kept is None:
        return None
    if request.headers.get("X-Part") == "poll":  # a page that asks by itself is nobody
        return _staying(_stay_of(kept)) if _holds(kept, at) else None
    if sessions.stay(request.session, KEY, at, idle=sessions.WHOLE) is None:
        return None
    if request.session[KEY]["seen"] != kept["seen"]:
        stays.seen(_stay_of(kept), at)
    return _staying(_stay_of(kept))


def _holds(kept: Mapping[str, Any], at: datetime) -> bool:
    return at < datetime.fromisoformat(kept["since"]) + sessions.WHOLE


def the_official(request: HttpRequest) -> Official:
    """Return who is signed in, at an address that the policy opens to officials only."""
    found = official_of(request)
    if found is None:
        raise LookupError("the policy lets others than officials come here")
    return found


def the_stay(request: HttpRequest) -> str:
    """Return the name of this very sign-in."""
    return str(request.session[KEY]["stay"])


def turned_away(request: HttpRequest) -> HttpResponseBase | None:
    """Return what stands in the way of who is not in – the lock, the sign-in and then back; None for an official."""
    if official_of(request) is not None:
        return None
    if behind_lock(request) is not None:
        from motcua.desk.signing_in.again import lock  # noqa: PLC0415 - it asks this module who is in

        return lock(request)
    asked = request.get_full_path() if request.method in {"GET", "HEAD"} else HOME
    return HttpResponseRedirect(f"{reverse('official:password')}?{urlencode({'next': asked})}")


# --- the lock ---


def lock_after() -> timedelta:
    """Return how long the desk stays open without a request."""
    return timedelta(minutes=settings.IDLE_LOCK_MINUTES)


def until_lock(request: HttpRequest) -> timedelta:
    """Return how long the desk stays open if nothing is asked for; looking does not prolong it."""
    kept = request.session.get(KEY)
    if kept is None or kept.get("locked"):
        return timedelta()
    return datetime.fromisoformat(kept["seen"]) + lock_after() - now()


def is_locked(request: HttpRequest) -> bool:
    """Tell whether somebody is signed in here but has gone, or has locked the desk."""
    return KEY in request.session and until_lock(request) <= timedelta()


def lock_now(request: HttpRequest) -> None:
    """Lock the desk."""
    _change(request, locked=True)


def behind_lock(request: HttpRequest) -> Official | None:
    """Return whose desk is locked, while the sign-in itself still holds."""
    kept = request.session.get(KEY)
    if kept is None or not is_locked(request):
        return None
    return _staying(_stay_of(kept)) if _holds(kept, now()) else None


def unlock(request: HttpRequest, *, proven: bool) -> None:
    """Open the desk again, `proven` by a second factor or by the password alone."""
    at = now().isoformat()
    _change(request, locked=False, seen=at, **({"proven": at} if proven else {}))


# --- a second factor that was just shown ---


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether a second factor was shown here in the last ten minutes."""
    shown = request.session.get(KEY, {}).get("proven")
    return bool(shown) and now() - datetime.fromisoformat(shown) < FRESH_FOR


def note_proof(request: HttpRequest) -> None:
    """Note that a second factor was shown now."""
    _change(request, proven=now().isoformat())


def _change(request: HttpRequest, **facts: Any) -> None:
    if KEY in request.session:
        request.session[KEY] = {**request.session[KEY], **facts}
    vars(request).pop(_ON_REQUEST, None)


# --- half way ---


def go_half_way(request: HttpRequest, official: Official, onward: str, at: datetime) -> None:
    """Remember whose password was right; the second factor is still to come."""
    request.session[HALF_WAY] = {"id": official.pk, "next": onward, "at": at.isoformat()}


def half_way(request: HttpRequest, at: datetime) -> tuple[Official, str] | None:
    """Return whose password was right, and where to go then, unless that is 5 minutes ago."""
    kept = request.session.get(HALF_WAY)
    if kept is None or at - datetime.fromisoformat(kept["at"]) > PATIENCE:
        return None
    official = Official.objects.filter(pk=kept["id"], is_active=True).first()
    return (official, kept["next"]) if official else None


def desk_path(told: str | None) -> str:
    """Return the path to go to next, if it leads nowhere but the officials' pages."""
    path = told or ""
    allowed = path.startswith(HOME) and url_has_allowed_host_and_scheme(path, None)
    return path if allowed else HOME


def _stay_of(kept: Mapping[str, Any]) -> str:
    """Return the sign-in that a session names; one from before there were any names nobody's."""
    return str(kept.get("stay") or UUID(int=0))


def _staying(stay: str) -> Official | None:
    found = written_sql.rows({"o": Official}, _STAYING, [stay])
    return found[0][0] if found else None


_STAYING = """
from agencies_official o join agencies_stay s on s.official_id = o.id
where s.id = %s and s.ended_at is null and o.is_active
"""
