"""What the gallery shows: one example of each component and field, with its states.

The people and places are invented, except the names of communes, which are on the map.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.kernel.working_calendar import ZONE
from motcua.ui import pictures, tokens
from motcua.ui.fields import (
    DateValue,
    FacilityValue,
    FieldView,
    FilePage,
    Option,
    PlaceValue,
    Row,
    Why,
    error_links,
)

_PROVINCES = (
    Option("01", "Thành phố Hà Nội"),
    Option("31", "Thành phố Hải Phòng", selected=True),
    Option("33", "Tỉnh Hưng Yên"),
)
_COMMUNES = tuple(
    Option(code, name, selected=code == "11284")
    for code, name in (
        ("11239", "Xã Thanh Miện"),
        ("11242", "Xã Bắc Thanh Miện"),
        ("11254", "Xã Hải Hưng"),
        ("11257", "Xã Nguyễn Lương Bằng"),
        ("11284", "Xã Nam Thanh Miện"),
        ("11311", "Phường Hồng Bàng"),
        ("11329", "Phường Ngô Quyền"),
        ("11359", "Phường Gia Viên"),
        ("11383", "Phường Lê Chân"),
        ("11407", "Phường An Biên"),
        ("11411", "Phường Hải An"),
        ("11413", "Phường Đông Hải"),
        ("11443", "Phường Kiến An"),
    )
)
_FACILITIES = (
    Option("h1", "Bệnh viện Phụ sản Hải Phòng, phường Gia Viên, Hải Phòng", group="Bệnh viện"),
    Option("h2", "Trung tâm Y tế Thanh Miện, xã Thanh Miện, Hải Phòng", group="Bệnh viện"),
    Option("t1", "Trạm Y tế xã Nam Thanh Miện, Hải Phòng", group="Trạm y tế"),
)
_WHY = Why(
    "Để cơ quan đăng ký khai sinh nhận đúng người.",
    "Luật Hộ tịch 2014, Điều 16",
    "công chức tư pháp – hộ tịch, công an xã, bảo hiểm xã hội",
)


def _pages() -> tuple[FilePage, ...]:
    return (
        FilePage("p1", "giay-chung-sinh-1.jpg", 843_000, 1, thumbnail="/static/ui/door.svg"),
        FilePage(
            "p2",
            "giay-chung-sinh-2.pdf",
            2_516_582,
            2,
            kind="pdf",
            state="wrong",
            problem="Trang bị mờ, không đọc được số. Hãy chụp lại ở nơi đủ sáng.",
        ),
    )


def _plain_fields() -> list[FieldView]:
    return [
        FieldView(
            "ten", "ten", "name", "Họ, chữ đệm, tên của trẻ", why=_WHY, example="Trần Bảo An"
        ),
        FieldView(
            "so",
            "so",
            "personal_number",
            "Số định danh cá nhân của mẹ",
            hint="12 chữ số trên thẻ căn cước.",
            value="031199000123",
        ),
        FieldView(
            "sinh",
            "sinh",
            "date",
            "Ngày sinh của trẻ",
            example="23 11 2026",
            value=DateValue("23", "11", "2026"),
        ),
        FieldView(
            "sinh_ong", "sinh_ong", "date", "Ngày sinh của ông ngoại", partial=True, required=False
        ),
        FieldView("gio", "gio", "time", "Giờ sinh", required=False),
        FieldView(
            "dt",
            "dt",
            "phone",
            "Số điện thoại di động",
            hint="Chúng tôi nhắn tin khi hồ sơ có thay đổi.",
            attributes={"autocomplete": "tel"},
        ),
        FieldView(
            "thu",
            "thu",
            "email",
            "Thư điện tử",
            required=False,
            attributes={"autocomplete": "email"},
        ),
        FieldView("ban", "ban", "number", "Số bản sao cần cấp", unit="bản", value="2", width=4),
        FieldView("tien", "tien", "money", "Số tiền đề nghị hỗ trợ", value="1500000"),
        FieldView("ly_do", "ly_do", "long_text", "Lý do đăng ký muộn", counted=300),
        FieldView(
            "otp",
            "otp",
            "code",
            "Mã xác nhận",
            hint="Mã 6 chữ số gửi tới ••• ••• 678, dùng trong 5 phút.",
        ),
    ]


def _choices() -> list[FieldView]:
    return [
        FieldView(
            "gioi",
            "gioi",
            "radio",
            "Giới tính của trẻ",
            inline=True,
            options=(Option("nam", "Nam"), Option("nu", "Nữ", selected=True)),
        ),
        FieldView(
            "tra",
            "tra",
            "radio",
            "Nhận kết quả bằng cách nào?",
            asks=True,
            options=(
                Option(
                    "online",
                    "Nhận trực tuyến",
                    "Bản điện tử có chữ ký số, tải về ngay khi xong.",
                    selected=True,
                ),
                Option("counter", "Nhận tại bộ phận một cửa", "Mang theo thẻ căn cước."),
                Option("post", "Nhận qua bưu chính", "Trả cước cho bưu tá, khoảng 25.000 đ."),
            ),
        ),
        FieldView(
            "can",
            "can",
            "checkboxes",
            "Cần thêm giấy tờ nào?",
            required=False,
            options=(
                Option("1", "Bản sao giấy khai sinh", selected=True),
                Option("2", "Thẻ bảo hiểm y tế bản giấy"),
            ),
        ),
        FieldView(
            "cung", "cung", "checkbox", "Cha cư trú cùng nơi với mẹ", value=True, required=False
        ),
        FieldView(
            "dan_toc",
            "dan_toc",
            "select",
            "Dân tộc",
            options=(Option("1", "Kinh", selected=True), Option("2", "Tày"), Option("5", "Mường")),
        ),
        FieldView(
            "cam_doan",
            "cam_doan",
            "pledge",
            "Tôi đã đọc và cam đoan như trên",
            statement="Tôi cam đoan nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.",
        ),
    ]


def _place_field() -> FieldView:
    return FieldView(
        "que",
        "que",
        "place",
        "Nơi thường trú của mẹ",
        options=_PROVINCES,
        why=_WHY,
        value=PlaceValue(
            "31",
            "11284",
            "Thôn An Khoái",
            "thanh giang",
            communes=_COMMUNES,
            matches=(
                Option(
                    "11284",
                    "Xã Nam Thanh Miện, TP Hải Phòng",
                    "trước là xã Thanh Giang, Hải Dương",
                ),
            ),
        ),
    )


def _large_fields() -> list[FieldView]:
    return [
        _place_field(),
        FieldView(
            "noi_sinh",
            "noi_sinh",
            "facility",
            "Nơi sinh",
            options=_FACILITIES,
            hint="Tên đầy đủ và địa chỉ của cơ sở y tế, đến xã, phường, tỉnh.",
            value=FacilityValue(
                "Nhà hộ sinh Sen Hồng", "Thôn 2, xã Nam Thanh Miện, Hải Phòng", is_other=True
            ),
        ),
        FieldView(
            "giay",
            "giay",
            "file",
            "Giấy chứng sinh",
            pages=_pages(),
            hint="Ảnh JPEG, PNG, HEIC hoặc PDF; mỗi tệp không quá 20 MB. Chụp đủ bốn góc, rõ chữ.",
        ),
        FieldView(
            "nguoi",
            "nguoi",
            "group",
            "Người cùng hộ",
            add_label="Thêm một người",
            required=False,
            rows=(
                Row(
                    0,
                    title="Phạm Văn Lực",
                    closed=True,
                    summary="Nam · 01/02/1961 · Chủ hộ",
                    hidden=(("nguoi__0__ten", "Phạm Văn Lực"),),
                ),
                Row(
                    1,
                    (
                        FieldView(
                            "nguoi_1_ten",
                            "nguoi__1__ten",
                            "name",
                            "Họ và tên",
                            value="Phạm Thị Sen",
                        ),
                    ),
                ),
            ),
        ),
    ]


def _wrong_fields() -> list[FieldView]:
    return [
        FieldView(
            "x_ten",
            "x_ten",
            "name",
            "Họ, chữ đệm, tên",
            value="Tr@n An",
            errors=["Tên chỉ gồm chữ cái, dấu cách, dấu nháy và gạch nối."],
        ),
        FieldView(
            "x_sinh",
            "x_sinh",
            "date",
            "Ngày sinh",
            value=DateValue("31", "2", "2026"),
            errors=["Tháng 2 năm 2026 không có ngày 31."],
        ),
        FieldView(
            "x_so",
            "x_so",
            "personal_number",
            "Số định danh cá nhân",
            value="031099000123",
            warnings=[
                "Chữ số thứ tư thường cho biết giới tính: số này là của nam. Hãy xem lại thẻ căn cước."
            ],
        ),
        FieldView(
            "x_gioi",
            "x_gioi",
            "radio",
            "Giới tính",
            inline=True,
            errors=["Hãy chọn nam hoặc nữ."],
            options=(Option("nam", "Nam"), Option("nu", "Nữ")),
        ),
    ]


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def _timeline() -> list[dict[str, Any]]:
    return [
        {"title": "Đã nộp hồ sơ", "state": "done", "at": _at(23, 8, 12), "text": "Quý vị nộp từ điện thoại."},
        {"title": "Đăng ký khai sinh", "state": "done", "at": _at(23, 16, 40),
         "who": "UBND xã Nam Thanh Miện", "href": "#", "link": "Tải giấy khai sinh"},
        {"title": "Đăng ký thường trú", "state": "now", "at": _at(23, 16, 41),
         "who": "Công an xã Nam Thanh Miện", "due": _at(30, 17)},
        {"title": "Nộp lệ phí cư trú", "state": "action", "href": "#", "link": "Nộp 10.000 đ"},
        {"title": "Cấp thẻ bảo hiểm y tế", "state": "stopped", "who": "Bảo hiểm xã hội Hải Phòng",
         "text": "Trẻ đã có thẻ. Không ảnh hưởng tới các kết quả khác."},
        {"title": "Trả kết quả", "state": "next"},
    ]  # fmt: skip


def _lists() -> dict[str, Any]:
    return {
        "answers": [
            {"label": "Họ và tên của trẻ", "value": "Trần Bảo An", "change_href": "#"},
            {"label": "Ngày sinh", "value": "23/11/2026", "change_href": "#"},
            {"label": "Nơi sinh", "missing": True, "change_href": "#"},
            {"label": "Giấy chứng sinh", "lines": ["Trang 1", "Trang 2"], "change_href": "#"},
        ],
        "tasks": [
            {"title": "Người yêu cầu", "href": "#", "state": "done"},
            {"title": "Thông tin của trẻ", "href": "#", "state": "started"},
            {"title": "Cha, mẹ", "href": "#", "state": "wrong", "hint": "Còn 2 chỗ cần sửa"},
            {"title": "Giấy tờ", "href": "#", "state": "todo"},
            {"title": "Kiểm tra và nộp", "state": "locked", "hint": "Mở khi các phần trên đã xong"},
        ],
        "fees": [
            {"label": "Đăng ký khai sinh", "amount": 0, "basis": "Luật Phí và lệ phí 2015"},
            {"label": "Lệ phí đăng ký cư trú", "amount": 10_000, "basis": "Thông tư 75/2022/TT-BTC"},
            {"label": "Cước bưu chính", "amount": 25_000, "note": "trả cho bưu tá khi nhận"},
        ],
        "cards": [
            {"title": "Khai sinh, thường trú, thẻ bảo hiểm y tế", "href": "#",
             "text": "Một tờ khai cho trẻ dưới 6 tuổi; ba cơ quan cùng làm.", "note": "4 ngày làm việc · toàn trình"},
            {"title": "Giấy xác nhận tình trạng hôn nhân", "href": "#", "note": "3 ngày làm việc · toàn trình"},
        ],
        "guide": [
            {"title": "Chuẩn bị giấy tờ", "text": "Thẻ căn cước và giấy chứng sinh."},
            {"title": "Khai từng phần", "text": "Mỗi trang tự lưu; có thể làm tiếp trên máy khác."},
            {"title": "Nộp và theo dõi", "text": "Nhận tin nhắn khi có thay đổi."},
        ],
    }  # fmt: skip


def _desk() -> dict[str, Any]:
    return {
        "columns": ["Mã hồ sơ", "Chủ hồ sơ", "Thủ tục", "Hạn trả", "Trạng thái"],
        "rows": [
            [
                "H31.100-261123-0001",
                "Trần Bảo An",
                "Khai sinh liên thông",
                "27/11/2026",
                "Đang xử lý",
            ],
            [
                "H31.100-261123-0002",
                "Lê Minh Khôi",
                "Xác nhận hôn nhân",
                "hạn trong hôm nay",
                "Yêu cầu bổ sung",
            ],
        ],
        "views": [
            {"label": "Mới đến", "href": "#", "current": True, "count": 4},
            {"label": "Hạn hôm nay", "href": "#", "count": 1},
            {"label": "Quá hạn", "href": "#", "count": 0},
        ],
        "filter_field": FieldView(
            "loc",
            "loc",
            "select",
            "Thủ tục",
            required=False,
            options=(Option("1", "Khai sinh liên thông"),),
        ),
    }


def gallery_context() -> dict[str, Any]:
    """Return everything the gallery page shows."""
    wrong = _wrong_fields()
    return {
        "support": {
            "unit": "Bộ phận một cửa xã Nam Thanh Miện",
            "person": "Công chức tư pháp – hộ tịch",
            "phone": "0225 000 0000",
            "hours": "Thứ Hai – thứ Sáu, 7:30–11:30 và 13:30–17:00",
        },
        "account": {"name": "Chị Lan", "href": "#"},
        "breadcrumbs": [{"label": "Trang đầu", "href": "/"}, {"label": "Thư viện", "href": "/ui"}],
        "field_sets": [
            ("Ô nhập", _plain_fields()),
            ("Lựa chọn", _choices()),
            ("Ô lớn", _large_fields()),
            ("Khi có lỗi", wrong),
        ],
        "errors": error_links(wrong),
        "timeline_steps": _timeline(),
        "page": FilePage("k1", "Giấy khai sinh – Trần Bảo An", 184_000, kind="pdf", href="#"),
        "document": {
            "title": "Giấy chứng sinh", "note": "Bản điện tử hoặc ảnh chụp bản chính.", "state": "done",
            "state_label": "Đã nhận 2 trang", "pages": _pages(), "href": "#", "link": "Xem hoặc thay",
        },
        "now": _at(23, 15, 30),
        "tokens": tokens, "icons": sorted(pictures.ICONS), "drawings": pictures.DRAWINGS,
        **_lists(),
        **_desk(),
    }  # fmt: skip
