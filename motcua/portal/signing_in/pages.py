"""What the pages of signing in share: their frame and how a refusal leads on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from motcua.journeys.sign_in import Arrival
from motcua.kernel.refusal import Refusal
from motcua.portal.signing_in import pending, session
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_page


def page(
    request: HttpRequest, name: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page of signing in; never kept by caches, for it speaks to one person."""
    whole = {"portal_accounts": settings.PORTAL_ACCOUNTS, **(context or {})}
    answer = render(request, f"portal/signing_in/{name}.html", whole, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def refused(request: HttpRequest, refusal: Refusal, *, next_path: str = "/") -> HttpResponse:
    """Say why it did not work, with the way back to all ways of signing in."""
    href = address("choose", next_path)
    return refusal_page(
        request, refusal, way_on={"label": gettext("Chọn cách đăng nhập"), "href": href}
    )


def welcome(request: HttpRequest, arrival: Arrival, next_path: str) -> HttpResponse:
    """Let the person in and send them on."""
    pending.forget(request)
    session.sign_in(request, arrival, now())
    return HttpResponseRedirect(next_path)


def address(name: str, next_path: str = "/", **asked: Any) -> str:
    """Return the address of a page of signing in that remembers where to go afterwards."""
    query = {**asked, **({"next": next_path} if next_path != "/" else {})}
    return reverse(f"signing_in:{name}") + (f"?{urlencode(query)}" if query else "")


def next_path(request: HttpRequest) -> str:
    """Return where to go afterwards, as the form or the address says; only within this site."""
    return session.local_path(request.POST.get("next") or request.GET.get("next"))
