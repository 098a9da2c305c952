"""An official's own ways in: keys, app, codes on paper, trusted browsers, sign-ins, password; each change wants a fresh factor."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import coming_in, contacts, passkeys, stays
from motcua.agencies.models import Deed, Official
from motcua.agencies.passkeys import site
from motcua.agencies.rules.roles import NAMES, Role
from motcua.agencies.rules.signing_lines import above
from motcua.desk.pages import show
from motcua.desk.signing_in import again, enrolling, enrolment, questions
from motcua.desk.signing_in.session import the_official, the_stay
from motcua.journeys import official_access as access
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

Doing = Callable[[HttpRequest, Official], HttpResponse | None]


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Show all of it."""
    official = the_official(request)
    found = access.ways(official, now())
    context = {
        "ways": found,
        "told_at": contacts.masked(official),
        "here": the_stay(request),
        "keys_possible": site() is not None,
        "deeds": [(deed, deed_words(deed)) for deed in found.deeds],
        "done": _done_words(request.GET.get("xong", "")),
    }
    return show(request, "signing_in/security", context)


def _line(deed: Deed) -> str:
    """Return what is to stand above their name on papers."""
    return above(deed.signs, deed.title, kind=deed.agency.kind, usual="").replace("\n", " / ")


def deed_words(deed: Deed) -> str:
    """Return what an administrator did, in words."""
    role = gettext(NAMES[Role(deed.role)]) if deed.role else ""
    words = {
        Deed.Kind.INVITE: gettext("Mời vào làm việc"),
        Deed.Kind.POST: " · ".join(
            filter(None, (gettext("Giao vị trí {role}").format(role=role), _line(deed)))
        ),
        Deed.Kind.END: gettext("Thôi vị trí {role}").format(role=role),
        Deed.Kind.RESET: gettext("Đặt lại mật khẩu và xác thực"),
    }
    return words[Deed.Kind(deed.kind)]


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, what: str) -> HttpResponse:
    """Change one of them; GET shows the form where there is one."""
    doing = _DOINGS.get(what)
    if doing is None or (request.method != "POST" and what not in _FORMS):
        raise Http404
    asked = again.fresh(request)
    if asked is not None:
        return asked
    done = doing(request, the_official(request))
    page = reverse("official:security")
    return done or HttpResponseRedirect(f"{page}?{urlencode({'xong': what})}")


def _password(request: HttpRequest, official: Official) -> HttpResponse | None:
    if request.method != "POST":
        return show(request, "signing_in/password_change", {"name": official.username})
    try:
        access.change_password(
            official=official, old=request.POST.get("old", ""), new=request.POST.get("new", ""),
            keep=the_stay(request), at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        context = {"name": official.username, "wrong": refusal_text(refusal)}
        return show(request, "signing_in/password_change", context, status=refusal.status)
    return None


def _app(request: HttpRequest, official: Official) -> HttpResponse | None:
    if request.method != "POST":
        return enrolling.factor_page(request, official, "new_app")
    secret, code = enrolment.offered_secret(request), request.POST.get("code", "")
    try:
        access.take_app(official=official, secret=secret, code=code, at=now())
    except Refusal as refusal:
        return enrolling.factor_page(request, official, "new_app", refusal)
    enrolment.end(request)
    return None


def _contact(request: HttpRequest, official: Official) -> HttpResponse | None:
    if request.method != "POST":
        return show(request, "signing_in/contact", contacts.of(official))
    told = {name: request.POST.get(name, "") for name in ("phone", "email")}
    try:
        contacts.keep(official=official, **told, at=now())
    except Refusal as refusal:
        context = {**told, "wrong": refusal_text(refusal)}
        return show(request, "signing_in/contact", context, status=refusal.status)
    return None


def _new_key(request: HttpRequest, official: Official) -> None:
    passkeys.register(
        official=official, answer=request.POST.get("_passkey", ""),
        challenge=questions.answered(request, "new"), name=request.POST.get("name", ""), at=now(),
    )  # fmt: skip


def _remove_key(request: HttpRequest, official: Official) -> None:
    key = Posted(dict(request.POST.lists())).number("id")
    passkeys.remove(official=official, key=key)


def _codes(request: HttpRequest, official: Official) -> HttpResponse:
    codes = coming_in.new_recovery_codes(official=official)
    context = {"codes": codes, "onward": reverse("official:security")}
    return enrolling.shown(request, "paper_codes", context)


def _distrust(request: HttpRequest, official: Official) -> None:
    device = access.uuid_of(request.POST.get("id", ""))
    if device is not None:
        stays.end_trust(official=official, device=device, at=now())


def _end_stay(request: HttpRequest, official: Official) -> None:
    stay = access.uuid_of(request.POST.get("id", ""))
    if stay is not None:
        stays.end(official=official, stay=stay, at=now())


def _end_others(request: HttpRequest, official: Official) -> None:
    stays.end_others(official=official, keep=the_stay(request), at=now())


_DOINGS: dict[str, Doing] = {
    "mat-khau": _password,
    "ung-dung": _app,
    "nhan-tin": _contact,
    "them-khoa": _new_key,
    "xoa-khoa": _remove_key,
    "ma-du-phong": _codes,
    "bo-tin-cay": _distrust,
    "dang-xuat": _end_stay,
    "dang-xuat-noi-khac": _end_others,
}
_FORMS = frozenset({"mat-khau", "ung-dung", "nhan-tin"})


def _done_words(what: str) -> str:
    return {
        "mat-khau": gettext("Đã đổi mật khẩu. Những nơi khác đã bị đăng xuất."),
        "ung-dung": gettext("Từ nay dùng mã của ứng dụng mới."),
        "nhan-tin": gettext("Đã ghi nơi nhận tin nhắc việc."),
        "them-khoa": gettext("Đã thêm khóa truy cập."),
        "xoa-khoa": gettext("Đã xóa khóa truy cập."),
        "bo-tin-cay": gettext("Trình duyệt đó không còn được tin cậy."),
        "dang-xuat": gettext("Đã đăng xuất nơi đó."),
        "dang-xuat-noi-khac": gettext("Đã đăng xuất mọi nơi khác."),
    }.get(what, "")
