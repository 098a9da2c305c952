"""A refusal as a page: what happened, what to do next, and a code for who supports the person."""

from __future__ import annotations

import logging
import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext

from motcua.procedures.questions import questions
from motcua.procedures.rules.texts import Text
from motcua.ui import words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from motcua.kernel.refusal import Refusal

logger = logging.getLogger(__name__)


class _Known(dict[str, Any]):
    """Data of a refusal; a placeholder without data shows an ellipsis, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return words.moment_words(value)
    if isinstance(value, date):
        return words.day_words(value)
    if isinstance(value, Text):
        return value.to(get_language() or "vi")
    return value


def refusal_text(refusal: Refusal) -> str:
    """Return the refusal in the person's language, its data as people write them."""
    data = _Known({key: _shown(value) for key, value in refusal.data.items()})
    return gettext(refusal.text).format_map(data)


def explained(code: str) -> dict[str, str] | None:
    """Return the question that explains a refusal, as a door; None where nobody wrote one."""
    question = questions().for_error(code)
    if question is None:
        return None
    label = question.question.to(get_language() or settings.LANGUAGE_CODE)
    return {"label": label, "href": reverse("portal:question", args=[question.id])}


def support_code(request: HttpRequest) -> str:
    """Return the id of the request, by which its log lines are found; made when it has none."""
    code = getattr(request, "request_id", "") or request.headers.get("X-Request-ID", "")[:36]
    return code or secrets.token_hex(4).upper()


def _title(status: int) -> str:
    titles = {
        400: gettext("Chưa làm được việc này"),
        401: gettext("Cần đăng nhập"),
        403: gettext("Không được mở trang này"),
        404: gettext("Không tìm thấy trang này"),
        409: gettext("Hồ sơ vừa có thay đổi"),
        410: gettext("Trang này không còn nữa"),
        413: gettext("Tệp gửi lên quá lớn"),
        429: gettext("Đã thử quá nhiều lần"),
        500: gettext("Hệ thống đang gặp trục trặc"),
        503: gettext("Dịch vụ tạm thời chưa dùng được"),
    }
    return titles.get(status, titles[500 if status >= 500 else 400])  # noqa: PLR2004 - HTTP classes


def _next_steps(status: int) -> list[str]:
    known = {
        401: [gettext("Đăng nhập rồi mở lại trang này.")],
        403: [
            gettext("Kiểm tra xem đã đăng nhập đúng tài khoản chưa."),
            gettext("Nếu cần xem hồ sơ này, hãy hỏi cơ quan tiếp nhận hồ sơ."),
        ],
        404: [
            gettext("Kiểm tra lại đường dẫn; có thể thiếu hoặc thừa ký tự."),
            gettext("Tìm dịch vụ hoặc tra cứu hồ sơ từ trang đầu."),
        ],
        409: [
            gettext("Mở lại trang để xem nội dung mới nhất."),
            gettext("Kiểm tra việc vừa được làm trước khi làm tiếp."),
        ],
        410: [
            gettext("Trang này không mở lại được nữa, quý vị không cần thử lại."),
            gettext("Nếu còn việc phải làm, hãy về trang đầu hoặc gọi hỗ trợ."),
        ],
        429: [gettext("Chờ vài phút rồi thử lại."), gettext("Không cần tạo tài khoản mới.")],
        500: [
            gettext("Những gì đã lưu vẫn còn. Chờ một lát rồi thử lại."),
            gettext("Nếu vẫn lỗi, hãy gọi hỗ trợ và đọc mã dưới đây."),
        ],
    }
    known[503] = known[500]
    usual = [
        gettext("Quay lại trang trước, xem lại thông tin rồi thử lại."),
        gettext("Nếu vẫn chưa được, hãy gọi hỗ trợ và đọc mã dưới đây."),
    ]
    return known.get(status, usual)


_DRAWINGS = {400: "ajar", 404: "lost", 409: "ajar", 410: "lost", 413: "ajar", 429: "ajar"}


def _drawing(status: int) -> str:
    """Return the door as it is drawn for a status: not for everybody, unless it is another trouble."""
    return _DRAWINGS.get(status, "mending" if status >= 500 else "shut")  # noqa: PLR2004 - HTTP classes


def problem_page(
    request: HttpRequest,
    *,
    status: int,
    text: str,
    way_on: dict[str, str] | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return the page that says no: `way_on` is the best next link ({"label", "href"})."""
    code = support_code(request)
    values = {
        "title": _title(status),
        "drawing": _drawing(status),
        "text": text,
        "next_steps": _next_steps(status),
        "support_code": code,
        "way_on": way_on,
        **(context or {}),
    }
    response = TemplateResponse(request, "ui/refusal.html", values, status=status)
    response["X-Request-ID"] = code
    return response.render()


def refusal_page(
    request: HttpRequest,
    refusal: Refusal,
    *,
    way_on: dict[str, str] | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return the page for a refusal, with its status. `context` may carry `support`, `account`."""
    context = {"explained": explained(refusal.code), **(context or {})}
    page = problem_page(
        request, status=refusal.status, text=refusal_text(refusal), way_on=way_on, context=context
    )
    # The code only: the data of a refusal may be a person's.
    logger.info("refused %s (%s)", refusal.code, page["X-Request-ID"])
    return page
