"""“Nhờ người giúp”: the owner makes a code, sees who helped with what, and ends it with one press."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers.rules.refusals import DraftUnknown
from motcua.help import codes
from motcua.help.models import Helping, Touch
from motcua.help.rules.helping import WHO_WORDS, Lasts, Who, spaced
from motcua.journeys import helping
from motcua.journeys.case import Case
from motcua.kernel.refusal import Refusal
from motcua.portal import at_counter
from motcua.portal.draft_pages import case_or_receipt, links, show_of
from motcua.portal.pages import account_of, language
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake
from motcua.ui.fields import ErrorLink, FieldView, Option, error_links
from motcua.ui.refusals import refusal_text

MOST_CODES = 60
"""Codes an hour from one network."""
KEY_LENGTH = 64


def _owners(request: HttpRequest, draft_id: UUID) -> Case | HttpResponse:
    """Return the owner's case; what an official types at the counter is helped with there. Raises DraftUnknown."""
    case = case_or_receipt(request, draft_id)
    if not isinstance(case, HttpResponse) and at_counter.typed_here(case.draft):
        raise DraftUnknown
    return case


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show the code that waits, who helps and who has; make a code, or take it back."""
    case = _owners(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _made(request, case)
        except Refusal as refusal:
            wrong = refusal
        else:
            return redirect(request.path)
    return _page(request, case, wrong)


def _made(request: HttpRequest, case: Case) -> None:
    if "_take_back" in request.POST:
        codes.take_back(subject=case.owner, at=now())
        return
    brake(request, "help-invite", MOST_CODES)
    told = request.POST.get("lasts", "")
    helping.invite(
        case=case,
        account=account_of(request)[0],
        phone=request.POST.get("phone", ""),
        lasts=Lasts(told) if told in set(Lasts) else Lasts.HOURS,
        key=f"{case.draft.pk.hex}{request.POST.get('_key', '')}"[:KEY_LENGTH],
        language=language(),
        at=now(),
    )


@require_POST
def stop(request: HttpRequest, draft_id: UUID, helping_id: UUID) -> HttpResponse:
    """End somebody's help, from this moment on; again is harmless."""
    case = _owners(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    codes.end(helping_id=helping_id, subject=case.owner, ending=Helping.Ending.OWNER, at=now())
    return redirect("portal:invite", draft_id=draft_id)


def _page(request: HttpRequest, case: Case, wrong: Refusal | None) -> HttpResponse:
    at = now()
    waiting = codes.live_code(case.owner, at)
    fields = _fields(request, case, wrong)
    general = [ErrorLink(refusal_text(wrong))] if wrong and len(fields) == 1 else []
    context: dict[str, Any] = {
        "name": case.published.procedure.name.to(language()),
        "fields": fields,
        "key": secrets.token_hex(12),
        "helpers": [_line(case, one, at) for one in codes.helpings(case.owner)],
        "errors": [*general, *error_links(fields)],
        "back": links(case.draft)["overview"],
    }
    if waiting is not None:
        code = codes.code_of(waiting)
        address = f"{settings.BASE_URL}{reverse('portal:help')}"
        context |= {
            "code": spaced(code),
            "until": waiting.expires_at,
            "address": address.partition("://")[2],
            "qr": f"{address}?ma={code}",
        }
    return show_of(request, "helping/invite", case, context, status=422 if wrong else 200)


def _fields(request: HttpRequest, case: Case, wrong: Refusal | None) -> list[FieldView]:
    chosen = request.POST.get("lasts", Lasts.HOURS)
    lasts = FieldView(
        "lasts", "lasts", "radio", gettext("Cho người giúp vào trong bao lâu?"),
        options=[Option(one, words, selected=one == chosen) for one, words in _lasting()],
    )  # fmt: skip
    if helping.owners_phone(case, account_of(request)[0]):
        return [lasts]
    phone = FieldView(
        "phone", "phone", "phone", gettext("Số điện thoại của quý vị"),
        hint=gettext("Có người vào giúp, chúng tôi nhắn ngay đến số này. Mã xác nhận khi nộp cũng về số này."),
        value=request.POST.get("phone", ""),
        errors=[refusal_text(wrong)] if wrong else [],
    )  # fmt: skip
    return [phone, lasts]


def _lasting() -> list[tuple[Lasts, str]]:
    return [
        (Lasts.HOURS, gettext("2 giờ")),
        (Lasts.DAY, gettext("1 ngày")),
        (Lasts.WEEK, gettext("7 ngày (người thân giúp từ xa)")),
    ]


@dataclass(frozen=True)
class Line:
    """Somebody who helps or has helped, as the owner sees them."""

    helping: Helping
    stop: str
    who: str
    here: bool
    ending: str
    pages: list[tuple[str, str, datetime]]
    """What each page is called, whether it was seen or written, and when last."""


def _line(case: Case, one: Helping, at: datetime) -> Line:
    who = gettext(WHO_WORDS[Who(one.who)])
    unit = f", {one.member.unit}" if one.member and one.member.unit else ""
    here = one.ended_at is None and one.until > at
    last = {(touch.page, touch.doing): touch for touch in sorted(one.touches.all(), key=_when)}
    pages = [(_title(case, touch.page), _doing(touch), touch.at) for touch in last.values()]
    stop_at = reverse("portal:help_stop", args=[case.draft.pk, one.pk])
    return Line(one, stop_at, who + unit, here, "" if here else _ending(one), pages)


def _when(touch: Touch) -> datetime:
    return touch.at


def _ending(one: Helping) -> str:
    return {
        "owner": gettext("quý vị đã thôi nhờ"),
        "helper": gettext("người giúp đã thôi"),
        "filed": gettext("hồ sơ đã nộp"),
        "": gettext("đã hết giờ"),
    }[one.ending]


def _doing(touch: Touch) -> str:
    return gettext("đã ghi") if touch.doing == Touch.Doing.SAVED else gettext("đã xem")


def _title(case: Case, page: str) -> str:
    """Return what a page is called: a topic of the form, a paper, or the page's own name."""
    kind, _, about = page.partition(":")
    if kind == "page" and about in case.definition.pages:
        return str(case.definition.pages[about].title.to(language()))
    names = {one.id: one.name for one in case.published.procedure.papers}
    if kind == "paper" and about in names:
        return str(names[about].to(language()))
    return {
        "overview": gettext("Hồ sơ đang khai"),
        "papers": gettext("Giấy tờ"),
        "many_papers": gettext("Giấy tờ"),
        "picture": gettext("Ảnh giấy tờ"),
        "check": gettext("Kiểm tra"),
    }.get(kind, page)
