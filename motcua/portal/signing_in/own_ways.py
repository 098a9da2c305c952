"""“Tài khoản của tôi”: how I come in, where I am in, and what I change about it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.identity import links, queries, recoveries
from motcua.identity.models import Account, SignIn
from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.identity.rules.holding import UNDONE_WITHIN
from motcua.identity.rules.people import SignedIn
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.identity.sign_ins import NOTED_EVERY, sign_ins_of
from motcua.journeys import own_ways as journey
from motcua.journeys import sign_in
from motcua.journeys.assurance import Act
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.portal import devices
from motcua.portal.pages import code_time
from motcua.portal.signing_in import pending
from motcua.portal.signing_in.forms import code_form, phone_form
from motcua.portal.signing_in.pages import page
from motcua.portal.signing_in.session import account_link, the_citizen
from motcua.portal.signing_in.step_up import stepped_up
from motcua.portal.signing_in.views import rows_of
from motcua.toolkit import networks
from motcua.toolkit.clock import now
from motcua.toolkit.sessions import IDLE
from motcua.ui.recovery_words import state_words
from motcua.ui.refusals import refusal_text

MOST_SENT = 30
MOST_TYPED = 100
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show a person what is known of them, how they sign in, and where they are in."""
    citizen, at = the_citizen(request), now()
    person = queries.person(citizen.person_id)
    ways = queries.accounts_of(citizen.person_id)
    sign_ins = [_sign_in(one, citizen, at) for one in sign_ins_of(citizen.person_id)]
    context = {
        "account": account_link(request),
        "citizen": citizen,
        "rows": rows_of(person, whole=citizen.level > 0 or not citizen.verified),
        "ways": [_way(one, citizen) for one in ways],
        "has_number": any(one.kind == Account.Kind.PHONE for one in ways),
        "may_join": citizen.kind == Account.Kind.PHONE and not citizen.verified,
        "links": [(one, one.at + UNDONE_WITHIN) for one in links.links_to_undo(person.pk, at=at)],
        "recoveries": [
            {"row": one, "words": state_words(one)} for one in recoveries.of_person(person.pk)
        ],
        "sign_ins": sign_ins,
        "others": any(one["open"] and not one["here"] for one in sign_ins),
        "done": _DONE.get(request.GET.get("xong", ""), str)(),
    }
    return page(request, "account", context)


_DONE = {
    "so": lambda: gettext("Đã ghi số điện thoại của quý vị."),
    "noi": lambda: gettext("Đã nối hai cách đăng nhập. Chúng tôi đã báo đến cả hai nơi."),
    "go": lambda: gettext("Đã gỡ. Hai cách đăng nhập không còn chung tài khoản."),
    "bo": lambda: gettext("Số điện thoại không đăng nhập được nữa."),
    "thoat": lambda: gettext("Đã đăng xuất thiết bị đó."),
    "thoat-khac": lambda: gettext("Đã đăng xuất mọi thiết bị khác."),
}


def _way(way: Account, citizen: SignedIn) -> dict[str, str]:
    names = {
        Account.Kind.VNEID: gettext("VNeID mức {level}").format(level=way.level),
        Account.Kind.PHONE: gettext("Số điện thoại"),
    }
    here = gettext("Quý vị đang đăng nhập bằng tài khoản này.")
    value = here if way.pk == citizen.account_id else gettext("Có thể đăng nhập.")
    if way.kind == Account.Kind.PHONE:
        value = f"{phones.mask(phones.Phone(way.subject))}. {value}"
    return {"label": names[Account.Kind(way.kind)], "value": value}


def _sign_in(one: SignIn, citizen: SignedIn, at: datetime) -> dict[str, Any]:
    """Return a sign-in in words; one that nobody used for half an hour has ended by itself."""
    by_vneid = one.account.kind == Account.Kind.VNEID
    here = one.pk == citizen.sign_in_id
    return {
        "id": one.pk,
        "device": devices.words(one.device),
        "by": gettext("VNeID") if by_vneid else gettext("mã gửi đến điện thoại"),
        "began": one.began_at,
        "seen": one.seen_at,
        "here": here,
        "open": one.ended_at is None and (here or at - one.seen_at < IDLE + NOTED_EVERY),
    }


