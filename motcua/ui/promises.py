"""Why a promised date is this day, day by day, in the reader's language."""

from django.utils.translation import gettext

from motcua.kernel.working_time import Step


def day_reason(day: Step, language: str) -> str:
    """Return what one day of a derivation is; the kernel's own words are Vietnamese."""
    if language == "vi":
        return day.note
    words = {
        "start": gettext("Bắt đầu tính thời hạn; ngày này chưa tính"),
        "after_cutoff": gettext("Nhận sau giờ chốt: tính từ ngày làm việc tiếp theo"),
        "counted": gettext("Ngày làm việc thứ {n}"),
        "swap_working": gettext("Ngày làm bù, là ngày làm việc thứ {n}"),
        "weekend": gettext("Nghỉ hằng tuần"),
        "holiday": gettext("Nghỉ lễ, nghỉ bù"),
        "paused": gettext("Thời hạn tạm dừng"),
        "extended": gettext("Ngày hẹn cũ, được gia hạn"),
        "due": gettext("Hạn trả kết quả"),
    }
    return words[day.kind].format(n=day.number or "")
