"""Officials sign in with a password and the six digits of their app, or with a passkey."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import Official
from motcua.agencies.passkeys import site
from motcua.desk.signing_in import questions, session
from motcua.desk.signing_in.browsers import browser_of
from motcua.journeys import counter
from motcua.journeys import official_sign_in as journey
from motcua.kernel.refusal import Refusal
from motcua.toolkit import networks
from motcua.toolkit.clock import now
from motcua.toolkit.sessions import clear_browser
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text

form_page = require_http_methods(["GET", "HEAD", "POST"])
DEVICE = "motcua-can-bo-may"
"""The cookie of a trusted browser."""
TRIES_AN_HOUR = 300  # of one address: a whole office may share it


@form_page
def password(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, or let somebody in by a passkey alone."""
    onward = session.desk_path(request.POST.get("next") or request.GET.get("next"))
    if session.official_of(request):
        return HttpResponseRedirect(onward)
    if request.method != "POST":
        return _password_page(request, onward)
    try:
        _brake(request)
        return _first_step(request, onward)
    except Refusal as refusal:
        return _password_page(request, onward, refusal)


def _first_step(request: HttpRequest, onward: str) -> HttpResponse:
    at = now()
    if "_passkey" in request.POST:
        challenge = questions.answered(request, "in")
        official = journey.by_passkey(answer=request.POST["_passkey"], challenge=challenge, at=at)
        session.sign_in(request, official, at)
        return HttpResponseRedirect(onward)
    official = journey.first_step(
        username=request.POST.get("username", "").strip(),
        password=request.POST.get("password", ""), at=at,
    )  # fmt: skip
    if journey.needs_no_code(official=official, token=_token(request), at=at):
        session.sign_in(request, official, at, proven=False)
        return HttpResponseRedirect(onward)
    session.go_half_way(request, official, onward, at)
    return HttpResponseRedirect(reverse("official:second_factor"))


@form_page
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the six digits, or a code on paper."""
    found = session.half_way(request, now())
    if found is None:
        # In already (a double click), or too slow: the first page knows which.
        return HttpResponseRedirect(reverse("official:password"))
    on_paper = "giay" in request.GET
    if request.method != "POST":
        return _code_page(request, on_paper=on_paper)
    official, onward = found
    try:
        _brake(request)
        official = journey.second_step_either(
            official=official, code=request.POST.get("code", ""), at=now()
        )
    except Refusal as refusal:
        return _code_page(request, refusal, on_paper=on_paper)
    session.sign_in(request, official, now())
    answer = HttpResponseRedirect(onward)
    if request.POST.get("trust") and settings.TRUSTED_DEVICE_DAYS:
        _trust(request, answer, official)
    return answer


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(DEVICE, "")


def _trust(request: HttpRequest, answer: HttpResponse, official: Official) -> None:
    token = journey.trust(official=official, browser=browser_of(request), at=now())
    answer.set_cookie(
        DEVICE, token, max_age=settings.TRUSTED_DEVICE_DAYS * 86400, path=session.HOME,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
    )  # fmt: skip


@form_page
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; a GET only asks."""
    if request.method != "POST":
        return _page(request, "sign_out", {})
    leaving = session.official_of(request) or session.behind_lock(request)
    if leaving is not None:
        counter.lock_away(official=leaving)
    session.sign_out(request)
    answer = HttpResponseRedirect(f"{reverse('official:password')}?{urlencode({'left': 1})}")
    clear_browser(answer)
    return answer


def _brake(request: HttpRequest) -> None:
    networks.brake(request, "official", TRIES_AN_HOUR)


def _password_page(
    request: HttpRequest, onward: str, refusal: Refusal | None = None
) -> HttpResponse:
    errors = [refusal_text(refusal)] if refusal else []
    fields = [
        FieldView(
            id="username",
            name="username",
            widget="text",
            label=gettext("Tên đăng nhập"),
            value=request.POST.get("username", ""),
            errors=errors,
            attributes={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            },
        ),
    ]
    context = {
        "fields": fields,
        "next": onward,
        "left": "left" in request.GET,
        "keys": site() is not None,
    }
    return _page(request, "password", context, refusal)


def _code_page(
    request: HttpRequest, refusal: Refusal | None = None, *, on_paper: bool = False
) -> HttpResponse:
    label = gettext("Mã dự phòng") if on_paper else gettext("Mã 6 số trong ứng dụng xác thực")
    view = FieldView(
        id="code",
        name="code",
        widget="text" if on_paper else "code",
        label=label,
        errors=[refusal_text(refusal)] if refusal else [],
        attributes={"autocomplete": "off", "spellcheck": "false"} if on_paper else {},
    )
    context = {"fields": [view], "on_paper": on_paper, "days": settings.TRUSTED_DEVICE_DAYS}
    return _page(request, "second_factor", context, refusal)


def _page(
    request: HttpRequest, name: str, context: dict[str, object], refusal: Refusal | None = None
) -> HttpResponse:
    fields = context.get("fields", [])
    whole = {**context, "errors": error_links(fields)}  # type: ignore[arg-type]
    status = refusal.status if refusal else 200
    answer = render(request, f"desk/signing_in/{name}.html", whole, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
