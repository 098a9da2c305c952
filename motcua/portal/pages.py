"""What every page of the portal shares: its frame, its support contact, its drafts."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from motcua.agencies.models import Agency
from motcua.dossiers import drafts
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.refusals import DraftUnknown
from motcua.identity.models import Account
from motcua.portal.helping.present import helped_draft
from motcua.portal.signing_in.session import account_link, citizen_of
from motcua.toolkit.clock import now
from motcua.toolkit.gates import gate
from motcua.toolkit.networks import brake
from motcua.ui.draft_keys import secret_of

MOST_UPLOADS = 3000
"""Uploads an hour from one network."""


def language() -> str:
    """Return the language of this page: one of those the house speaks."""
    active = get_language() or settings.LANGUAGE_CODE
    return active if active in settings.SPOKEN else settings.LANGUAGE_CODE


def support_of(agency: Agency | None) -> dict[str, str] | None:
    """Return whom to ask for help (broadcast rule R28), for the foot of the page."""
    if agency is None:
        return None
    return {
        "unit": agency.support_name,
        "phone": agency.support_phone,
        "hours": agency.support_hours,
        "call_back": call_back_of(agency),
    }


def call_back_of(agency: Agency) -> str:
    """Return where somebody asks to be called by the office; of one that works elsewhere, where offices are chosen."""
    if agency.works_in == Agency.WorksIn.MOTCUA:
        return reverse("portal:call_me", args=[agency.code])
    return reverse("portal:call_me_office")


def code_time(ends: datetime) -> dict[str, Any]:
    """Return what a page that waits for a code says of its end (ui/code_time.html)."""
    return {"code_ends": ends, "code_left": max(0, int((ends - now()).total_seconds()))}


def show(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    agency: Agency | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page that speaks to one person: with the account in its head, never kept by caches."""
    frame = {"account": account_link(request), "support": support_of(agency)}
    return render(request, f"portal/{name}.html", {**frame, **context}, status=status)


def account_of(request: HttpRequest) -> tuple[Account | None, int]:
    """Return the signed-in account and the level of this sign-in; (None, 0) for nobody."""
    citizen = citizen_of(request)
    if citizen is None:
        return None, 0
    return Account.objects.select_related("person").get(pk=citizen.account_id), citizen.level


@gate
def draft_of(request: HttpRequest, draft_id: UUID) -> Draft:
    """Return the draft to its owner, to the browser that began it, or to a helper where helpers may come.

    Raises DraftUnknown; to a helper HelpOver, OwnersOnly.
    """
    citizen = citizen_of(request)
    try:
        return drafts.opened(
            draft_id,
            accounts=citizen.accounts if citizen else (),
            secret=secret_of(request, draft_id),
            at=now(),
        )
    except DraftUnknown:
        helped = helped_draft(request, draft_id)
        if helped is None:
            raise
        return helped


def files_sent(request: HttpRequest, name: str) -> list[tuple[str, BytesIO]]:
    """Return the files that came under a name. Raises TooOften: cleaning a photograph is work."""
    sent = request.FILES.getlist(name)
    if sent:
        brake(request, "files", MOST_UPLOADS)
    return [(file.name or "", BytesIO(file.read())) for file in sent]
