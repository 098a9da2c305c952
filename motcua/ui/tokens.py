"""What each token of the style sheet is for: shown with its example at /ui, told in docs/reference/design.md."""

from __future__ import annotations

COLOURS = (
    ("paper", "nền trang"),
    ("tint", "nền của khung phụ, chân trang"),
    ("ink", "chữ"),
    ("soft", "chữ phụ, gợi ý"),
    ("line", "đường kẻ trang trí"),
    ("edge", "viền của ô nhập, hình phải nhìn thấy"),
    ("door", "đường dẫn, nút chính, việc đã xong"),
    ("door-deep", "khi trỏ vào; chữ trên nền cửa"),
    ("door-tint", "nền của điều tốt đẹp, của lựa chọn"),
    ("on-door", "chữ trên nút chính"),
    ("lamp", "ánh đèn: chỗ đang đứng, việc đang làm"),
    ("bad", "lỗi, việc không lấy lại được"),
    ("bad-deep", "như trên, khi cần tương phản hơn"),
    ("bad-tint", "nền của lỗi"),
    ("warn", "chờ quý vị, cần để ý"),
    ("warn-deep", "như trên, khi cần tương phản hơn"),
    ("warn-tint", "nền của điều cần để ý"),
)
LETTERS = (
    ("t-1", "tên trang (h1)"),
    ("t-2", "tên phần (h2)"),
    ("t-lead", "câu mở đầu"),
    ("t-body", "chữ thường, 18 px"),
    ("t-small", "gợi ý, căn cứ; không có cỡ nào nhỏ hơn"),
)
DISTANCES = ("s-1", "s-2", "s-3", "s-4", "s-5", "s-6", "s-7")
OTHERS = (
    ("round", "góc của nút, ô nhập, thẻ"),
    ("round-small", "góc của ảnh, của mục trong danh sách"),
    ("raised", "bóng của thẻ"),
    ("quick", "thời gian của mọi chuyển động; không có khi máy hay người dùng xin bớt chuyển động"),
    ("thumb", "chỗ bấm thấp nhất, 44 px"),
    ("measure", "bề ngang của điều phải đọc, không quá 70 chữ"),
    ("width", "bề ngang của cả trang"),
)
EVERY = frozenset(
    [name for name, _ in (*COLOURS, *LETTERS, *OTHERS)] + list(DISTANCES)
)  # fmt: skip
