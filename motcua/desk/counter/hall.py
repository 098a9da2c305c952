"""The hall before its officials: whom to call next, who booked today, and how the hall is arranged."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import Post
from motcua.desk.counter.words import masked_phone
from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import the_official
from motcua.journeys import counter as at_counter
from motcua.journeys import visiting
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import DateValue, ErrorLink, FieldView, Option
from motcua.visits import bookings, halls, tickets
from motcua.visits.models import Booking, Closure, Hall, Ticket

FURTHEST = timedelta(days=366)
MOST_COUNTERS, LONGEST_SLOT, SHORTEST_SLOT, MOST_PLACES = 50, 120, 5, 50


def _hall(request: HttpRequest) -> Hall:
    """Return the hall of the official's counter; of several offices the one named in the address."""
    posts = at_counter.posts_at_counter(the_official(request), now())
    return halls.hall_of(_chosen(request, posts).agency)


def _chosen(request: HttpRequest, posts: list[Post]) -> Post:
    wanted = request.GET.get("co-quan", "")
    return next((post for post in posts if post.agency.code == wanted), posts[0])


@dataclass(frozen=True)
class Place:
    """Where an official sits: a counter, and the kinds of business they call; kept in the address."""

    hall: Hall
    counter: int
    kinds: tuple[str, ...]

    @property
    def address(self) -> str:
        """Return the page of this counter."""
        asked: list[tuple[str, str]] = [("co-quan", self.hall.agency.code)]
        asked += [("quay", str(self.counter))] if self.counter else []
        asked += [("viec", kind) for kind in self.kinds]
        return f"{reverse('desk:calling')}?{urlencode(asked)}"


def _place(request: HttpRequest, hall: Hall) -> Place:
    known = {one.code for one in halls.kinds()}
    kinds = tuple(kind for kind in request.GET.getlist("viec") if kind in known)
    counter = Posted(dict(request.GET.lists())).number("quay")
    return Place(hall, counter if counter <= hall.counters else 0, kinds)


@require_http_methods(["GET", "HEAD", "POST"])
def calling(request: HttpRequest) -> HttpResponse:
    """Call, call again, send on, end; show who waits."""
    place = _place(request, _hall(request))
    if request.method == "POST":
        if place.counter:
            _act(request, place)
        return redirect(place.address)
    at, hall = now(), place.hall
    present = tickets.at_counter(hall, place.counter, at) if place.counter else None
    waiting = tickets.waiting(hall, at)
    context: dict[str, Any] = {
        "place": place,
        "present": _line(present, hall) if present else None,
        "waiting": [_line(ticket, hall) for ticket in waiting],
        "choice": _choice(place),
        "others": [one for one in range(1, hall.counters + 1) if one != place.counter],
        "bookings_page": reverse("desk:visits_booked"),
        "hall_page": reverse("desk:hall"),
        **_frame(hall),
    }
    return show(request, "counter/calling", context)


def _frame(hall: Hall) -> dict[str, Any]:
    office = hall.agency.unit_name or hall.agency.name
    return {"office": office, "code": hall.agency.code, "at_counter": True, "figures": True}


def _act(request: HttpRequest, place: Place) -> None:
    at, posted = now(), request.POST
    seen = posted.get("seen", "")
    if "_next" in posted:
        tickets.call_next(
            hall=place.hall, counter=place.counter, kinds=place.kinds, seen=seen, at=at
        )
        return
    present = tickets.at_counter(place.hall, place.counter, at)
    if present is None or present.token != seen:
        return  # somebody pressed twice: whoever stands here now is not meant
    if "_again" in posted:
        tickets.recall(ticket=present, at=at)
    elif "_missed" in posted:
        tickets.missed(ticket=present, at=at)
    elif "_done" in posted:
        tickets.done(ticket=present, at=at)
    elif "_to" in posted:
        to = Posted(dict(posted.lists())).number("_to")
        tickets.send_on(ticket=present, hall=place.hall, counter=to)


@dataclass(frozen=True)
class TicketLine:
    """A number as the officials see it; `href` opens its dossier; `taken_at`: the office it is of, where that became this one."""

    number: str
    kind: str
    first: bool
    booked: datetime | None
    since: datetime
    token: str
    calls: int
    subject: str
    href: str
    taken_at: str


def _line(ticket: Ticket, hall: Hall) -> TicketLine:
    subject = ticket.subject
    return TicketLine(
        number=tickets.label(ticket),
        kind=halls.kind(ticket.kind).label(language()),
        first=ticket.first,
        booked=ticket.booking.starts_at if ticket.booking else None,
        since=ticket.issued_at,
        token=ticket.token,
        calls=ticket.calls,
        subject=subject,
        href=reverse("desk:dossier", args=[subject]) if subject else "",
        taken_at=tickets.taken_at(ticket, hall),
    )


