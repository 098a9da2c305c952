"""“Tôi giúp người khác”: code, who you are, a code to your own phone, and in; out by a press of either."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.help import codes
from motcua.help.codes import Helper
from motcua.help.models import Helping, Invitation
from motcua.help.rules.helping import CODE_DIGITS, WHO_WORDS, Who, tidy_code
from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.journeys import helping
from motcua.kernel import names
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.portal.helping import present
from motcua.portal.pages import code_time, show
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake, brake_gently
from motcua.ui.fields import ErrorLink, FieldView, Option, error_links
from motcua.ui.refusals import refusal_text

MOST_TRIES = 20
"""Codes one network may try in an hour; a hall of people shares one, and each tries once or twice."""
MOST_SMS = 20
PATIENCE = timedelta(minutes=30)
_SALT = "motcua.portal.helping"


@dataclass(frozen=True)
class Coming:
    """Somebody on their way in: carried by the form, signed, so that nothing is stored before they are in."""

    invitation: str
    name: str = ""
    phone: str = ""
    who: str = Who.FAMILY

    def ticket(self) -> str:
        """Return it as the form carries it."""
        return signing.dumps(list(vars(self).values()), salt=_SALT)

    @classmethod
    def read(cls, ticket: str) -> "Coming | None":
        """Return what a form carried; None when it is too old or not ours."""
        try:
            return cls(*signing.loads(ticket, salt=_SALT, max_age=PATIENCE))
        except signing.BadSignature:
            return None

    @property
    def helper(self) -> Helper:
        """Who comes, once they have said so."""
        return Helper(self.name, self.phone, Who(self.who))


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code, then for who comes with it."""
    typed = request.POST.get("code", request.GET.get("ma", ""))[:20]
    if request.method != "POST":
        return _code_page(request, typed)
    try:
        if len(tidy_code(typed)) == CODE_DIGITS:
            brake(request, "help-code", MOST_TRIES)
        found = helping.find(typed=typed, at=now())
    except Refusal as refusal:
        return _code_page(request, typed, refusal)
    return _who_page(request, Coming(found.pk.hex))


