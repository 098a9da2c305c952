"""Opening a dossier in an emergency: for a reason in words, for an hour, a few times a day, and looked at afterwards."""

from collections.abc import Collection
from datetime import timedelta
from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop

LASTS = timedelta(hours=1)
A_DAY = 5
"""So many dossiers may one official open a day: an emergency is no search."""
LEAST_WORDS = 20
"""Letters that a reason has at least: `khẩn cấp` alone is none."""


class EmergencyWithoutReason(Refusal):
    """No coded reason, or no words that say what happened. Data: `least` letters."""

    code: ClassVar[str] = "dossiers.emergency-without-reason"
    text: ClassVar[str] = noop(
        "Hãy chọn lý do và viết rõ việc gì đang xảy ra, ít nhất {least} chữ cái. "
        "Lãnh đạo và người dân sẽ đọc lý do này."
    )


class TooManyEmergencies(Refusal):
    """An official has opened as many dossiers today as one may. Data: `most`."""

    code: ClassVar[str] = "dossiers.too-many-emergencies"
    text: ClassVar[str] = noop(
        "Mỗi người chỉ mở khẩn cấp được {most} hồ sơ trong 24 giờ. Hãy báo lãnh đạo cơ quan."
    )
    status: ClassVar[int] = 429


class NoEmergencyOpen(Refusal):
    """Nothing is open in an emergency here: never was, or its hour is over."""

    code: ClassVar[str] = "dossiers.no-emergency-open"
    text: ClassVar[str] = noop(
        "Hồ sơ này không mở khẩn cấp, hoặc đã quá một giờ. Nếu vẫn cần, hãy mở lại và nêu lý do."
    )
    status: ClassVar[int] = 404


class NothingToReview(Refusal):
    """No such opening waits for this leader: another office's, their own, or reviewed already."""

    code: ClassVar[str] = "dossiers.nothing-to-review"
    text: ClassVar[str] = noop(
        "Lần mở khẩn cấp này không chờ quý vị xem lại: đã được xem, do chính quý vị mở, hoặc của cơ quan khác. Hãy quay lại danh sách."
    )
    status: ClassVar[int] = 404


def checked_reason(reason: str, words: str, known: Collection[str]) -> str:
    """Return the words of a reason that is good enough to be written down. Raises EmergencyWithoutReason."""
    told = " ".join(words.split())
    letters = sum(sign.isalpha() for sign in told)
    if reason not in known or letters < LEAST_WORDS:
        raise EmergencyWithoutReason(least=LEAST_WORDS)
    return told[:1000]
