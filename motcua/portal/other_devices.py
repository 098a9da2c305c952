"""A draft's own page about other devices: its code, where the person is reached, which devices open it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import draft_keys
from motcua.dossiers.models import Draft, DraftKey
from motcua.dossiers.rules import draft_codes
from motcua.dossiers.rules.refusals import DraftUnknown
from motcua.journeys import continuing
from motcua.journeys.case import Case
from motcua.journeys.continuing import Contact
from motcua.kernel.refusal import Refusal
from motcua.portal import devices
from motcua.portal.draft_pages import case_or_receipt, links, show_of
from motcua.portal.pages import language
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake
from motcua.ui.draft_keys import secret_of
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text
from motcua.ui.words import phone_words

MOST_CONTACTS = 60
"""Messages with a draft's code an hour from one network."""


@require_http_methods(["GET", "HEAD", "POST"])
def other_devices(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show the code and the devices; take a phone or an address; lock the other devices out."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    if not case.draft.code:  # typed at a counter: no citizen goes on with it
        raise DraftUnknown
    if request.method != "POST":
        return _page(request, case)
    if "_lock" in request.POST:
        draft_keys.lock_out_all(draft_id=draft_id, but=secret_of(request, draft_id) or "")
        return redirect(request.path)
    try:
        _leave_contact(request, case)
    except Refusal as refusal:
        return _page(request, case, refusal)
    return redirect(f"{request.path}?da-gui=1")


def _leave_contact(request: HttpRequest, case: Case) -> None:
    brake(request, "draft-contact", MOST_CONTACTS)
    continuing.leave_contact(
        draft=case.draft, contact=_typed(request), language=language(), at=now()
    )


def _typed(request: HttpRequest) -> Contact:
    return Contact(request.POST.get("phone", "").strip(), request.POST.get("email", "").strip())


def _page(request: HttpRequest, case: Case, refusal: Refusal | None = None) -> HttpResponse:
    draft, fields = case.draft, _fields(request, case, refusal)
    context: dict[str, Any] = {
        "name": case.published.procedure.name.to(language()),
        "code": draft_codes.show(draft.code or ""),
        "address": continuing.address_of(draft),
        "fields": fields,
        "devices": _devices(request, draft),
        "by_account": draft.account_id is not None,
        "sent": "da-gui" in request.GET and (phone_words(draft.phone) or draft.email),
        "until": draft.expires_at,
        "errors": error_links(fields),
        "back": links(draft)["overview"],
    }
    status = refusal.status if refusal else 200
    return show_of(request, "other_devices", case, context, status=status)


def _fields(request: HttpRequest, case: Case, refusal: Refusal | None) -> list[FieldView]:
    known = continuing.reached_at(case.draft)
    typed = _typed(request) if request.method == "POST" else Contact(known.phone, known.email)
    shown = typed.phone if request.method == "POST" else phone_words(typed.phone)
    said = [refusal_text(refusal)] if refusal else []
    of_email = bool(typed.email and not typed.phone)
    return [
        FieldView(
            "phone", "phone", "phone", gettext("Số điện thoại di động"), value=shown,
            required=False, errors=[] if of_email else said,
        ),
        FieldView(
            "email", "email", "email", gettext("Thư điện tử"), value=typed.email,
            required=False, errors=said if of_email else [],
        ),
    ]  # fmt: skip


def _devices(request: HttpRequest, draft: Draft) -> list[dict[str, Any]]:
    mine = draft_keys.hashed(secret_of(request, draft.pk) or "")
    return [
        {
            "kind": devices.words(key.device),
            "how": _HOW[key.way](),
            "at": key.opened_at,
            "here": key.secret_hash == mine,
        }
        for key in draft_keys.keys_of(draft)
    ]


_HOW: dict[str, Callable[[], str]] = {
    DraftKey.Way.BEGUN: lambda: gettext("Bắt đầu khai trên máy này"),
    DraftKey.Way.CODE: lambda: gettext("Mở bằng mã bản nháp và mã xác nhận"),
    DraftKey.Way.COUNTER: lambda: gettext("Cán bộ mở tại quầy"),
}
