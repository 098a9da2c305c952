"""The key by which a browser opens a draft without an account: a cookie for that draft's pages alone.

Citizens get it when they begin, officials when they take up a draft of their counter.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_COOKIE = "nhap-{}"


def secret_of(request: HttpRequest, draft_id: UUID) -> str | None:
    """Return the secret this browser shows for a draft."""
    return request.COOKIES.get(_COOKIE.format(draft_id.hex))


def keep_secret(response: HttpResponse, draft_id: UUID, secret: str, lasts: timedelta) -> None:
    """Let this browser open the draft again."""
    response.set_cookie(
        _COOKIE.format(draft_id.hex),
        secret,
        max_age=lasts,
        path=_path(draft_id),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_secret(response: HttpResponse, draft_id: UUID) -> None:
    """Take the draft away from this browser."""
    response.delete_cookie(_COOKIE.format(draft_id.hex), path=_path(draft_id), samesite="Lax")


def _path(draft_id: UUID) -> str:
    return f"/khai/{draft_id}/"
