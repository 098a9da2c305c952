"""What figures, places and causes are called."""

from typing import Final

from django.utils.translation import get_language, gettext

from motcua.agencies.queries import agency
from motcua.dossiers.rules.status import Status
from motcua.kernel.refusal import noop
from motcua.procedures.queries import by_digest
from motcua.reports.rules.timeliness import Cause
from motcua.reports.rules.windows import Span, Window

NAMES: Final = {
    "so-theo-doi": noop("Sổ theo dõi hồ sơ"),
    "nop": noop("Nộp vào"),
    "xong": noop("Giải quyết xong"),
    "dang-giai-quyet": noop("Chưa giải quyết xong"),
    "den-han-hom-nay": noop("Đến hạn hôm nay"),
    "tre-han": noop("Trễ hạn"),
    "cho-nguoi-dan": noop("Chờ người dân bổ sung hoặc nộp phí"),
    "cho-co-quan-khac": noop("Chờ cơ quan khác"),
    "cho-tiep-nhan": noop("Chờ tiếp nhận"),
    "cho-tra-ket-qua": noop("Có kết quả, chờ trả"),
    "co-ket-qua": noop("Có kết quả"),
    "tu-choi-nhan": noop("Không được tiếp nhận"),
    "dung-xu-ly": noop("Dừng xử lý"),
    "rut": noop("Người dân rút hồ sơ"),
    "tinh-dung-han": noop("Xong và có ngày hẹn"),
    "dung-han": noop("Xong đúng hạn"),
    "xong-tre": noop("Xong trễ hạn"),
    "khong-hen": noop("Kết thúc khi chưa tiếp nhận"),
    "nop-truc-tuyen": noop("Nộp trực tuyến"),
    "nop-toan-trinh": noop("Nộp vào dịch vụ toàn trình"),
    "bo-sung": noop("Phải bổ sung"),
    "bo-sung-lan-hai": noop("Phải bổ sung lần hai"),
    "gia-han": noop("Đã xin lỗi và gia hạn"),
    "bi-tu-choi": noop("Có lý do từ chối"),
    "truc-tuyen-co-ket-qua": noop("Nộp trực tuyến, có kết quả điện tử"),
    "ket-qua-dien-tu": noop("Có kết quả điện tử"),
    "so-hoa": noop("Giấy tờ và kết quả đều có tệp"),
    "da-nop-phi": noop("Đã nộp phí, lệ phí"),
    "nop-phi-truc-tuyen": noop("Nộp phí, lệ phí trực tuyến"),
    "vneid": noop("Nộp bằng tài khoản VNeID"),
    "can-bo": noop("Cán bộ đã làm"),
    "dang-giu": noop("Cán bộ đang giữ việc"),
    "phan-den": noop("Phần việc chuyển đến"),
    "phan-xong": noop("Phần việc kết thúc"),
    "phan-dang-lam": noop("Phần việc chưa xong"),
    "phan-den-han": noop("Phần việc đến hạn hôm nay"),
    "phan-tre": noop("Phần việc trễ hạn"),
    "phan-cho-nguoi-dan": noop("Phần việc chờ người dân"),
    "phan-tu-choi": noop("Phần việc bị từ chối"),
    "phan-tinh-dung-han": noop("Phần việc xong và có hạn"),
    "phan-dung-han": noop("Phần việc xong đúng hạn"),
    "phan-xong-tre": noop("Phần việc xong trễ hạn"),
}
_CAUSES: Final = {
    Cause.RECEPTION: noop("Chưa tiếp nhận dù đã quá ngày dự kiến"),
    Cause.SECOND_SUPPLEMENT: noop("Yêu cầu bổ sung lần hai (tính là trễ)"),
    Cause.BETWEEN: noop("Không phần việc nào trễ; mất thời gian giữa các phần"),
}


def language() -> str:
    """Return the language of the page or file: vi or en."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def figure_words(name: str) -> str:
    """Return what a figure is called."""
    return gettext(NAMES[name])


def step_words(digest: str, leg: str, step: str) -> str:
    """Return what a part's step is called, or the part itself; by the version the dossier stands under."""
    stage = by_digest(digest).procedure.plan.stage(leg)
    name = stage.name.to(language())
    return f"{name}: {stage.step(step).name.to(language())}" if step else name


def place_words(key: str, digest: str) -> str:
    """Say where a dossier stands, from a key of `places`."""
    if key.startswith("status:"):
        return gettext(Status(int(key.removeprefix("status:"))).words)
    code, leg, step = key.split(":", 2)
    return f"{step_words(digest, leg, step)} – {agency(code).name}"


def cause_words(key: str, digest: str) -> str:
    """Say why a dossier is late, from a key of `causes`."""
    if key in set(Cause) - {Cause.PART}:
        return gettext(_CAUSES[Cause(key)])
    _, code, leg = key.split(":", 2)
    return f"{step_words(digest, leg, '')} – {agency(code).name}"


def window_words(window: Window) -> str:
    """Return what a window is called: a day, a week with its days, a month, a quarter."""
    first = window.first
    if window.span is Span.DAY:
        return gettext("ngày {day}").format(day=f"{first:%d/%m/%Y}")
    if window.span is Span.MONTH:
        return gettext("tháng {month}").format(month=f"{first:%m/%Y}")
    if window.span is Span.QUARTER:
        return gettext("quý {n} năm {year}").format(n=(first.month + 2) // 3, year=first.year)
    return gettext("tuần {first} – {last}").format(
        first=f"{first:%d/%m}", last=f"{window.last:%d/%m/%Y}"
    )