@require_POST
def end(request: HttpRequest, sign_in_id: int) -> HttpResponse:
    """Sign one device out."""
    citizen = the_citizen(request)
    sign_in.leave(sign_in_id=sign_in_id, person_id=citizen.person_id, everywhere=False, at=now())
    return _done("thoat")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign every other device out."""
    citizen = the_citizen(request)
    sign_in.leave_others(sign_in_id=citizen.sign_in_id, person_id=citizen.person_id, at=now())
    return _done("thoat-khac")


@form_page
def number(request: HttpRequest) -> HttpResponse:
    """Ask for the number that is to be one's own, and send it a code."""
    if answer := stepped_up(request, Act.CHANGE_NUMBER):
        return answer
    form = phone_form(request.POST if request.method == "POST" else None)
    if form.value is None:
        context = {"fields": form.fields, "errors": form.errors, **_of(request)}
        return page(request, "number", context, status=422 if form.errors else 200)
    kept = _same_or_new(request, form.value)
    pending.keep(request, kept, pending.NUMBER_KEY)
    return _send(request, kept)


def _same_or_new(request: HttpRequest, phone: str) -> pending.ByPhone:
    """Return the proof under way for this number, so that its code stays good; else a new one."""
    at = now()
    known = pending.by_phone(request, at, pending.NUMBER_KEY)
    if known and known.phone == phone:
        return known
    return pending.begin_by_phone(phone, next_path="/", registering=False, at=at)


def _send(request: HttpRequest, kept: pending.ByPhone) -> HttpResponse:
    networks.brake_gently(request, "own-number:send", MOST_SENT)
    try:
        journey.send_code(phone=kept.phone, reference=kept.reference, at=now())
    except ResendTooSoon as refusal:
        return _code_page(request, kept, refusal)
    return HttpResponseRedirect(reverse("signing_in:number_code"))


@form_page
def number_code(request: HttpRequest) -> HttpResponse:
    """Take the code sent to the number, and make it one's own."""
    kept = pending.by_phone(request, now(), pending.NUMBER_KEY)
    if kept is None:
        return HttpResponseRedirect(reverse("signing_in:number"))
    if answer := stepped_up(request, Act.CHANGE_NUMBER):
        return answer
    if request.method != "POST":
        return _code_page(request, kept)
    if "_resend" in request.POST:
        return _send(request, kept)
    networks.brake(request, "own-number:check", MOST_TYPED)
    try:
        journey.take_number(
            citizen=the_citizen(request), phone=kept.phone, reference=kept.reference,
            code=request.POST.get("code", ""), at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _code_page(request, kept, refusal)
    pending.forget(request, pending.NUMBER_KEY)
    return _done("so")


def _code_page(
    request: HttpRequest, kept: pending.ByPhone, refusal: Refusal | None = None
) -> HttpResponse:
    at, form = now(), code_form(error=refusal_text(refusal) if refusal else "")
    asked = {"purpose": journey.PURPOSE, "destination": kept.phone}
    context = {
        "phone": phones.mask(phones.Phone(kept.phone)),
        "fields": form.fields,
        "errors": form.errors,
        "seconds": seconds_until_resend(**asked, at=at),
        "here": reverse("signing_in:number_code"),  # also answers to whoever asks too soon
        "change": reverse("signing_in:number"),
        **code_time(code_holds_until(**asked, reference=kept.reference, at=at)),
        **_of(request),
    }
    return page(request, "code", context, status=refusal.status if refusal else 200)


@form_page
def give_up(request: HttpRequest) -> HttpResponse:
    """Ask whether the number shall sign nobody in any more; a POST does it."""
    if answer := stepped_up(request, Act.CHANGE_NUMBER):
        return answer
    if request.method != "POST":
        return page(request, "give_up", _of(request))
    journey.give_up_number(citizen=the_citizen(request), at=now())
    return _done("bo")


@form_page
def part(request: HttpRequest, link_id: int) -> HttpResponse:
    """Ask whether two joined ways shall be apart again; a POST does it. Raises LinkOver."""
    if answer := stepped_up(request, Act.PART_WAYS):
        return answer
    if request.method != "POST":
        return page(request, "part", _of(request))
    citizen = the_citizen(request)
    journey.part(citizen=citizen, link_id=link_id, at=now())
    return _done("go")


def _of(request: HttpRequest) -> dict[str, Any]:
    return {"account": account_link(request), "back": reverse("signing_in:account")}


def _done(what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('signing_in:account')}?xong={what}")
