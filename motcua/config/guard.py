"""The guard of every request: what the policy does not declare is not answered."""

import logging
from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import reverse

from motcua.agencies import wall
from motcua.api.problems import NotAllowed, NotUnderstood, problem
from motcua.config.policy import POLICY
from motcua.config.rows import Group, Rule, Who
from motcua.desk.signing_in import session as officials
from motcua.portal.signing_in import session as citizens
from motcua.toolkit.clock import now
from motcua.toolkit.gates import watched
from motcua.toolkit.middleware import Handler
from motcua.ui import views
from motcua.ui.views import forbidden

log = logging.getLogger(__name__)

_ERROR = 400


class Methods:
    """Stands before every other question about a request: an address answers the methods it declares, and no other."""

    def __init__(self, get_response: Handler) -> None:
        """Stand before the guard, and before forms are asked for their tokens."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Answer 405 with what the address has to any other method."""
        rule = _rule(request)
        if rule is None or rule.who(request.method or ""):
            return None
        return _no_such_method(request, rule)


class Guard:
    """The innermost middleware: it knows the view, and stands between it and everybody."""

    def __init__(self, get_response: Handler) -> None:
        """Stand before the views."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with watched() as passed, ExitStack() as walls:
            vars(request).update(_walls=walls, gates_passed=passed)
            response = self.get_response(request)
        who: Who | None = vars(request).get("_guarded_for")
        if who is None or response.status_code >= _ERROR or passed.issuperset(who.gates):
            return response
        if _asks_to_sign_in(response):
            return response
        return _deny(request, "no gate was asked")

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Turn away by what is known before the view: its address, the method, who is signed in."""
        rule = _rule(request)
        if rule is None:
            return _deny(request, "no policy for this address")
        who = rule.who(request.method or "")
        if who is None:
            return _no_such_method(request, rule)
        if (turned_away := _turned_away(request, who)) is not None:
            return turned_away
        if request.method != "OPTIONS":
            vars(request)["_guarded_for"] = who
        if who.group is Group.OFFICIAL and not who.beyond:
            walls: ExitStack = vars(request)["_walls"]
            opened = named["code"] if who.emergency else ""
            walls.enter_context(
                wall.behind(officials.the_official(request), now(), emergency=opened)
            )
        return None


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    """Tell whether an answer shows nothing but the way to sign in, as where a draft's person was signed out."""
    return response.headers.get("Location", "").startswith(f"{reverse('signing_in:choose')}?")


def _rule(request: HttpRequest) -> Rule | None:
    return POLICY.get(request.resolver_match.route if request.resolver_match else "")


def _no_such_method(request: HttpRequest, rule: Rule) -> HttpResponseBase:
    if not request.path.startswith("/api/"):
        return HttpResponseNotAllowed(rule.allowed)
    answer = problem(NotAllowed())
    answer["Allow"] = ", ".join(rule.allowed)
    return answer


def _turned_away(request: HttpRequest, who: Who) -> HttpResponseBase | None:
    """Return the way to the sign-in for whoever must sign in first."""
    if who.group is Group.OFFICIAL:
        return officials.turned_away(request)
    if who.group is Group.CITIZEN:
        return citizens.turned_away(request, who.level)
    return None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Handle 400: to a machine as a problem document, to people as a page."""
    if request.path.startswith("/api/"):
        return problem(NotUnderstood())
    return views.bad_request(request, exception)


def _deny(request: HttpRequest, why: str) -> HttpResponseBase:
    match = request.resolver_match
    log.error("denied: %s", why, extra={"route": match.route if match else "?"})
    return forbidden(request)
