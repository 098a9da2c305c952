"""“Theo dõi hồ sơ”: a dossier code, then a code sent to the phone the dossier was filed with.

Every answer is the same whether the dossier exists or not: same words, same work, same time.
"""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries as dossiers
from motcua.dossiers.rules.refusals import UnknownDossier
from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.journeys import tracking_codes
from motcua.kernel import dossier_code
from motcua.kernel.refusal import Refusal
from motcua.portal.asking_by_code import Asking
from motcua.portal.following import access
from motcua.portal.pages import code_time, show
from motcua.toolkit import networks
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text

_PURPOSE = "motcua.portal.following.asking"
MOST_ASKED = 30
MOST_TYPED = 100


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the dossier code; whoever may see that dossier already goes there at once."""
    if request.method != "POST":
        return _find(request, request.GET.get("ma", ""))
    typed = request.POST.get("ma", "")
    try:
        code = dossier_code.read(typed)
    except Refusal as refusal:
        return _find(request, typed, refusal_text(refusal))
    if _is_let_in(request, code):
        return redirect("following:tracking", code=code)
    asking = Asking(code, secrets.token_urlsafe(12))
    _send(request, asking)
    return _code_page(request, asking)


def _is_let_in(request: HttpRequest, code: str) -> bool:
    """Tell whether this person may see the dossier; the work done is the same for a foreign code."""
    try:
        access.opened(request, code)
    except UnknownDossier:
        return False
    return True


def _send(request: HttpRequest, asking: Asking) -> None:
    networks.brake_gently(request, "following:ask", MOST_ASKED)
    tracking_codes.ask(code=asking.code, reference=asking.reference)


def _find(request: HttpRequest, typed: str, error: str = "") -> HttpResponse:
    field = FieldView(
        "ma",
        "ma",
        "text",
        gettext("Mã hồ sơ"),
        hint=gettext("In trên giấy tiếp nhận và trong tin nhắn."),
        example="H24.284-261123-0001",
        value=typed,
        errors=[error] if error else [],
        attributes={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"},
    )
    context = {
        "field": field,
        "errors": error_links([field]),
        "mine": reverse("following:mine"),
        "back": reverse("portal:home"),
    }
    return show(request, "following/find", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code from the message; wrong, late and too many each say the way on."""
    asking = Asking.read(request.POST.get("phieu", ""), _PURPOSE)
    if asking is None:
        return redirect("following:find")
    if "_resend" in request.POST:
        _send(request, asking)
        return _code_page(request, asking)
    typed = request.POST.get("code", "")
    if not typed.strip():
        return _code_page(request, asking, gettext("Hãy nhập mã 6 số trong tin nhắn."))
    return _check(request, asking, typed)


def _check(request: HttpRequest, asking: Asking, typed: str) -> HttpResponse:
    networks.brake(request, "following:type", MOST_TYPED)
    try:
        tracking_codes.check(code=asking.code, reference=asking.reference, typed=typed, at=now())
        found = dossiers.row(asking.code)
    except Refusal as refusal:
        return _code_page(request, asking, refusal_text(refusal))
    answer = redirect("following:tracking", code=found.code)
    access.grant(answer, found.code)
    return answer


def _code_page(request: HttpRequest, asking: Asking, error: str = "") -> HttpResponse:
    field = FieldView(
        "code",
        "code",
        "code",
        gettext("Mã xác nhận gồm 6 chữ số"),
        errors=[error] if error else [],
    )
    wait = seconds_until_resend(purpose=tracking_codes.PURPOSE, destination=asking.code, at=now())
    context = {
        "code": asking.code,
        "ticket": asking.ticket(_PURPOSE),
        "field": field,
        "errors": error_links([field]),
        "wait": wait or FIRST_WAIT,
        **code_time(
            code_holds_until(
                purpose=tracking_codes.PURPOSE,
                destination=asking.code,
                reference=asking.reference,
                at=now(),
            )
        ),
        "action": reverse("following:code"),
        "back": reverse("following:find"),
    }
    return show(request, "following/code", context, status=422 if error else 200)


FIRST_WAIT = 30
"""Seconds before another code can be asked for, while the first one is still being made."""
