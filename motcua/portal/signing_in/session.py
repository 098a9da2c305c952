"""Who sits in front of this browser: the citizen's side of the session."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.identity.models import Account
from motcua.identity.rules.people import SignedIn
from motcua.identity.sign_ins import signed_in
from motcua.journeys import sign_in as journey
from motcua.journeys.sign_in import Arrival
from motcua.portal.devices import kind_of
from motcua.toolkit import sessions
from motcua.toolkit.clock import now

KEY = "citizen"
PHONE = Account.Kind.PHONE.value
TYPED, INTERRUPTED = "typed", "interrupted"
STAYS = (TYPED, INTERRUPTED)
"""What the session keeps for whoever proves more: forms that wait for them (step_up, portal/interrupted)."""
_ON_REQUEST = "_citizen"


def sign_in(request: HttpRequest, arrival: Arrival, at: datetime) -> None:
    """Let the person of the account in, in a session with a new key."""
    before, kept = citizen_of(request), {name: request.session.get(name) for name in STAYS}
    vars(request).pop(_ON_REQUEST, None)
    made = journey.let_in(
        arrival=arrival,
        device=kind_of(request),
        before=before.sign_in_id if before else None,
        at=at,
    )
    sessions.enter(request, KEY, {"sign_in": made}, at)
    after = citizen_of(request)
    if before and after and before.account_id in after.accounts:  # they only proved more
        request.session.update({name: value for name, value in kept.items() if value})


def sign_out(request: HttpRequest) -> None:
    """Forget everything this browser's session knew."""
    vars(request).pop(_ON_REQUEST, None)
    sessions.leave(request)


def citizen_of(request: HttpRequest) -> SignedIn | None:
    """Return who is signed in, or None. Asks the database once, and never without a session."""
    known = vars(request)
    if _ON_REQUEST not in known:
        known[_ON_REQUEST] = _citizen(request)
    found: SignedIn | None = known[_ON_REQUEST]
    return found


def _citizen(request: HttpRequest) -> SignedIn | None:
    at = now()
    kept = sessions.stay(request.session, KEY, at, sessions.LONG)
    if kept is None or "sign_in" not in kept:
        return None
    found = signed_in(kept["sign_in"], at=at)
    closed = found and found.kind == PHONE and not settings.PORTAL_ACCOUNTS
    return None if closed else found


def turned_away(request: HttpRequest, level: int = 0) -> HttpResponseRedirect | None:
    """Return the way to the sign-in for who is not signed in at this level, and then back; None for who is.

    Level 0 takes a portal account too; 1 and 2 ask for VNeID of that level. A form sent after the sign-in ran
    out leads back to the page it stood on, because the address it was sent to may show nothing.
    """
    citizen = citizen_of(request)
    if citizen is not None and citizen.level >= level:
        return None
    return HttpResponseRedirect(sign_in_address(request, level=level))


def the_citizen(request: HttpRequest) -> SignedIn:
    """Return who is signed in, at an address that the policy opens to signed-in citizens only."""
    found = citizen_of(request)
    if found is None:
        raise LookupError("the policy lets others than signed-in citizens come here")
    return found


def sign_in_address(
    request: HttpRequest, *, level: int = 0, act: str = "", fresh: bool = False
) -> str:
    """Return where to sign in at this level – for this act, anew – and then come back here."""
    asked: dict[str, Any] = {"next": _page_of(request)}
    if level:
        asked["level"] = level
    if act:
        asked["viec"] = act
    if fresh:
        asked["lai"] = 1
    # A cookie without its session: somebody who was in and stayed away too long.
    if request.COOKIES.get(sessions.realm_of(request.path).cookie):
        asked["away"] = 1
    return f"{reverse('signing_in:choose')}?{urlencode(asked)}"


def _page_of(request: HttpRequest) -> str:
    """Return the page the person is on: of a sent form, the one it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return request.get_full_path()
    return came_from._replace(scheme="", netloc="", fragment="").geturl() or "/"


def local_path(told: Any, otherwise: str = "/") -> str:
    """Return the path to go to next, if it leads nowhere but this site."""
    path = str(told or "")
    allowed = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
    return path if allowed else otherwise


def seconds_left(request: HttpRequest) -> int:
    """Return how long somebody is still in who does nothing; asking does not prolong it."""
    found = sessions.left(request.session, KEY, now(), sessions.LONG)
    return max(0, int(found.total_seconds()))


def account_link(request: HttpRequest) -> Mapping[str, Any]:
    """Return what the head and the foot of a page show (`account` of ui/base.html)."""
    citizen = citizen_of(request)
    if citizen is None:
        return {"sign_in": reverse("signing_in:choose")}
    return {
        "name": citizen.full_name,
        "href": reverse("signing_in:account"),
        "sign_out": reverse("signing_in:sign_out"),
        "left": seconds_left(request),
        "ends_at": now() + timedelta(seconds=seconds_left(request)),
        "stay": reverse("signing_in:stay"),
        "again": sign_in_address(request),
    }
