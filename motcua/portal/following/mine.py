"""“Hồ sơ của tôi”: the drafts and the dossiers of an account."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft
from motcua.dossiers.queries import PAGE
from motcua.dossiers.rules.drafts import FIRST_WARNING
from motcua.dossiers.rules.status import Status
from motcua.identity import queries as people
from motcua.journeys import consenting
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import sign_in_address, the_citizen
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what the person has begun and filed, newest first."""
    accounts = the_citizen(request).accounts
    before = request.GET.get("truoc", "")
    last = int(before) if before.isascii() and before.isdecimal() else None
    rows = dossiers.dossiers_of(accounts, before=last)
    drafts = [] if last else dossiers.drafts_of(accounts, now())
    context = {
        "drafts": [_draft(draft) for draft in drafts],
        "dossiers": [_dossier(row) for row in rows],
        "older": f"?truoc={rows[-1].pk}" if len(rows) == PAGE else "",
        "newest": reverse("following:mine") if last else "",
        "hidden": sign_in_address(request, level=1) if the_citizen(request).hidden else "",
        "find": reverse("following:find"),
        "mandates": reverse("mandates:all"),
        "continue": reverse("portal:continue"),
        "consents": reverse("following:consents"),
        "asked": _asked(request),
    }
    return show(request, "following/mine", context)


def _asked(request: HttpRequest) -> int:
    """Return how many dossiers of others wait for this person's consent."""
    citizen = the_citizen(request)
    if citizen.level < consenting.LEVEL:
        return 0
    return len(consenting.waiting_for(people.person(citizen.person_id)))


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "name": by_digest(draft.version.digest).procedure.name.to(language()),
        "at": draft.updated_at,
        "until": draft.expires_at,
        "ending": draft.expires_at - now() <= timedelta(days=FIRST_WARNING),
        "href": reverse("portal:overview", args=[draft.pk]),
    }


def _dossier(row: Row) -> dict[str, Any]:
    status = Status(row.status)
    return {
        "name": by_digest(row.version.digest).procedure.name.to(language()),
        "code": row.code,
        "subject": row.subject_name,
        "status": row.status,
        "status_words": gettext(status.words),
        "at": row.submitted_at,
        "due": None if status.final else row.due_at,
        "href": reverse("following:tracking", args=[row.code]),
    }
