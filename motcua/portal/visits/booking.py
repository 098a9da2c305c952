"""Booking a time: the office, the day and time, then – without a sign-in – name and a code to the phone."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import Agency
from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.journeys import one_time_codes, visiting
from motcua.kernel import dossier_code, names
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.portal.pages import code_time, language, show
from motcua.portal.signing_in.session import citizen_of
from motcua.portal.visits.hall import kind_options
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake_gently
from motcua.ui.fields import ErrorLink, FieldView, Option, error_links
from motcua.ui.refusals import refusal_text
from motcua.visits import bookings, halls
from motcua.visits.bookings import Slot, Visitor
from motcua.visits.models import Hall

PURPOSE = "visit"
PATIENCE = timedelta(minutes=30)
MOST_CODES = 60
_SALT = "motcua.portal.visits"


@require_safe
def choose_office(request: HttpRequest) -> HttpResponse:
    """List the offices whose times can be booked."""
    links = [
        {
            "title": office.name,
            "text": office.address,
            "href": reverse("portal:book_time", args=[office.code]),
        }
        for office in visiting.offices(now())
    ]
    return show(request, "visits/offices", {"offices": links, "back": reverse("portal:home")})


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book: carried by the form, signed, so that nothing is stored."""

    agency: str
    starts_at: str
    kind: str
    subject: str
    key: str
    name: str = ""
    phone: str = ""

    def ticket(self) -> str:
        """Return it as the form carries it."""
        return signing.dumps(list(vars(self).values()), salt=_SALT)

    @classmethod
    def read(cls, ticket: str) -> "Wish | None":
        """Return what a form carried; None when it is too old or not ours."""
        try:
            return cls(*signing.loads(ticket, salt=_SALT, max_age=PATIENCE))
        except signing.BadSignature:
            return None

    @property
    def start(self) -> datetime:
        """The time wanted."""
        return datetime.fromisoformat(self.starts_at)


def hall_at(agency: str) -> Hall:
    """Return the hall of an office that can be visited, or of what it has become."""
    office = visiting.office(agency, now())
    if office is None:
        raise Http404
    return halls.hall_of(office)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_time(request: HttpRequest, agency: str) -> HttpResponse:
    """Ask for what and when; who is signed in with a phone has the time at once."""
    hall = hall_at(agency)
    if request.method != "POST":
        return _times(request, hall)
    wish, problem = _wish(request, hall)
    if wish is None:
        return _times(request, hall, problem)
    citizen = citizen_of(request)
    if citizen is None or not citizen.phone:
        return _who(request, hall, wish)
    visitor = Visitor(citizen.full_name, citizen.phone, language(), citizen.account_id)
    try:
        return _booked(hall, wish, visitor)
    except Refusal as refusal:
        return _times(request, hall, refusal_text(refusal))


def _wish(request: HttpRequest, hall: Hall) -> tuple[Wish | None, str]:
    starts_at = start_of(request)
    if starts_at is None:
        return None, gettext("Hãy chọn một giờ.")
    code = dossier_code.normalise(request.POST.get("ho-so", "")[:60])
    subject = code if dossier_code.is_valid(code) else ""
    try:
        kind = halls.kind(request.POST.get("kind", "")).code
    except Refusal as refusal:
        return None, refusal_text(refusal)
    key = _act_key(request, starts_at)
    return Wish(hall.agency.code, starts_at.isoformat(), kind, subject, key), ""


def _act_key(request: HttpRequest, starts_at: datetime) -> str:
    """Return the key of booking this time from this form: pressed twice, it is one booking."""
    made = request.POST.get("key", "")[:40] or secrets.token_hex(16)
    return sha256(f"{made}:{starts_at.isoformat()}".encode()).hexdigest()


def start_of(request: HttpRequest) -> datetime | None:
    """Return the time that was chosen; None for none, or one that cannot be read."""
    try:
        told = datetime.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        return None
    return told if told.tzinfo else None


def _booked(hall: Hall, wish: Wish, visitor: Visitor) -> HttpResponse:
    made = visiting.book(
        hall=hall, starts_at=wish.start, kind=wish.kind, visitor=visitor, key=wish.key,
        subject=wish.subject, at=now(),
    )  # fmt: skip
    return redirect("portal:booking", token=made.token)


@dataclass(frozen=True)
class Day:
    """A day that can be booked, as a choice of times."""

    words: str
    field: FieldView


def days_of(hall: Hall, *, chosen: str = "") -> list[Day]:
    """Return the days that can be booked, each with the times that have a place left."""
    found = bookings.times_by_day(hall, now())
    free = {day: [slot for slot in times if slot.left] for day, times in found.items()}
    return [
        Day(day_words(day), _times_of(day, times, chosen)) for day, times in free.items() if times
    ]


def day_words(day: date) -> str:
    """Return a day with its weekday."""
    return date_format(day, "l, d/m/Y")


def _times_of(day: date, times: list[Slot], chosen: str) -> FieldView:
    options = [
        Option(slot.starts_at.isoformat(), f"{localtime(slot.starts_at):%H:%M}",
               selected=slot.starts_at.isoformat() == chosen)
        for slot in times
    ]  # fmt: skip
    name = f"start-{day:%Y%m%d}"
    return FieldView(name, "start", "radio", day_words(day), options=options, inline=True)


