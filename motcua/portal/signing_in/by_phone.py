"""The portal account: citizen → mobile number → details → code (domain §12 R19), and coming back.

The words are the same whether a number is known here or not; only its holder, by the code, learns it.
"""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.identity.rules.refusals import (
    AccountsClosed,
    BirthDateWrong,
    CodeUsedBefore,
    ResendTooSoon,
    SignInLost,
)
from motcua.journeys import own_ways
from motcua.journeys import sign_in as journey
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.portal.pages import code_time
from motcua.portal.signing_in import pending
from motcua.portal.signing_in.forms import (
    Form,
    birth_date_form,
    code_form,
    details_form,
    phone_form,
)
from motcua.portal.signing_in.pages import address, next_path, page, refused, welcome
from motcua.toolkit import networks
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

MOST_SENT = 30
MOST_TYPED = 200

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Ask who registers: a citizen, or an organisation, which signs in by VNeID."""
    return _open_page(request, "register")


@require_safe
def register_citizen(request: HttpRequest) -> HttpResponse:
    """Ask by what a citizen registers: a mobile number, or nothing at all with VNeID."""
    return _open_page(request, "register_citizen")


def _open_page(request: HttpRequest, name: str) -> HttpResponse:
    if not settings.PORTAL_ACCOUNTS:
        return refused(request, AccountsClosed())
    return page(request, name, {"next": next_path(request)})


@form_page
def sign_in_number(request: HttpRequest) -> HttpResponse:
    """Ask for the number of somebody who has an account, and send the code."""
    return _number(request, registering=False)


@form_page
def register_number(request: HttpRequest) -> HttpResponse:
    """Ask for the number of somebody who registers; the details come next."""
    return _number(request, registering=True)


def _number(request: HttpRequest, *, registering: bool) -> HttpResponse:
    if not settings.PORTAL_ACCOUNTS:
        return refused(request, AccountsClosed())
    form = phone_form(request.POST if request.method == "POST" else None)
    if form.value is None:
        return _form_page(request, "phone", form, {"registering": registering})
    sign_in = _same_or_new(request, form.value, registering=registering)
    pending.keep(request, sign_in)
    if registering:
        return HttpResponseRedirect(reverse("signing_in:details"))
    return _send(request, sign_in)


def _same_or_new(request: HttpRequest, phone: str, *, registering: bool) -> pending.ByPhone:
    """Return the sign-in under way for this number, so that its code stays good; else a new one."""
    at = now()
    known = pending.by_phone(request, at)
    onward = next_path(request)
    if known and known.phone == phone and not known.proved:
        return replace(known, registering=registering, next=onward)
    return pending.begin_by_phone(phone, next_path=onward, registering=registering, at=at)


def _send(request: HttpRequest, sign_in: pending.ByPhone) -> HttpResponse:
    """Send a code and go to where it is typed; too soon for another one leads there as well."""
    at = now()
    try:
        networks.brake_gently(request, "signing-in:send", MOST_SENT)
        journey.send_code(phone=sign_in.phone, reference=sign_in.reference, at=at)
    except ResendTooSoon as refusal:
        return _code_page(request, sign_in, notice=refusal_text(refusal), status=refusal.status)
    except Refusal as refusal:
        return refused(request, refusal, next_path=sign_in.next)
    return HttpResponseRedirect(reverse("signing_in:code"))


@form_page
def details(request: HttpRequest) -> HttpResponse:
    """Ask who the person is: before the code, or after it for a number without an account."""
    sign_in = pending.by_phone(request, now())
    if sign_in is None or sign_in.silent or not (sign_in.registering or sign_in.proved):
        return refused(request, SignInLost())
    form = details_form(request.POST if request.method == "POST" else None, today=localdate(now()))
    if form.value is None:
        return _form_page(request, "details", form, {"proved": sign_in.proved})
    if sign_in.proved:
        arrival = journey.open_account(phone=sign_in.phone, details=form.value, at=now())
        return welcome(request, arrival, sign_in.next)
    sign_in = sign_in.with_details(form.value)
    pending.keep(request, sign_in)
    return _send(request, sign_in)


@form_page
def code(request: HttpRequest) -> HttpResponse:
    """Take the code; wrong, late and too many each say the way on."""
    sign_in = pending.by_phone(request, now())
    if sign_in is None:
        # Who is in already (a double click, the back key) is sent on from there.
        return HttpResponseRedirect(address("choose", next_path(request)))
    if sign_in.proved:
        return _ask_on(sign_in)
    if request.method != "POST":
        return _code_page(request, sign_in)
    if "_resend" in request.POST:
        return _send(request, sign_in)
    return _check(request, sign_in)


def _check(request: HttpRequest, sign_in: pending.ByPhone) -> HttpResponse:
    typed = request.POST.get("code", "")
    if not typed.strip():
        return _code_page(request, sign_in, error=gettext("Hãy nhập mã 6 số trong tin nhắn."))
    try:
        networks.brake(request, "signing-in:check", MOST_TYPED)
        arrival = journey.arrive_by_phone(
            phone=sign_in.phone,
            reference=sign_in.reference,
            code=typed,
            details=sign_in.person,
            at=now(),
        )
    except CodeUsedBefore:
        return HttpResponseRedirect(address("choose", sign_in.next))
    except Refusal as refusal:
        return _code_page(request, sign_in, error=refusal_text(refusal), status=refusal.status)
    if isinstance(arrival, journey.Missing):
        proved = sign_in.with_proof(silent=arrival is journey.Missing.HOLDER)
        pending.keep(request, proved)
        return _ask_on(proved)
    return welcome(request, arrival, sign_in.next)


def _ask_on(sign_in: pending.ByPhone) -> HttpResponse:
    """Lead to what is still to be told after the code."""
    return HttpResponseRedirect(
        reverse("signing_in:holder" if sign_in.silent else "signing_in:details")
    )


@form_page
def holder(request: HttpRequest) -> HttpResponse:
    """Ask whoever holds a number that fell silent for the birth date of its account, or let them begin anew."""
    sign_in = pending.by_phone(request, now())
    if sign_in is None or not sign_in.silent:
        return refused(request, SignInLost())
    if "_new" in request.POST:
        own_ways.begin_anew(phone=sign_in.phone, at=now())
        pending.keep(request, sign_in.with_proof())
        return HttpResponseRedirect(reverse("signing_in:details"))
    posted = request.POST if request.method == "POST" else None
    form = birth_date_form(posted, today=localdate(now()))
    if form.value is None:
        return _form_page(request, "holder", form, {})
    try:
        arrival = journey.arrive_as_holder(phone=sign_in.phone, birth_date=form.value, at=now())
    except BirthDateWrong as refusal:
        form = birth_date_form(posted, today=localdate(now()), error=refusal_text(refusal))
        return _form_page(request, "holder", form, {}, status=refusal.status)
    return welcome(request, arrival, sign_in.next)


def _code_page(
    request: HttpRequest,
    sign_in: pending.ByPhone,
    *,
    error: str = "",
    notice: str = "",
    status: int = 0,
) -> HttpResponse:
    seconds = seconds_until_resend(purpose=journey.PURPOSE, destination=sign_in.phone, at=now())
    context = {
        "phone": phones.mask(phones.Phone(sign_in.phone)),
        "seconds": seconds,
        "notice": notice,
        "registering": sign_in.registering,
        **code_time(
            code_holds_until(
                purpose=journey.PURPOSE,
                destination=sign_in.phone,
                reference=sign_in.reference,
                at=now(),
            )
        ),
        "here": reverse("signing_in:code"),  # the page also answers to whoever asks too soon
        "change": address("register_number" if sign_in.registering else "phone", sign_in.next),
    }
    return _form_page(request, "code", code_form(error=error), context, status=status)


def _form_page(
    request: HttpRequest, name: str, form: Form[object], context: dict[str, object], status: int = 0
) -> HttpResponse:
    """Show a form, with 422 when something in it is wrong."""
    errors = form.errors
    whole = {"fields": form.fields, "errors": errors, "next": next_path(request), **context}
    return page(request, name, whole, status=status or (422 if errors else 200))
