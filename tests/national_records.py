"""Invented records in the shape of the national catalogue, as messy as the real ones: cells glued to cells,
headings inside texts, “Không có thông tin”, remains of a web page, amounts that lost their thousands.

The same number always gives the same records.
"""

import json
from pathlib import Path
from random import Random
from typing import Any

ACTS = (
    "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Thu hồi", "Đăng ký", "Thủ tục đăng ký", "Thẩm định",
    "Phê duyệt", "Công nhận", "Chấp thuận", "Thông báo", "Điều chỉnh", "Xác nhận",
)  # fmt: skip
THINGS = (
    "giấy phép hành nghề", "chứng chỉ chuyên môn", "giấy chứng nhận cơ sở đủ điều kiện", "phương án bảo vệ",
    "kế hoạch khai thác", "hồ sơ thiết kế", "danh mục vật tư", "giấy phép hoạt động", "quyết định hỗ trợ",
    "biển hiệu phương tiện", "giấy chứng nhận kiểm định", "mã số vùng nuôi", "bản sao từ sổ gốc", "tem kiểm soát",
)  # fmt: skip
MATTERS = (
    "nuôi trồng thủy sản lồng bè", "tàu cá cỡ nhỏ", "kho ngoại quan", "cây xanh đô thị", "quỹ tín dụng nhân dân",
    "giống vật nuôi", "bến thủy nội địa", "công trình thủy lợi", "vườn ươm", "đại lý hải quan", "sân bay chuyên dùng",
    "bãi chứa vật liệu", "xe tập lái", "cơ sở cai nghiện tự nguyện", "tổ hợp tác", "chợ dân sinh", "khu neo đậu",
    "rừng trồng", "hòa giải viên", "nhà ở công vụ", "trạm quan trắc", "thuốc thú y", "luật sư tập sự", "ao nuôi tôm",
)  # fmt: skip
FIELDS = (
    "Thủy sản", "Hải quan", "Lâm nghiệp", "Đường bộ", "Hàng hải và đường thủy nội địa", "Thuế", "Luật sư",
    "Chăn nuôi", "Thú y", "Hạ tầng kỹ thuật", "Đăng kiểm", "Thành lập và hoạt động ngân hàng", "Hộ tịch",
    "Đăng ký, quản lý cư trú", "Thủy lợi", "Một lĩnh vực chưa ai biết",
)  # fmt: skip
AGENCIES = (
    "Sở Xây dựng", "Công an cấp Xã", "Ủy ban Nhân dân\xa0xã,\xa0phường,\xa0thị trấn.", "Cục Hàng không Việt Nam",
    "Không có thông tin", "Chi cục Hải quan khu vực", "Sở Nông nghiệp và Môi trường, Ủy ban nhân dân cấp tỉnh",
)  # fmt: skip
LEVELS = ("Cấp xã", "Cấp tỉnh", "Cấp bộ", "Cấp tỉnh, Cấp xã", "Cấp xã, Cơ quan khác")
MARKS = ("BTP", "BCA-C06", "BXD", "BNNMT", "BTC", "NHNN", "UBND", "BGTVT")
PEOPLE = (
    "Công dân Việt Nam",
    "Doanh nghiệp",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Người nước ngoài",
)
TIMES = ("15 Ngày làm việc", "5 Ngày", "3", "2 Giờ", "Không có thông tin")
FEES = (
    "Miễn phí", "Không có thông tin", "250,000 VNĐ(Phí thẩm định (mỗi hồ sơ))", "2,000,000 Việt Nam Đồng",
    "Miễn phí(Mức lệ phí cụ thể do Hội đồng nhân dân quyết định.)", "50 VNĐ((mức 50.000 đồng/lần))",
)  # fmt: skip
NOTES = (
    "",
    "Nộp tại Bộ phận Một cửa.\n",
    "- Nộp trực tiếp tại nơi tiếp nhận;\n- Trả lời bằng văn bản.\n",
)
PAGE_LEFT = (
    "Từ khóaKhông có thông tinMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành"
    "-- Chọn Tỉnh/ Thành phố --Nộp hồ sơ"
)