def _choice(place: Place) -> list[FieldView]:
    """Ask where the official sits, and whom they call."""
    counters = [
        Option(str(one), gettext("Quầy {n}").format(n=one), selected=one == place.counter)
        for one in range(1, place.hall.counters + 1)
    ]
    kinds = [
        Option(one.code, one.label(language()), selected=one.code in place.kinds)
        for one in halls.kinds()
    ]
    return [
        FieldView("quay", "quay", "select", gettext("Quầy của tôi"), options=counters),
        FieldView(
            "viec", "viec", "checkboxes", gettext("Gọi việc nào (không chọn: mọi việc)"),
            options=kinds, required=False,
        ),
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def booked(request: HttpRequest) -> HttpResponse:
    """Show who booked on a day; a POST notes who came and who did not."""
    hall = _hall(request)
    day = _day(request.GET.get("ngay", "")) or halls.day_of(now())
    found = bookings.bookings_of_day(hall, day)
    if request.method == "POST":
        _note(request, found)
        return redirect(request.get_full_path())
    context = {
        "day": day,
        "before": (day - timedelta(days=1)).isoformat(),
        "after": (day + timedelta(days=1)).isoformat(),
        "lines": [_booking(one) for one in found],
        **_frame(hall),
    }
    return show(request, "counter/booked", context)


def _note(request: HttpRequest, found: list[Booking]) -> None:
    for one in found:
        if request.POST.get("_came") == str(one.pk):
            bookings.came(booking=one)
        if request.POST.get("_missed") == str(one.pk):
            bookings.missed(booking=one)


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _booking(one: Booking) -> dict[str, Any]:
    states = {
        "booked": gettext("Chưa đến"),
        "came": gettext("Đã đến"),
        "missed": gettext("Không đến"),
    }
    return {
        "id": one.pk,
        "starts_at": one.starts_at,
        "name": one.name,
        "phone": masked_phone(one.phone),
        "kind": halls.kind(one.kind).label(language()),
        "subject": one.subject,
        "href": reverse("desk:dossier", args=[one.subject]) if one.subject else "",
        "state": states[one.state],
        "open": one.state == Booking.State.BOOKED,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest) -> HttpResponse:
    """Show the addresses of kiosk and screen, and set how the hall is arranged."""
    hall, problem = _hall(request), ""
    posted = Posted(dict(request.POST.lists()))
    if request.method == "POST":
        problem = _arranged(request, hall)
        if not problem:
            return redirect(request.get_full_path())
    context = {
        "kiosk": settings.BASE_URL + reverse("portal:kiosk", args=[hall.key]),
        "screen": settings.BASE_URL + reverse("portal:hall_screen", args=[hall.key]),
        "fields": _sizes(hall, posted),
        "closures": _closures(hall),
        "day": FieldView(
            "day", "day", "date", gettext("Ngày nghỉ"), value=DateValue(*_day_parts(posted))
        ),
        "reason": FieldView(
            "reason",
            "reason",
            "text",
            gettext("Lý do"),
            value=posted.one("reason"),
            hint=gettext("Ai đã hẹn ngày ấy được nhắn lý do này và chọn giờ khác."),
            attributes={"maxlength": "100"},
        ),
        "errors": [ErrorLink(problem)] if problem else [],
        **_frame(hall),
    }
    return show(request, "counter/hall", context, status=422 if problem else 200)


def _closures(hall: Hall) -> list[tuple[Closure, int, str]]:
    """Return the days that are closed, each with how many are booked all the same, and where they stand."""
    page = f"{reverse('desk:visits_booked')}?co-quan={hall.agency.code}&ngay="
    closures = halls.closures_of(hall, halls.day_of(now()))
    booked = bookings.booked_on(hall, [one.day for one in closures])
    return [(one, booked[one.day], f"{page}{one.day.isoformat()}") for one in closures]


def _day_parts(posted: Posted) -> list[str]:
    return [posted.one(f"day__{part}") for part in ("day", "month", "year")]


def _arranged(request: HttpRequest, hall: Hall) -> str:
    """Do what the button says; return what is wrong, empty for nothing."""
    posted = Posted(dict(request.POST.lists()))
    if "_new_key" in request.POST:
        halls.replace_key(hall=hall)
    elif "_close" in request.POST:
        return _closed(posted, hall)
    elif day := _day(request.POST.get("_open", "")):
        halls.open_day(hall=hall, day=day)
    elif "_sizes" in request.POST:
        return _resized(posted, hall)
    return ""


def _closed(posted: Posted, hall: Hall) -> str:
    parts = [posted.number(f"day__{part}") for part in ("year", "month", "day")]
    try:
        day = date(*parts)
    except ValueError:
        return gettext("Hãy ghi đủ ngày, tháng, năm của ngày nghỉ.")
    first = halls.day_of(now())
    if not first <= day <= first + FURTHEST:
        return gettext("Ngày nghỉ phải từ hôm nay đến hết một năm nữa.")
    reason = posted.one("reason")
    if not reason:
        return gettext("Hãy ghi lý do nghỉ.")
    visiting.close_day(hall=hall, day=day, reason=reason, at=now())
    return ""


def _resized(posted: Posted, hall: Hall) -> str:
    sizes = halls.Sizes(*(posted.number(name) for name in ("counters", "minutes", "places")))
    sensible = (
        1 <= sizes.counters <= MOST_COUNTERS
        and SHORTEST_SLOT <= sizes.slot_minutes <= LONGEST_SLOT
        and 1 <= sizes.places <= MOST_PLACES
    )
    if not sensible:
        return gettext("Số quầy và số chỗ từ 1 đến 50; mỗi lượt từ 5 đến 120 phút.")
    halls.arrange(hall=hall, sizes=sizes)
    return ""


def _sizes(hall: Hall, posted: Posted) -> list[FieldView]:
    told = posted.one
    return [
        FieldView(
            "counters", "counters", "number", gettext("Số quầy"),
            value=told("counters") or hall.counters,
        ),
        FieldView(
            "minutes", "minutes", "number", gettext("Mỗi lượt hẹn bao nhiêu phút"),
            value=told("minutes") or hall.slot_minutes,
        ),
        FieldView(
            "places", "places", "number", gettext("Mỗi lượt nhận bao nhiêu người"),
            value=told("places") or hall.places,
        ),
    ]  # fmt: skip
