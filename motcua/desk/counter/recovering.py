"""Accounts whose number is lost, at the counter: the card, a code to the new number, a second official, three days."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.counter.words import masked_phone
from motcua.desk.pages import show
from motcua.desk.signing_in import again
from motcua.desk.signing_in.session import the_official
from motcua.identity import recoveries
from motcua.identity.models import Recovery
from motcua.identity.rules.recovering import Card, CardNotCompared
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.journeys import one_time_codes
from motcua.journeys import recovering as journey
from motcua.journeys.recovering import Recoverer, Shown
from motcua.kernel import names, partial_date, personal_number
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.fields import DateValue, ErrorLink, FieldView
from motcua.ui.recovery_words import history, state_shape, state_words
from motcua.ui.refusals import refusal_text

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List what the office has begun, what waits for somebody first. Raises NotAtRecovery."""
    mine = journey.recoverer(the_official(request), now())
    rows = recoveries.of_offices(mine.agency_ids)
    lines = [_line(row) for row in sorted(rows, key=lambda row: row.ended_at is not None)]
    return _page(request, "all", {"lines": lines})


def _line(row: Recovery) -> dict[str, Any]:
    return {
        "row": row,
        "href": reverse("desk:recovery", args=[row.pk]),
        "new": masked_phone(row.new_phone),
        "state": state_words(row),
        "shape": state_shape(row),
    }


@form_page
def begin(request: HttpRequest) -> HttpResponse:
    """Take down what the card says and the new number, and send it a code. Raises NotAtRecovery."""
    mine = journey.recoverer(the_official(request), now())
    posted, wrong = Posted(dict(request.POST.lists())), ""
    if request.method == "POST":
        if asked := again.fresh(request):
            return asked
        try:
            row = _begun(mine, posted)
        except Refusal as refusal:
            wrong = refusal_text(refusal)
        else:
            return redirect("desk:recovery", recovery_id=row.pk)
    context = {
        "fields": _fields(posted),
        "compared": bool(posted.one("compared")),
        "act": posted.one("act") or secrets.token_hex(16),
        "errors": [ErrorLink(wrong)] if wrong else [],
    }
    return _page(request, "begin", context, status=422 if wrong else 200)


def _begun(mine: Recoverer, posted: Posted) -> Recovery:
    """Read the form and begin. Raises what a number, a name, a date can be refused for, and what the journey does."""
    born = _birth_date(posted)
    card = Card(
        number=personal_number.read(posted.one("number")),
        full_name=str(names.read(posted.one("name"))),
        birth_date=partial_date.read("/".join(part for part in born if part)).iso(),
    )
    phone = phones.read(posted.one("phone"))
    if not posted.one("compared"):
        raise CardNotCompared
    shown = Shown(card, phone, posted.one("code").strip())
    key = f"{mine.official.pk}:{posted.one('act')[:32] or secrets.token_hex(16)}"
    return journey.begin(mine=mine, shown=shown, key=key, at=now())


def _birth_date(posted: Posted) -> tuple[str, str, str]:
    day, month, year = (posted.one(f"born__{part}").strip() for part in ("day", "month", "year"))
    return day, month, year


def _fields(posted: Posted) -> list[FieldView]:
    return [
        FieldView("number", "number", "personal_number", gettext("Số định danh trên căn cước"), value=posted.one("number")),
        FieldView("name", "name", "name", gettext("Họ và tên trên căn cước"), value=posted.one("name")),
        FieldView("born", "born", "date", gettext("Ngày sinh trên căn cước"), value=DateValue(*_birth_date(posted))),
        FieldView(
            "code", "code", "text", gettext("Mã một hồ sơ đã nộp"), required=False, value=posted.one("code"),
            hint=gettext("Khi người ấy nhớ mã, hoặc khi căn cước này có nhiều tài khoản."),
        ),
        FieldView(
            "phone", "phone", "phone", gettext("Số điện thoại mới"), value=posted.one("phone"),
            hint=gettext("Người ấy phải đang cầm máy: mã xác nhận gửi đến số này ngay."),
        ),
    ]  # fmt: skip


@form_page
def one(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """Show one; take the code, a second official's word, or stop it. Raises NotAtRecovery, RecoveryUnknown."""
    mine = journey.recoverer(the_official(request), now())
    row = journey.of_office(mine=mine, recovery_id=recovery_id)
    refusal: Refusal | None = None
    if request.method == "POST":
        if asked := again.fresh(request):
            return asked
        try:
            _done(request, mine, row)
        except Refusal as problem:
            refusal = problem
        else:
            return redirect(request.path)
    return _page(
        request, "one", _told(mine, row, refusal), status=refusal.status if refusal else 200
    )


def _done(request: HttpRequest, mine: Recoverer, row: Recovery) -> None:
    doing = next((do for name, do in _DOINGS.items() if name in request.POST), None)
    if doing is not None:
        doing(request, mine, row, now())


def _resend(_request: HttpRequest, _mine: Recoverer, row: Recovery, at: datetime) -> None:
    if row.proved_at is None and row.ended_at is None:
        journey.send_code(row=row, at=at)


def _prove(request: HttpRequest, _mine: Recoverer, row: Recovery, at: datetime) -> None:
    journey.prove(row=row, code=request.POST.get("code", ""), at=at)


def _confirm(request: HttpRequest, mine: Recoverer, row: Recovery, at: datetime) -> None:
    if "compared" not in request.POST:
        raise CardNotCompared
    journey.confirm(mine=mine, row=row, at=at)


def _stop(_request: HttpRequest, mine: Recoverer, row: Recovery, at: datetime) -> None:
    journey.stop(row=row, official=mine.official, at=at)


_DOINGS: dict[str, Callable[[HttpRequest, Recoverer, Recovery, datetime], None]] = {
    "_resend": _resend, "_prove": _prove, "_confirm": _confirm, "_stop": _stop,
}  # fmt: skip


def _told(mine: Recoverer, row: Recovery, refusal: Refusal | None) -> dict[str, Any]:
    going = row.ended_at is None
    words = refusal_text(refusal) if refusal else ""
    in_field = going and row.proved_at is None and not isinstance(refusal, ResendTooSoon)
    return {
        **_line(row),
        "old": masked_phone(row.person.phone) if row.ending != Recovery.Ending.MOVED else "",
        "going": going,
        "proving": going and row.proved_at is None,
        "checking": going and row.proved_at is not None and row.checked_at is None,
        "mine": row.recorded_by == mine.official.pk,
        "wait": one_time_codes.wait(purpose=journey.PURPOSE, phone=row.new_phone, at=now()),
        "code": FieldView(
            "code", "code", "code", gettext("Mã 6 chữ số người ấy đọc lại"),
            errors=[words] if words and in_field else [],
        ),
        "history": history(row, journey.names_of([row])),
        "errors": [ErrorLink(words, "#code" if in_field else "")] if words else [],
    }  # fmt: skip


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return show(
        request,
        f"recovering/{name}",
        {"at_counter": True, "figures": True, **context},
        status=status,
    )
