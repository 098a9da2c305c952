"""The first sign-in of an official: the code of their administrator, a password, a second factor, codes on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import Invitation, Official
from motcua.agencies.passkeys import site
from motcua.agencies.rules.second_factor import address_for_app
from motcua.desk.signing_in import enrolment, questions, session
from motcua.journeys import official_access as access
from motcua.kernel.refusal import Refusal
from motcua.toolkit import networks
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text

form_page = require_http_methods(["GET", "HEAD", "POST"])
TRIES_AN_HOUR = 60
ISSUER = "Một Cửa"


@form_page
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the user name and the code that the administrator has given."""
    if request.method != "POST":
        return _begin_page(request)
    try:
        networks.brake(request, "enrol", TRIES_AN_HOUR)
        invitation = access.begin(
            username=request.POST.get("username", "").strip().lower(),
            code=request.POST.get("code", ""), at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _begin_page(request, refusal)
    enrolment.begin(request, invitation, now())
    return HttpResponseRedirect(reverse("official:first_password"))


def _begin_page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    plain = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
    fields = [
        FieldView(
            id="username", name="username", widget="text", label=gettext("Tên đăng nhập"),
            value=request.POST.get("username", ""),
            errors=[refusal_text(refusal)] if refusal else [],
            attributes={**plain, "autocomplete": "username"},
        ),
        FieldView(
            id="code", name="code", widget="text", label=gettext("Mã mời"), attributes=plain,
            hint=gettext("16 chữ và số, người quản trị của cơ quan đã đưa cho quý vị."),
        ),
    ]  # fmt: skip
    return shown(request, "begin", {"fields": fields, "errors": error_links(fields)}, refusal)


@form_page
def password(request: HttpRequest) -> HttpResponse:
    """Ask for a password: long, not well known, nothing else."""
    invitation = enrolment.invited(request, now())
    if invitation is None:
        return HttpResponseRedirect(reverse("official:begin"))
    name, told = invitation.official.username, request.POST.get("password", "")
    if request.method != "POST":
        return shown(request, "first_password", {"name": name})
    try:
        access.first_password(invitation=invitation, password=told, at=now())
    except Refusal as refusal:
        wrong = {"name": name, "wrong": refusal_text(refusal)}
        return shown(request, "first_password", wrong, refusal)
    enrolment.password_set(request)
    return HttpResponseRedirect(reverse("official:first_factor"))


@form_page
def factor(request: HttpRequest) -> HttpResponse:
    """Ask for a second factor, a passkey or an app; with it the official is in, and sees the codes on paper once."""
    invitation = enrolment.begun(request, now())
    if invitation is None:
        return HttpResponseRedirect(session.HOME)
    official = invitation.official
    if request.method != "POST":
        return factor_page(request, official, "first_factor")
    try:
        networks.brake(request, "enrol-factor", TRIES_AN_HOUR)
        codes = _added(request, invitation)
    except Refusal as refusal:
        return factor_page(request, official, "first_factor", refusal)
    enrolment.end(request)
    session.sign_in(request, official, now())
    return shown(request, "paper_codes", {"codes": codes, "onward": session.HOME})


def _added(request: HttpRequest, invitation: Invitation) -> list[str]:
    if "_passkey" in request.POST:
        return access.first_key(
            invitation=invitation, answer=request.POST["_passkey"],
            challenge=questions.answered(request, "new"), name=request.POST.get("name", ""),
            at=now(),
        )  # fmt: skip
    return access.first_app(
        invitation=invitation, secret=enrolment.offered_secret(request),
        code=request.POST.get("code", ""), at=now(),
    )  # fmt: skip


def factor_page(
    request: HttpRequest, official: Official, name: str, refusal: Refusal | None = None
) -> HttpResponse:
    """Return the page that offers both kinds of second factor."""
    secret = enrolment.offered_secret(request)
    errors = [refusal_text(refusal)] if refusal else []
    field = FieldView(
        id="code", name="code", widget="code", errors=errors,
        label=gettext("Mã 6 số đang hiện trong ứng dụng"),
    )  # fmt: skip
    context = {
        "field": field,
        "errors": error_links([field]),
        "address": address_for_app(secret, username=official.username, issuer=ISSUER),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "keys": site() is not None,
    }
    return shown(request, name, context, refusal)


def shown(
    request: HttpRequest, name: str, context: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    """Render a page of coming in; none of them is kept anywhere."""
    status = refusal.status if refusal else 200
    answer = render(request, f"desk/signing_in/{name}.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
