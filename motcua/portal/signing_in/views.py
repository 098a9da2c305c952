"""Choosing a way in, one's own account, and the way out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.identity import provider_state
from motcua.identity.models import Person
from motcua.journeys import sign_in as journey
from motcua.journeys.assurance import FRESH, Act
from motcua.kernel import partial_date, personal_number, phone
from motcua.portal import interrupted
from motcua.portal.following import access
from motcua.portal.open_drafts import leave_nothing
from motcua.portal.signing_in.pages import next_path, page
from motcua.portal.signing_in.session import (
    PHONE,
    account_link,
    citizen_of,
    seconds_left,
    sign_out,
)
from motcua.toolkit.clock import now
from motcua.toolkit.sessions import clear_browser

LEVELS = {"1": 1, "2": 2}


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the ways in; who is in already, at the level asked for, goes on at once."""
    level = LEVELS.get(request.GET.get("level", ""), 0)
    citizen, anew = citizen_of(request), "lai" in request.GET
    if citizen and citizen.level >= level and not (anew and now() - citizen.since > FRESH):
        return HttpResponseRedirect(next_path(request))
    context = {
        "account": account_link(request),
        "why": act_words(request.GET.get("viec", "")),
        "joins": bool(citizen and citizen.kind == PHONE and level and not citizen.verified),
        "down": provider_state.believed(now()),
        "next": next_path(request),
        "level": level,
        "raise_from": citizen,
        "away": "away" in request.GET and citizen is None,
        "typed": bool(interrupted.waiting(request)),
        "by_phone": settings.PORTAL_ACCOUNTS and level == 0,
    }
    return page(request, "choose", context)


def act_words(act: str) -> str:
    """Return what somebody was about to do, in words; empty for what the table does not know."""
    words = {
        Act.FILE: gettext("nộp hồ sơ"),
        Act.SUPPLEMENT: gettext("bổ sung hồ sơ"),
        Act.CONFIRM_DRAFT: gettext("xem và xác nhận bản dự thảo"),
        Act.WITHDRAW: gettext("rút hồ sơ"),
        Act.SEE_RESULT: gettext("xem kết quả"),
        Act.CONSENT: gettext("trả lời việc cần quý vị đồng ý"),
        Act.CHANGE_NUMBER: gettext("đổi số điện thoại đăng nhập"),
        Act.PART_WAYS: gettext("gỡ hai cách đăng nhập"),
    }
    return words[Act(act)] if act in words else ""


@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """Say what to do for whoever cannot come in any more: a lost phone, a lost VNeID, a changed number."""
    return page(request, "lost", {"next": next_path(request), "account": account_link(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; a GET only asks, so that no link and no prefetch can do it."""
    if request.method != "POST":
        return page(request, "sign_out", {"citizen": citizen_of(request)})
    citizen = citizen_of(request)
    if citizen:
        journey.leave(
            sign_in_id=citizen.sign_in_id, person_id=citizen.person_id,
            everywhere="everywhere" in request.POST, at=now(),
        )  # fmt: skip
    sign_out(request)
    answer = page(request, "signed_out")
    clear_browser(answer)
    access.forget_all(request, answer)
    leave_nothing(request, answer, citizen.accounts if citizen else ())
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """Answer how many seconds the sign-in still lasts; a POST prolongs it, as any visit does."""
    if request.method == "POST":
        citizen_of(request)
    return JsonResponse({"left": seconds_left(request)}, headers={"Cache-Control": "no-store"})


def rows_of(person: Person, *, whole: bool = True) -> list[dict[str, str]]:
    """Return what is known of a person, as rows of a summary; unknown things are left out.

    Not whole: what VNeID said is not told to whoever holds the telephone alone.
    """
    if not whole:
        return [{"label": gettext("Họ, chữ đệm và tên"), "value": person.full_name}]
    rows = {
        gettext("Họ, chữ đệm và tên"): person.full_name,
        gettext("Ngày sinh"): _day(person.birth_date),
        gettext("Giới tính"): {"male": gettext("Nam"), "female": gettext("Nữ")}.get(person.sex, ""),
        gettext("Số định danh cá nhân"): _number(person),
        gettext("Địa chỉ"): person.address,
        gettext("Điện thoại"): phone.show(phone.Phone(person.phone)) if person.phone else "",
        gettext("Thư điện tử"): person.email,
    }
    return [{"label": label, "value": value} for label, value in rows.items() if value]


def _number(person: Person) -> str:
    if not person.personal_number:
        return ""
    shown = personal_number.show(personal_number.PersonalNumber(person.personal_number))
    proved = gettext("đã xác thực qua VNeID") if person.verified_at else gettext("tự khai")
    return f"{shown} ({proved})"


def _day(iso: str) -> str:
    """Return a birth date as far as it is known: 12/04/1996, 04/1996, 1996."""
    if not iso:
        return ""
    told = partial_date.read(iso)
    known = [f"{part:02}" for part in (told.day, told.month) if part]
    return "/".join([*known, str(told.year)])