def _code_page(request: HttpRequest, typed: str, wrong: Refusal | None = None) -> HttpResponse:
    field = FieldView(
        "code", "code", "text", gettext("Mã giúp gồm 8 chữ số"), value=typed,
        hint=gettext("Người nhờ quý vị thấy mã này trên điện thoại của họ, dưới nút “Nhờ người giúp”."),
        errors=[refusal_text(wrong)] if wrong else [],
        attributes={"inputmode": "numeric", "autocomplete": "off", "maxlength": 20},
    )  # fmt: skip
    context = {"field": field, "errors": error_links([field]), "back": reverse("portal:home")}
    return show(request, "helping/code", context, status=wrong.status if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Take name, phone and role, send a code to that phone, check it, let them in."""
    coming = Coming.read(request.POST.get("phieu", ""))
    if coming is None:
        return redirect("portal:help")
    if coming.phone and "_resend" not in request.POST:
        return _with_code(request, coming)
    try:
        named = coming if coming.phone else _named(request, coming)
        _send(request, named)
    except Refusal as refusal:
        return _who_page(request, coming, refusal)
    return _proof_page(request, named)


def _named(request: HttpRequest, coming: Coming) -> Coming:
    """Return who comes, as they said. Raises what a name or a number can be refused for."""
    told = request.POST.get("who", "")
    return replace(
        coming,
        name=str(names.read(request.POST.get("name", ""))),
        phone=phones.read(request.POST.get("phone", "")),
        who=told if told in set(Who) else Who.FAMILY,
    )


def _send(request: HttpRequest, coming: Coming) -> None:
    brake_gently(request, "help-sms", MOST_SMS)
    at = now()
    invitation = codes.invitation_by_id(UUID(hex=coming.invitation), at)
    try:
        helping.send_code(invitation=invitation, helper=coming.helper, at=at)
    except ResendTooSoon:
        return


def _with_code(request: HttpRequest, coming: Coming) -> HttpResponse:
    try:
        made, secret = helping.enter(
            invitation_id=UUID(hex=coming.invitation), helper=coming.helper,
            code=request.POST.get("code", ""), at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _proof_page(request, coming, refusal)
    draft_id = UUID(made.subject.partition(":")[2])
    answer = redirect("portal:overview", draft_id=draft_id)
    present.let_in(answer, draft_id, made, secret)
    return answer


def _who_page(request: HttpRequest, coming: Coming, wrong: Refusal | None = None) -> HttpResponse:
    data = request.POST
    chosen = data.get("who", Who.FAMILY)
    said, box = [refusal_text(wrong)] if wrong else [], _box_of(request, wrong)
    words = [(one, gettext(WHO_WORDS[one])) for one in Who]
    fields = [
        FieldView("name", "name", "name", gettext("Họ và tên của quý vị"), value=data.get("name", ""), errors=said if box == "name" else []),
        FieldView(
            "phone", "phone", "phone", gettext("Số điện thoại di động của quý vị"),
            hint=gettext("Mã xác nhận gửi đến số này. Người nhờ thấy tên của quý vị, không thấy số."),
            value=data.get("phone", ""), errors=said if box == "phone" else [],
        ),
        FieldView(
            "who", "who", "radio", gettext("Quý vị là"),
            options=[Option(one, text[:1].upper() + text[1:], selected=one == chosen) for one, text in words],
        ),
    ]  # fmt: skip
    context = {
        **_carried(coming),
        "fields": fields,
        "errors": error_links(fields) or [ErrorLink(text) for text in said],
    }
    return show(request, "helping/who", context, status=wrong.status if wrong else 200)


def _box_of(request: HttpRequest, wrong: Refusal | None) -> str:
    """Return the box whose words were refused; empty when the refusal is about none of them."""
    for box, read in (("name", names.read), ("phone", phones.read)) if wrong else ():
        try:
            read(request.POST.get(box, ""))
        except Refusal:
            return box
    return ""


def _carried(coming: Coming) -> dict[str, Any]:
    return {
        "ticket": coming.ticket(),
        "action": reverse("portal:help_who"),
        "back": reverse("portal:help"),
    }


def _proof_page(request: HttpRequest, coming: Coming, wrong: Refusal | None = None) -> HttpResponse:
    field = FieldView(
        "code", "code", "code", gettext("Mã xác nhận gồm 6 chữ số"),
        errors=[refusal_text(wrong)] if wrong else [],
    )  # fmt: skip
    wait = seconds_until_resend(purpose=helping.PURPOSE, destination=coming.phone, at=now())
    ends = code_holds_until(
        purpose=helping.PURPOSE,
        destination=coming.phone,
        reference=UUID(hex=coming.invitation).hex,
        at=now(),
    )
    context = {
        **code_time(ends),
        **_carried(coming),
        "phone": coming.phone,
        "field": field,
        "wait": wait,
        "errors": error_links([field]),
    }
    return show(request, "helping/proof", context, status=wrong.status if wrong else 200)


@require_POST
def leave(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Let a helper go by their own press: this browser opens the draft no more."""
    found = present.comes_to_help(request, draft_id, now())
    answer = redirect("portal:help")
    if found is not None:
        codes.end(
            helping_id=found.pk, subject=found.subject, ending=Helping.Ending.HELPER, at=now()
        )
        present.let_out(answer, draft_id)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner end a help from the message that told of it, without a sign-in; again is harmless."""
    found = codes.helping_to_stop(token)
    if request.method == "POST":
        codes.end(helping_id=found.pk, subject=found.subject, ending=Helping.Ending.OWNER, at=now())
        return redirect(request.path)
    invitation: Invitation = found.invitation
    context = {
        "helping": found,
        "who": gettext(WHO_WORDS[Who(found.who)]),
        "here": found.ended_at is None and found.until > now(),
    }
    return show(request, "helping/stop", context, agency=invitation.agency)
