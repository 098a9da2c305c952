"""“Khai tiếp”: the drafts open on this device; by its code and a one-time code, a draft begun on another.

Every answer is the same whether there is such a draft or not: same words, same work, same time.
"""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import drafts
from motcua.dossiers.models import Draft
from motcua.dossiers.rules import draft_codes
from motcua.dossiers.rules.drafts import LIVES
from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.journeys import continuing
from motcua.kernel.refusal import Refusal
from motcua.portal.asking_by_code import Asking
from motcua.portal.devices import kind_of
from motcua.portal.open_drafts import about_whom, drafts_here
from motcua.portal.pages import code_time, language, show
from motcua.procedures.queries import by_digest
from motcua.toolkit import networks
from motcua.toolkit.clock import now
from motcua.ui.draft_keys import keep_secret
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text

_PURPOSE = "motcua.portal.continuing"
MOST_ASKED = 30
MOST_TYPED = 100
FIRST_WAIT = 30
"""Seconds before another code can be asked for, while the first one is still being made."""


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """List the drafts open here and ask for the code of another; whoever may open that one goes there at once."""
    typed = request.POST.get("ma", "") or request.GET.get("ma", "")
    if request.method != "POST":
        return _find(request, typed)
    try:
        code = draft_codes.read(typed)
    except Refusal as refusal:
        return _find(request, typed, refusal_text(refusal))
    mine = next((draft for draft in drafts_here(request) if draft.code == code), None)
    if mine is not None:  # as from the message that warned of its end
        drafts.prolong(found=mine, at=now())
        return redirect("portal:overview", draft_id=mine.pk)
    asking = Asking(code, secrets.token_urlsafe(12))
    _send(request, asking)
    return _code_page(request, asking)


def _send(request: HttpRequest, asking: Asking) -> None:
    networks.brake_gently(request, "continuing:ask", MOST_ASKED)
    continuing.ask(code=asking.code, reference=asking.reference)


def _find(request: HttpRequest, typed: str, error: str = "") -> HttpResponse:
    field = FieldView(
        "ma", "ma", "text", gettext("Mã bản nháp"),
        hint=gettext("Có trong tin nhắn, và ở trang “Hồ sơ đang khai” trên máy cũ."),
        example="K7Q-DM2-XT9",
        value=typed[: 2 * draft_codes.LENGTH],
        errors=[error] if error else [],
        attributes={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip
    context = {
        "drafts": [_line(draft) for draft in drafts_here(request)],
        "field": field,
        "errors": error_links([field]),
        "mine": reverse("following:mine"),
        "back": reverse("portal:home"),
    }
    return show(request, "continue", context, status=422 if error else 200)


def _line(draft: Draft) -> dict[str, Any]:
    return {
        "name": by_digest(draft.version.digest).procedure.short.to(language()),
        "whom": about_whom(draft),
        "at": draft.updated_at,
        "until": draft.expires_at,
        "href": reverse("portal:overview", args=[draft.pk]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code from the message; wrong, late and too many each say the way on."""
    asking = Asking.read(request.POST.get("phieu", ""), _PURPOSE)
    if asking is None:
        return redirect("portal:continue")
    if "_resend" in request.POST:
        _send(request, asking)
        return _code_page(request, asking)
    typed = request.POST.get("code", "")
    if not typed.strip():
        return _code_page(request, asking, gettext("Hãy nhập mã 6 số trong tin nhắn."))
    return _check(request, asking, typed)


def _check(request: HttpRequest, asking: Asking, typed: str) -> HttpResponse:
    networks.brake(request, "continuing:type", MOST_TYPED)
    try:
        draft, secret = continuing.open_here(
            code=asking.code, reference=asking.reference, typed=typed, device=kind_of(request),
            at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _code_page(request, asking, refusal_text(refusal))
    answer = redirect("portal:overview", draft_id=draft.pk)
    keep_secret(answer, draft.pk, secret, LIVES, offered=True)
    return answer


def _code_page(request: HttpRequest, asking: Asking, error: str = "") -> HttpResponse:
    field = FieldView(
        "code", "code", "code", gettext("Mã xác nhận gồm 6 chữ số"), errors=[error] if error else []
    )
    wait = seconds_until_resend(purpose=continuing.PURPOSE, destination=asking.code, at=now())
    ends = code_holds_until(
        purpose=continuing.PURPOSE, destination=asking.code, reference=asking.reference, at=now()
    )
    context = {
        **code_time(ends),
        "code": draft_codes.show(asking.code),
        "ticket": asking.ticket(_PURPOSE),
        "field": field,
        "errors": error_links([field]),
        "wait": wait or FIRST_WAIT,
        "action": reverse("portal:continue_code"),
        "back": reverse("portal:continue"),
    }
    return show(request, "continue_code", context, status=422 if error else 200)
