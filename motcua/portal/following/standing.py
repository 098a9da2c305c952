"""Where a dossier stands, for whoever holds its receipt: a few words, no names, for people and machines.

This page is looked up most of all – from the QR code, from every message – so it is kept lean: the
check is made before the database is asked, then one narrow query. The words are a function of what
the query tells, so a page that was set once is kept and shown again while nothing has changed.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.agencies.queries import agency as agency_of
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import Standing
from motcua.dossiers.rules.status import LegState, Status
from motcua.help.rules.opinions import Kind
from motcua.journeys.opinions import opinion_path
from motcua.journeys.tracking_address import is_check
from motcua.portal.following.doors import closed
from motcua.portal.pages import language, support_of
from motcua.procedures.queries import by_digest


@require_safe
def standing(request: HttpRequest, code: str, check: str) -> HttpResponse:
    """Show status, promised date and holder; a wrong check is answered like a code that never was."""
    found = dossiers.standing(code) if is_check(code, check) else None
    if found is None:
        return closed(request, code)
    desk = agency_of(found.agency)
    if request.headers.get("Accept", "").startswith("application/json"):
        told = _for_machines(_facts(found))
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    support = (desk.support_name, desk.support_phone, desk.support_hours)
    return HttpResponse(_page(found, language(), _Here(request.get_full_path()), support))


@dataclass(frozen=True)
class _Here:
    """All that the page asks of its request: where it stands, for the link to the other language."""

    address: str

    def get_full_path(self) -> str:
        """Return the page's own address."""
        return self.address


@lru_cache(maxsize=1024)
def _page(found: Standing, spoken: str, here: _Here, support: tuple[str, ...]) -> str:
    """Return the page; whatever may change it is an argument, the language is the active one."""
    del spoken, support
    return render_to_string("portal/following/standing.html", {**_facts(found), "request": here})


def _facts(found: Standing) -> dict[str, Any]:
    status = Status(found.status)
    desk = agency_of(found.agency)
    return {
        "code": found.code,
        "name": by_digest(found.digest).procedure.name.to(language()),
        "status": found.status,
        "status_words": gettext(status.words),
        "over": status.final,
        "holders": _holders(found, status),
        "yours": status in (Status.SUPPLEMENT, Status.FEE),
        "due": found.due_at or (found.expected_at if found.received_at is None else None),
        "received": found.received_at,
        "submitted": found.submitted_at,
        "ended": found.ended_at or found.finished_at,
        "legs": _legs(found),
        "support": support_of(desk),
        "whole": reverse("following:tracking", args=[found.code]),
        "opinion": opinion_path(Kind.ENDING, found.code) if found.ended_at else "",
    }


def _holders(found: Standing, status: Status) -> list[str]:
    if status.final:
        return []
    desk = agency_of(found.agency)
    open_legs = [leg.agency for leg in found.legs if leg.state == LegState.OPEN]
    if not open_legs or status in (Status.REGISTERED, Status.WITHDRAWING):
        yours = status in (Status.SUPPLEMENT, Status.FEE)
        return [] if yours else [desk.unit_name or desk.name]
    return [agency_of(code).name for code in dict.fromkeys(open_legs)]


def _legs(found: Standing) -> list[dict[str, str]]:
    plan = by_digest(found.digest).procedure.plan
    states = {leg.leg: leg for leg in found.legs}
    return [
        {
            "title": stage.name.to(language()),
            "who": agency_of(states[stage.id].agency).name,
            "words": gettext(LegState(states[stage.id].state).words),
            "shape": _SHAPES[LegState(states[stage.id].state)],
        }
        for stage in plan.stages
        if stage.id in states
    ]


_SHAPES = {
    LegState.WAITING: "new",
    LegState.OPEN: "running",
    LegState.SUPPLEMENT: "action",
    LegState.DONE: "done",
    LegState.REFUSED: "stopped",
    LegState.CANCELLED: "stopped",
}


def _for_machines(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the same facts as JSON, with the national portal's status number."""
    return {
        "code": facts["code"],
        "procedure": facts["name"],
        "status": {"number": facts["status"], "words": facts["status_words"]},
        "promised": facts["due"],
        "holders": facts["holders"],
        "legs": [
            {"name": leg["title"], "agency": leg["who"], "state": leg["words"]}
            for leg in facts["legs"]
        ],
    }