def _times(request: HttpRequest, hall: Hall, problem: str = "") -> HttpResponse:
    subject = request.GET.get("ho-so", request.POST.get("ho-so", ""))[:60]
    kind = request.POST.get("kind", "fetch" if subject else "")
    context: dict[str, Any] = {
        "office": hall.agency.unit_name or hall.agency.name,
        "kind": FieldView(
            "kind", "kind", "radio", gettext("Quý vị đến làm gì?"), options=kind_options(kind)
        ),
        "days": days_of(hall, chosen=request.POST.get("start", "")),
        "subject": subject,
        "key": request.POST.get("key") or secrets.token_hex(16),
        "mine": _mine(request, hall),
        "errors": [ErrorLink(problem)] if problem else [],
        "back": reverse("portal:book"),
    }
    status = 422 if problem else 200
    return show(request, "visits/times", context, agency=hall.agency, status=status)


def _mine(request: HttpRequest, hall: Hall) -> list[tuple[datetime, str]]:
    """Return the times that whoever is signed in has here already, each with where it is moved or cancelled."""
    citizen = citizen_of(request)
    if citizen is None:
        return []
    return [
        (one.starts_at, reverse("portal:booking", args=[one.token]))
        for one in bookings.bookings_of_account(citizen.account_id, now())
        if one.hall_id == hall.pk
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, agency: str) -> HttpResponse:
    """Take name and phone, send a code, check it, book."""
    wish = Wish.read(request.POST.get("phieu", ""))
    if wish is None or wish.agency != agency:
        return redirect("portal:book_time", agency=agency)
    hall = hall_at(agency)
    if wish.phone and "_resend" not in request.POST:
        return _with_code(request, hall, wish)
    try:
        named = wish if wish.phone else _named(request, wish)
        _send(request, named)
    except Refusal as refusal:
        return _who(request, hall, wish, refusal_text(refusal))
    return _code_page(request, hall, named)


def _named(request: HttpRequest, wish: Wish) -> Wish:
    """Return the wish with whose it is. Raises what a name or a number can be refused for."""
    name = names.read(request.POST.get("name", ""))
    phone = phones.read(request.POST.get("phone", ""))
    return Wish(**{**vars(wish), "name": str(name), "phone": phone})


def _send(request: HttpRequest, wish: Wish) -> None:
    brake_gently(request, "visit-code", MOST_CODES)
    try:
        one_time_codes.send(purpose=PURPOSE, phone=wish.phone, reference=wish.key, at=now())
    except ResendTooSoon:
        return


def _with_code(request: HttpRequest, hall: Hall, wish: Wish) -> HttpResponse:
    try:
        one_time_codes.check(
            purpose=PURPOSE, phone=wish.phone, reference=wish.key,
            code=request.POST.get("code", ""), at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        if bookings.booking_of_act(wish.key):  # the same form, sent twice
            return _booked(hall, wish, Visitor(wish.name, wish.phone, language()))
        return _code_page(request, hall, wish, refusal_text(refusal))
    try:
        return _booked(hall, wish, Visitor(wish.name, wish.phone, language()))
    except Refusal as refusal:
        return _times(request, hall, refusal_text(refusal))


def _who(request: HttpRequest, hall: Hall, wish: Wish, problem: str = "") -> HttpResponse:
    data = request.POST
    fields = [
        FieldView("name", "name", "name", gettext("Họ và tên"), value=data.get("name", "")),
        FieldView(
            "phone", "phone", "phone", gettext("Số điện thoại di động"),
            hint=gettext("Mã xác nhận và lời nhắc hẹn được gửi đến số này."),
            value=data.get("phone", ""),
        ),
    ]  # fmt: skip
    context = {
        **_about(hall, wish),
        "fields": fields,
        "errors": [ErrorLink(problem)] if problem else [],
    }
    return show(request, "visits/who", context, agency=hall.agency, status=422 if problem else 200)


def _about(hall: Hall, wish: Wish) -> dict[str, Any]:
    return {
        "office": hall.agency.unit_name or hall.agency.name,
        "when": wish.start,
        "ticket": wish.ticket(),
        "action": reverse("portal:book_confirm", args=[hall.agency.code]),
        "back": reverse("portal:book_time", args=[hall.agency.code]),
    }


def _code_page(request: HttpRequest, hall: Hall, wish: Wish, problem: str = "") -> HttpResponse:
    field = FieldView(
        "code", "code", "code", gettext("Mã xác nhận gồm 6 chữ số"),
        errors=[problem] if problem else [],
    )  # fmt: skip
    wait = seconds_until_resend(purpose=PURPOSE, destination=wish.phone, at=now())
    ends = code_holds_until(purpose=PURPOSE, destination=wish.phone, reference=wish.key, at=now())
    context = {
        **code_time(ends),
        **_about(hall, wish),
        "phone": wish.phone,
        "field": field,
        "wait": wait,
        "errors": error_links([field]),
    }
    return show(request, "visits/code", context, agency=hall.agency, status=422 if problem else 200)


def desk_of(agency: Agency) -> str:
    """Return where the times of an office's desk are booked."""
    return reverse("portal:book_time", args=[agency.code])
