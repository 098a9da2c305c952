"""What a person may know and do about their own data, on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.dossiers.readings import latest_readings
from motcua.journeys import copying
from motcua.journeys.data_requests import kind_words, outcome_words
from motcua.portal.following.readers import reading_words
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import the_citizen
from motcua.privacy import copies, requests
from motcua.privacy.models import Request
from motcua.toolkit.clock import now

MOST_READINGS = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show who saw what lately, what was asked, and the ways to ask and to take a copy away."""
    citizen = the_citizen(request)
    seen = latest_readings(citizen.accounts, MOST_READINGS)
    context = {
        "back": reverse("signing_in:account"),
        "readings": [
            {"code": one.dossier.code, "line": reading_words(one, language())} for one in seen
        ],
        "requests": [request_line(one) for one in requests.requests_of(citizen.accounts)],
        "copy": copies.latest(citizen.accounts, now()) if _strong(citizen.level) else None,
        "strong": _strong(citizen.level),
    }
    return show(request, "data/home", context)


def _strong(level: int) -> bool:
    return level >= copying.LEVEL


def request_line(one: Request) -> dict[str, Any]:
    """Return a request as lists show it."""
    open_ = not one.outcome
    shape = "running" if open_ else "done"
    return {
        "number": one.number,
        "kind": kind_words(one.kind),
        "agency": one.agency.name,
        "state": (outcome_words(one.outcome), "stopped" if open_ and one.due_at < now() else shape),
        "due": one.due_at if open_ else None,
        "href": reverse("portal:data_request", args=[one.pk]),
    }
