"""Signing in by VNeID: away to the provider and back."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.identity import provider_state, queries
from motcua.identity.rules.refusals import ProviderSilent, SignInLost
from motcua.journeys import own_ways
from motcua.journeys import sign_in as journey
from motcua.kernel.refusal import Refusal
from motcua.portal.signing_in import pending
from motcua.portal.signing_in.pages import address, next_path, page, refused, welcome
from motcua.portal.signing_in.session import (
    PHONE,
    account_link,
    citizen_of,
    local_path,
    the_citizen,
)
from motcua.portal.signing_in.views import LEVELS, rows_of
from motcua.toolkit.clock import now

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def depart(request: HttpRequest) -> HttpResponse:
    """Send the browser to VNeID; a GET (a link, a bookmark) shows the button first."""
    if request.method != "POST":
        context = {"next": next_path(request), "level": request.GET.get("level", "")}
        return page(request, "vneid", context)
    at, level = now(), LEVELS.get(request.POST.get("level", ""), 1)
    try:
        departure = journey.depart_to_vneid(return_to=_return_to(request), level=level, at=at)
    except ProviderSilent as refusal:
        return _down(request, refusal, next_path(request), level)
    except Refusal as refusal:
        return _refused(request, refusal, next_path(request))
    gone = pending.Gone(
        departure=departure, next=next_path(request), level=level, joins=_joins(request)
    )
    pending.keep_departure(request, gone, at)
    return HttpResponseRedirect(departure.address)


@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    """Take in who comes back from VNeID."""
    at = now()
    gone = pending.take_departure(request, request.GET.get("state", ""), at)
    if gone is None:
        return _lost(request)
    try:
        arrival = journey.arrive_from_vneid(
            departure=gone.departure,
            answer=request.GET.dict(),
            return_to=_return_to(request),
            level=gone.level,
            at=at,
        )
        _join(request, gone, arrival)
    except ProviderSilent as refusal:
        return _down(request, refusal, gone.next, gone.level)
    except Refusal as refusal:
        return _refused(request, refusal, gone.next)
    onward = address("vneid_shared", gone.next) if arrival.is_new else gone.next
    return welcome(request, arrival, onward)


def _joins(request: HttpRequest) -> int:
    """Return the phone's account that is to be joined: that of whoever is in by it and asked for it."""
    citizen = citizen_of(request) if "join" in request.POST else None
    return citizen.account_id if citizen and citizen.kind == PHONE else 0


def _join(request: HttpRequest, gone: pending.Gone, arrival: journey.Arrival) -> None:
    """Join the phone's account, where its holder is still in by it. Raises AnotherPerson."""
    citizen = citizen_of(request) if gone.joins else None
    if citizen and citizen.account_id == gone.joins:
        own_ways.join_vneid(phone_account=gone.joins, vneid_account=arrival.account_id, at=now())


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Show what VNeID shared, the first time."""
    citizen = the_citizen(request)
    context = {
        "account": account_link(request),
        "rows": rows_of(queries.person(citizen.person_id)),
        "next": local_path(request.GET.get("next")),
        "level": citizen.level,
    }
    return page(request, "shared", context)


def _lost(request: HttpRequest) -> HttpResponse:
    """Answer a return nobody waits for: the back key of somebody who is in, or a stranger's link."""
    if citizen_of(request):
        return HttpResponseRedirect("/")
    return refused(request, SignInLost())


def _down(request: HttpRequest, refusal: Refusal, onward: str, level: int) -> HttpResponse:
    """Say that VNeID does not answer, since when, and what can be done meanwhile."""
    logger.warning("vneid: %s %s", refusal.code, refusal.data.get("reason", ""))
    known = provider_state.believed(now())
    context = {
        "account": account_link(request),
        "since": known.down_since if known else None,
        "next": onward,
        "choose": address("choose", onward),
        "phone": address("phone", onward),
        "level": level if level > 1 else "",
        "by_phone": settings.PORTAL_ACCOUNTS and level <= 1 and citizen_of(request) is None,
    }
    return page(request, "down", context, status=refusal.status)


def _refused(request: HttpRequest, refusal: Refusal, onward: str) -> HttpResponse:
    # The reason is the provider's word or the name of a check, never a person's data.
    logger.warning("vneid: %s %s", refusal.code, refusal.data.get("reason", ""))
    return refused(request, refusal, next_path=onward)


def _return_to(request: HttpRequest) -> str:
    """Return our address for the way back, on the host whose cookie this browser holds."""
    scheme = settings.BASE_URL.partition(":")[0]
    return f"{scheme}://{request.get_host()}{reverse('signing_in:vneid_return')}"