def record(number: int) -> dict[str, Any]:
    """Return the record with this number."""
    chance = Random(number)
    name = f"{chance.choice(ACTS)} {chance.choice(THINGS)} {chance.choice(MATTERS)}"
    return {
        "ma_thu_tuc": f"{1 + number % 3}.{900_000 + number:06d}",
        "detail_url": f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{number:08x}",
        "formality_id": f"{number:08x}",
        "ten_thu_tuc": f"{name} (loại {number})",
        "so_quyet_dinh": f"{100 + number}/QĐ-{chance.choice(MARKS)}",
        "cap_thuc_hien": chance.choice(LEVELS),
        "loai_thu_tuc": chance.choice(["TTHC được giao luật quy định chi tiết", ""]),
        "linh_vuc": chance.choice(FIELDS),
        "doi_tuong_thuc_hien": ", ".join(chance.sample(PEOPLE, 2)),
        "co_quan_co_tham_quyen": "",
        "dia_chi_tiep_nhan": "",
        "co_quan_duoc_uy_quyen": "",
        "co_quan_phoi_hop": "",
        "thu_tuc_lien_quan": "Không có thông tin",
        "trinh_tu_thuc_hien": _steps(chance),
        "cach_thuc_thuc_hien": _ways(chance),
        "thanh_phan_ho_so": _papers(chance),
        "can_cu_phap_ly": _laws(chance),
        "co_quan_thuc_hien": chance.choice(AGENCIES),
        "yeu_cau_dieu_kien": chance.choice(
            ["Không có thông tin", "- Có đủ năng lực.\n- Có trụ sở."]
        ),
        "ket_qua_xu_ly": f"Giấy chứng nhận {chance.choice(MATTERS)}Mã: KQ.G10.{number:06d}{PAGE_LEFT}",
        "raw_text": name * 20,
    }


def _ways(chance: Random) -> str:
    channels = chance.sample(["Trực tuyến", "Dịch vụ bưu chính", "Trực tiếp"], chance.randint(1, 3))
    rows = "".join(
        f"{c}{chance.choice(TIMES[:2])}{chance.choice(FEES)}{chance.choice(NOTES)}"
        for c in channels
    )
    return f"Hình thức nộpThời gianPhí, lệ phíMô tả{rows}"


def _papers(chance: Random) -> str:
    head = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
    rows = [
        f"- Đơn đề nghị theo Mẫu số {chance.randint(10, 99)} ban hành kèm theo Thông tưMẫu số 01.docx1 bản chính",
        f"Bản sao {chance.choice(THINGS)} còn giá trị;0 bản chính,1 bản sao",
        "Trường hợp dữ liệu đã có thì không phải nộp.0 bản chính",
    ]
    first = f"--{head}{''.join(rows[: chance.randint(1, 3)])}"
    return first + (f"* Trường hợp cấp lại:{head}{rows[1]}" if chance.random() < 0.3 else "")


def _laws(chance: Random) -> str:
    year = chance.randint(2014, 2026)
    return (
        f"Tên văn bản pháp lýMã văn bảnLuật {chance.randint(10, 99)}/{year}/QH13{chance.randint(10, 99)}/{year}/QH13"
        f"quy định về {chance.choice(MATTERS)}{chance.randint(10, 99)}/{year}/NĐ-CPThông tư hướng dẫn"
        f"{chance.randint(10, 99)}/{year}/TT-BTC"
    )


def _steps(chance: Random) -> str:
    steps = [
        f"Bước {n}: Tổ chức, cá nhân {chance.choice(MATTERS)} nộp hồ sơ.\n"
        for n in range(1, chance.randint(2, 6))
    ]
    return "".join(
        steps
    ) + "- Nếu hồ sơ đầy đủ, hợp lệ thì\nlàm thủ tục tiếp nhận.\n" * chance.randint(0, 8)


def write(folder: Path, numbers: range, **changes: str) -> list[Path]:
    """Write records, one file each, and return the files."""
    return [write_one(folder, record(number) | changes) for number in numbers]


def write_one(folder: Path, told: dict[str, Any], name: str = "") -> Path:
    """Write one record and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / (name or f"{told['ma_thu_tuc']}.json")
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return file
