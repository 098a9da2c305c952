"""The national index (QĐ 766/QĐ-TTg) and the measures of NĐ 224/2026 Điều 19, as far as events tell them.

A share names the figure above the line and the one below; what this system cannot know says why.
"""

from dataclasses import dataclass
from typing import Final

from motcua.kernel.refusal import noop


@dataclass(frozen=True, slots=True)
class Share:
    """A measured share: `counted` of `of`, both names of figures; `full`: the percentage that earns all points."""

    code: str
    name: str
    counted: str
    of: str
    rule: str
    full: int | None = None


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """What the law measures and this system cannot, with the reason."""

    code: str
    name: str
    why: str


SHARES: Final = (
    Share(
        "2.1", noop("Hồ sơ giải quyết đúng hạn"), "dung-han", "tinh-dung-han",
        noop(
            "Xong không muộn hơn ngày hẹn. Thời gian người dân bổ sung một lần được trừ; "
            "yêu cầu bổ sung lần hai thì tính là trễ. Hồ sơ chưa từng tiếp nhận không tính."
        ),
    ),
    Share(
        "3.3", noop("Hồ sơ trực tuyến có kết quả điện tử"), "truc-tuyen-co-ket-qua", "co-ket-qua",
        noop("Nộp trực tuyến và có ít nhất một kết quả điện tử đã ký còn hiệu lực."), 50,
    ),
    Share(
        "3.6", noop("Hồ sơ nộp phí, lệ phí trực tuyến"), "nop-phi-truc-tuyen", "da-nop-phi",
        noop("Trong các hồ sơ đã nộp phí, lệ phí."),
    ),
    Share(
        "4.1", noop("Hồ sơ có kết quả điện tử"), "ket-qua-dien-tu", "co-ket-qua",
        noop("Có ít nhất một kết quả điện tử đã ký còn hiệu lực."),
    ),
    Share(
        "4.2", noop("Hồ sơ được số hóa"), "so-hoa", "co-ket-qua",
        noop("Có tệp của giấy tờ phải nộp và có kết quả điện tử."), 80,
    ),
    Share(
        "4.5", noop("Hồ sơ nộp bằng tài khoản đã xác thực VNeID"), "vneid", "xong",
        noop("Trong các hồ sơ đã kết thúc."),
    ),
)  # fmt: skip
_ELSEWHERE = noop("Không đo: việc này diễn ra ngoài hệ thống, hệ thống không có dữ liệu.")
_ELSEWHERE_HEARD = noop(
    "Không chấm: phản ánh, kiến nghị ở ngoài hệ thống. Ý kiến hỏi ở đây đăng tại trang Người dân có hài lòng không."
)
UNMEASURED: Final = (
    Unmeasured("1.1–1.3", noop("Công bố, công khai thủ tục đúng hạn và đủ nội dung"), _ELSEWHERE),
    Unmeasured(
        "1.4", noop("Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia"),
        noop("Không đo: bản cài đặt này chưa nối với Cổng Dịch vụ công quốc gia."),
    ),
    Unmeasured(
        "3.1, 3.5", noop("Thủ tục cung cấp trực tuyến; thủ tục thu phí trực tuyến"),
        noop("Không đo: cần danh mục mọi thủ tục của cơ quan, kể cả thủ tục chưa có ở đây."),
    ),
    Unmeasured(
        "4.3, 4.4", noop("Dùng lại giấy tờ đã số hóa; giấy tờ lấy từ kho dữ liệu"),
        noop("Không đo: nguồn của từng giấy tờ chưa được ghi lại."),
    ),
    Unmeasured("5.x", noop("Phản ánh, kiến nghị; mức độ hài lòng"), _ELSEWHERE_HEARD),
)  # fmt: skip
DECREE: Final = (
    Share(
        "Điều 19", noop("Hồ sơ nộp qua dịch vụ công trực tuyến toàn trình"), "nop-toan-trinh", "nop",
        noop("Thủ tục được công bố là toàn trình ở phiên bản của hồ sơ."),
    ),
    Share(
        "Điều 19", noop("Hồ sơ nộp trực tuyến"), "nop-truc-tuyen", "nop",
        noop("Kênh nộp của từng hồ sơ, trong các hồ sơ nộp trong kỳ."),
    ),
    Share(
        "Điều 19", noop("Hồ sơ giải quyết đúng hạn"), "dung-han", "tinh-dung-han",
        noop("Như chỉ số 2.1."),
    ),
)  # fmt: skip
DECREE_UNMEASURED: Final = (
    Unmeasured(
        "Điều 19", noop("Mức độ tự động hóa"),
        noop("Không đo: chưa có cách tính chính thức cho từng bước."),
    ),
    Unmeasured(
        "Điều 19", noop("Mức độ hài lòng"),
        noop("Chưa có cách tính chính thức. Ý kiến hỏi ở đây đăng tại trang Người dân có hài lòng không."),
    ),
)  # fmt: skip
