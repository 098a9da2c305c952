"""Errors for machines: RFC 9457 problem details with stable codes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from motcua.kernel.refusal import Refusal, noop

View = Callable[..., HttpResponse]


class TooLarge(Refusal):
    """The body is longer than this address takes."""

    code = "api.too-large"
    text = noop("Nội dung gửi quá lớn. Hãy gửi ít hơn trong một lần.")
    status = 413


class NotAllowed(Refusal):
    """The address is called with a method it does not have."""

    code = "api.method-not-allowed"
    text = noop("Phương thức không được hỗ trợ. Hãy xem tài liệu của địa chỉ này.")
    status = 405


class NotSigned(Refusal):
    """The message does not carry the signature agreed with its sender."""

    code = "api.not-signed"
    text = noop("Chữ ký của thông điệp không hợp lệ. Hãy kiểm tra khóa và ký lại.")
    status = 401


class NotUnderstood(Refusal):
    """The message is not of the agreed form."""

    code = "api.not-understood"
    text = noop("Thông điệp không đúng định dạng đã thống nhất. Hãy sửa rồi gửi lại.")


def problem(refusal: Refusal) -> JsonResponse:
    """Answer with a problem document."""
    data: dict[str, Any] = {name: str(value) for name, value in refusal.data.items()}
    text = gettext(refusal.text)
    try:
        title = text.format(**data)
    except (KeyError, IndexError):
        title = text
    body = {
        "type": f"urn:motcua:problem:{refusal.code}",
        "title": title,
        "status": refusal.status,
        "code": refusal.code,
    }
    return JsonResponse(
        body, status=refusal.status, content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip


def machine(*, largest: int = 0) -> Callable[[View], View]:
    """Make a view a face for machines: no CSRF, a bounded body, problems as JSON. Its methods the policy holds."""

    def wrap(view: View) -> View:
        @wraps(view)
        def face(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                _check_length(request, largest)
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                return problem(refusal)

        return csrf_exempt(face)

    return wrap


def _check_length(request: HttpRequest, largest: int) -> None:
    """Refuse a long body before reading it; WSGI servers give no more than the length says."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as wrong:
        raise NotUnderstood from wrong
    if length > largest:
        raise TooLarge
