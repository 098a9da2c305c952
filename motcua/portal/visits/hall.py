"""In the hall: the kiosk that gives out numbers, the screen that calls them, the turn on one's own telephone.

Kiosk and screen stand under a key made for the office, so that strangers cannot drain the numbers.
"""

import re
import secrets
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.journeys import visiting
from motcua.kernel.refusal import Refusal
from motcua.portal.pages import language, show
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake
from motcua.ui.fields import ErrorLink, FieldView, Option
from motcua.ui.refusals import refusal_text
from motcua.visits import halls, tickets
from motcua.visits.models import Hall, Ticket

KIOSK = "may"
"""In the address of a slip: the kiosk that shows it, so that it goes on to whoever comes next."""
_A_KEY = re.compile(r"[\w-]{1,32}", re.ASCII)
MOST_NUMBERS = 1500
"""Numbers an hour from one network: the hall's own tablet."""


@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, key: str) -> HttpResponse:
    """Offer the kinds of business as big buttons; a press gives the next number."""
    hall = halls.hall_by_key(key, now())
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            taken = reverse("portal:turn", args=[_taken(request, hall).token])
            return redirect(f"{taken}?{urlencode({KIOSK: key})}")
        except Refusal as refusal:
            problem = refusal
    return _kiosk(request, hall, problem)


def _taken(request: HttpRequest, hall: Hall) -> Ticket:
    brake(request, "kiosk", MOST_NUMBERS)
    posted, at = request.POST, now()
    if "_booked" in posted:
        return visiting.check_in(hall=hall, pin=posted.get("pin", ""), at=at)
    return visiting.take_number(
        hall=hall, kind=posted.get("kind", ""), first="first" in posted,
        code=posted.get("code", "")[:60], key=f"{hall.pk}:{posted.get('key', '')[:40]}", at=at,
    )  # fmt: skip


def _kiosk(request: HttpRequest, hall: Hall, problem: Refusal | None) -> HttpResponse:
    spoken, at = language(), now()
    context: dict[str, Any] = {
        "office": hall.agency.unit_name or hall.agency.name,
        "kinds": [(one.code, one.label(spoken)) for one in halls.kinds()],
        "key": secrets.token_hex(16),
        "turn": tickets.turn_of_next(hall, at),
        "pin": FieldView(
            "pin", "pin", "text", gettext("Mã hẹn gồm 6 chữ số"),
            attributes={"inputmode": "numeric", "maxlength": "6", "autocomplete": "off"},
        ),
        "code": FieldView(
            "code", "code", "text", gettext("Mã hồ sơ, nếu có"), required=False,
            hint=gettext("Để cán bộ mở sẵn hồ sơ khi gọi."),
            attributes={"autocapitalize": "characters", "autocomplete": "off", "maxlength": "60"},
        ),
        "errors": [ErrorLink(refusal_text(problem))] if problem else [],
        "account": None,
    }  # fmt: skip
    return show(request, "visits/kiosk", context, status=problem.status if problem else 200)


@require_safe
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """Show who is called where, and ask anew every few seconds; with scripts the browser says it."""
    at = now()
    hall = halls.hall_by_key(key, at)
    called = [_call(ticket, hall) for ticket in tickets.called_now(hall, at)]
    context = {
        "office": hall.agency.unit_name or hall.agency.name,
        "calls": called,
        "waiting": len(tickets.waiting(hall, at)),
        "account": None,
    }
    return show(request, "visits/screen", context)


def _call(ticket: Ticket, hall: Hall) -> dict[str, Any]:
    number, taken_at = tickets.label(ticket), tickets.taken_at(ticket, hall)
    words = (
        gettext("Mời số {number}, lấy tại {office}, đến quầy {counter}")
        if taken_at
        else gettext("Mời số {number} đến quầy {counter}")
    )
    said = words.format(number=" ".join(number), counter=ticket.counter, office=taken_at)
    return {"number": number, "counter": ticket.counter, "said": said, "taken_at": taken_at,
            "nth": f"{ticket.pk}-{ticket.calls}"}  # fmt: skip


@require_safe
def turn(request: HttpRequest, token: str) -> HttpResponse:
    """Show a number and how far its turn is: printed as a slip, followed on a telephone."""
    ticket = tickets.ticket_by_token(token)
    waits = ticket.state == Ticket.State.WAITING
    hall = halls.goes_on(ticket.hall, ticket.day)
    context: dict[str, Any] = {
        "kiosk": _kiosk_of(request),
        "number": tickets.label(ticket),
        "kind": halls.kind(ticket.kind).label(language()),
        "first": ticket.first,
        "counter": ticket.counter,
        "state": ticket.state,
        "waits": waits,
        "turn": tickets.turn_of(ticket) if waits else None,
        "issued_at": ticket.issued_at,
        "address": visiting.turn_url(ticket),
        "office": hall.agency.unit_name or hall.agency.name,
        "taken_at": tickets.taken_at(ticket, hall),
        "agency": hall.agency.name,
        "place": hall.agency.address,
        "account": None,
    }
    return show(request, "visits/turn", context)


def _kiosk_of(request: HttpRequest) -> str:
    """Return where the next person takes a number, when this page stands on the kiosk itself; else nothing."""
    key = request.GET.get(KIOSK, "")
    return reverse("portal:kiosk", args=[key]) if _A_KEY.fullmatch(key) else ""


def kind_options(chosen: str) -> list[Option]:
    """Return what people come for, as options."""
    return [
        Option(one.code, one.label(language()), selected=one.code == chosen)
        for one in halls.kinds()
    ]
