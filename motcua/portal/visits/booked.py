"""A booked time on its own page: seen, moved, cancelled by whoever holds its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.journeys import visiting
from motcua.kernel.refusal import Refusal
from motcua.portal.pages import language, show
from motcua.portal.visits.booking import days_of, start_of
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink
from motcua.ui.refusals import refusal_text
from motcua.visits import bookings, halls
from motcua.visits.models import Booking


@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest, token: str) -> HttpResponse:
    """Show a booked time; a POST cancels it."""
    found = bookings.booking_by_token(token)
    if request.method == "POST":
        bookings.cancel(booking=found, at=now())
        return redirect(request.path)
    office = found.hall.agency
    context = {
        "booking": found,
        "office": office.unit_name or office.name,
        "address": office.address,
        "kind": halls.kind(found.kind).label(language()),
        "open": found.state == Booking.State.BOOKED and found.starts_at > now(),
        "words": _state_words(found),
        "closed": halls.is_closed(found.hall, found.day),
        "move": reverse("portal:booking_move", args=[token]),
        "again": reverse("portal:book_time", args=[office.code]),
    }
    return show(request, "visits/booking", context, agency=office)


def _state_words(found: Booking) -> str:
    return {
        "booked": gettext("Đã hẹn giờ"),
        "came": gettext("Quý vị đã đến"),
        "cancelled": gettext("Lịch hẹn đã hủy"),
        "missed": gettext("Lịch hẹn đã qua"),
    }[found.state]


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Choose another time."""
    found = bookings.booking_by_token(token)
    problem = ""
    if request.method == "POST":
        to = start_of(request)
        try:
            if to is not None:
                visiting.move(booking=found, to=to, at=now())
                return redirect("portal:booking", token=token)
            problem = gettext("Hãy chọn một giờ.")
        except Refusal as refusal:
            problem = refusal_text(refusal)
    context = {
        "booking": found,
        "days": days_of(found.hall),
        "errors": [ErrorLink(problem)] if problem else [],
        "back": reverse("portal:booking", args=[token]),
    }
    status = 422 if problem else 200
    return show(request, "visits/move", context, agency=found.hall.agency, status=status)
