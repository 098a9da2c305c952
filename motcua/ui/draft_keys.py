"""The keys by which a browser opens drafts without an account: cookies, each for that draft's pages.

Citizens get one when they begin or go on elsewhere, officials when they take up a draft of their counter. A
citizen's key is also shown where a service is begun and gone on with, so that an open draft is offered before a
new one, and where people sign out, so that it goes then; nowhere else.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_NAME = "nhap-{}"
# One answer sets one cookie of a name: each further place has a name of its own.
_ALSO_AT = {"nop-{}": "/nop/", "tiep-{}": "/khai-tiep/", "ra-{}": "/dang-xuat/"}
_SHOWN = re.compile(r"(?:nop|tiep|ra)-([0-9a-f]{32})")
MOST_SHOWN = 20
"""Keys of one browser that are looked at: a shared computer collects many."""


def secret_of(request: HttpRequest, draft_id: UUID) -> str | None:
    """Return the secret this browser shows for a draft."""
    return request.COOKIES.get(_NAME.format(draft_id.hex))


def keep_secret(
    response: HttpResponse,
    draft_id: UUID,
    secret: str,
    lasts: timedelta,
    *,
    offered: bool = False,
) -> None:
    """Let this browser open the draft again; `offered` where its service is begun, as to a citizen."""
    for name, path in _places(draft_id, also=offered).items():
        response.set_cookie(
            name,
            secret,
            max_age=lasts,
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def secrets_shown(request: HttpRequest) -> dict[UUID, str]:
    """Return the secrets that this browser shows here, by their drafts."""
    shown: dict[UUID, str] = {}
    for name, secret in request.COOKIES.items():
        if (told := _SHOWN.fullmatch(name)) and len(shown) < MOST_SHOWN:
            shown[UUID(hex=told[1])] = secret
    return shown


def forget_secrets(response: HttpResponse, draft_ids: Iterable[UUID]) -> None:
    """Take the drafts away from this browser."""
    for draft_id in draft_ids:
        for name, path in _places(draft_id, also=True).items():
            response.delete_cookie(name, path=path, samesite="Lax")


def _places(draft_id: UUID, *, also: bool) -> dict[str, str]:
    """Return under which name the secret stands at which path."""
    own = {_NAME.format(draft_id.hex): f"/khai/{draft_id}/"}
    others = {name.format(draft_id.hex): path for name, path in _ALSO_AT.items()}
    return own | (others if also else {})
