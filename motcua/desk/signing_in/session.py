"""Which official sits in front of this browser: a session of its own, under /can-bo/ only."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.agencies.models import Official
from motcua.toolkit import sessions, written_sql
from motcua.toolkit.clock import now

KEY = "official"
HALF_WAY = "official-half-way"
PATIENCE = timedelta(minutes=5)
HOME = "/can-bo/"
_ON_REQUEST = "_official"


def sign_in(request: HttpRequest, official: Official, at: datetime) -> None:
    """Let the official in, in a session with a new key."""
    vars(request).pop(_ON_REQUEST, None)
    request.session.pop(HALF_WAY, None)
    sessions.enter(request, KEY, {"id": official.pk}, at)


def sign_out(request: HttpRequest) -> None:
    """Forget everything the officials' session knew; a citizen's sign-in is not touched."""
    vars(request).pop(_ON_REQUEST, None)
    sessions.leave(request)


def official_of(request: HttpRequest) -> Official | None:
    """Return the official who is signed in and still active, or None; one query a request."""
    known = vars(request)
    if _ON_REQUEST not in known:
        kept = sessions.stay(request.session, KEY, now())
        known[_ON_REQUEST] = _active(kept["id"]) if kept else None
    found: Official | None = known[_ON_REQUEST]
    return found


def the_official(request: HttpRequest) -> Official:
    """Return who is signed in, at an address that the policy opens to officials only."""
    found = official_of(request)
    if found is None:
        raise LookupError("the policy lets others than officials come here")
    return found


def turned_away(request: HttpRequest) -> HttpResponseRedirect | None:
    """Return the way to the sign-in for who is not signed in, and then back; None for an official."""
    if official_of(request) is not None:
        return None
    asked = request.get_full_path() if request.method in {"GET", "HEAD"} else HOME
    return HttpResponseRedirect(f"{reverse('official:password')}?{urlencode({'next': asked})}")


def go_half_way(request: HttpRequest, official: Official, onward: str, at: datetime) -> None:
    """Remember whose password was right; the second factor is still to come."""
    request.session[HALF_WAY] = {"id": official.pk, "next": onward, "at": at.isoformat()}


def half_way(request: HttpRequest, at: datetime) -> tuple[Official, str] | None:
    """Return whose password was right, and where to go then, unless that is 5 minutes ago."""
    kept = request.session.get(HALF_WAY)
    if kept is None or at - datetime.fromisoformat(kept["at"]) > PATIENCE:
        return None
    official = _active(kept["id"])
    return (official, kept["next"]) if official else None


def desk_path(told: str | None) -> str:
    """Return the path to go to next, if it leads nowhere but the officials' pages."""
    path = told or ""
    allowed = path.startswith(HOME) and url_has_allowed_host_and_scheme(path, None)
    return path if allowed else HOME


def _active(official_id: int) -> Official | None:
    found = written_sql.rows({"o": Official}, _ACTIVE, [official_id])
    return found[0][0] if found else None


_ACTIVE = "from agencies_official o where o.id = %s and o.is_active"
