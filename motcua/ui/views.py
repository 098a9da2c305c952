"""The pages of this room: language, the plain error pages, and the gallery for developers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents.serving import SAVED
from motcua.ui.gallery import gallery_context
from motcua.ui.refusals import problem_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_A_YEAR = 365 * 24 * 3600


@require_safe
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language in a cookie and go back to where the person was.

    A link, not a form: it changes nothing but this browser's preference, and pages that carry it
    need no token and stay the same for everybody.
    """
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, None) or not back.startswith("/"):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=_A_YEAR, samesite="Lax")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component and its states; for developers and for the tests."""
    return render(request, "ui/gallery.html", gallery_context())


def picture_page(request: HttpRequest) -> HttpResponse:
    """Show the picture that lies at this very address, within a page."""
    href = request.get_full_path()
    saved = f"{href}{'&' if '?' in href else '?'}{SAVED}=1"
    return render(request, "ui/picture.html", {"href": href, "saved": saved})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle 400."""
    text = gettext("Thông tin gửi lên chưa đọc được.")
    return problem_page(request, status=400, text=text)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle 403."""
    text = gettext(
        "Trang này dành cho người khác, hoặc lần đăng nhập đã hết giờ. Hãy đăng nhập lại."
    )
    return problem_page(request, status=403, text=text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle 404."""
    return problem_page(
        request, status=404, text=gettext("Có thể đường dẫn sai, hoặc trang đã chuyển đi.")
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Handle a form without a valid token: `CSRF_FAILURE_VIEW`."""
    text = gettext("Trang đã mở quá lâu nên chưa gửi được. Hãy mở lại trang và gửi lần nữa.")
    return problem_page(request, status=403, text=text, context={"title": gettext("Trang đã cũ")})


def failed(request: HttpRequest) -> HttpResponse:
    """Handle 500: nothing of the fault is shown, only what to do."""
    text = gettext("Lỗi này không phải do quý vị. Chúng tôi đã ghi nhận và sẽ xem xét.")
    try:
        return problem_page(request, status=500, text=text)
    except Exception:  # noqa: BLE001 - whatever is broken, the person still gets an answer
        return HttpResponseServerError(text, content_type="text/plain; charset=utf-8")
