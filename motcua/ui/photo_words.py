"""What a person is told of a photograph, in the desk on the phone and beside the page on the server."""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop

FAULTS = {
    "cut": gettext_noop("Tờ giấy bị mất mép. Hãy lùi ra một chút để thấy đủ bốn góc."),
    "small": gettext_noop("Tờ giấy quá nhỏ trong ảnh. Hãy đưa máy lại gần hơn."),
    "dark": gettext_noop("Ảnh quá tối. Hãy ra chỗ sáng hơn hoặc bật đèn."),
    "blur": gettext_noop("Ảnh bị mờ. Hãy giữ yên máy, chờ rõ chữ rồi mới chụp."),
    "glare": gettext_noop("Ảnh bị lóa, có chỗ trắng xóa. Hãy tránh ánh đèn chiếu thẳng vào giấy."),
}
LOOKS = {
    "straight": gettext_noop("Cắt thẳng"),
    "scan": gettext_noop("Như bản quét"),
    "sent": gettext_noop("Về ảnh gốc"),
}


def fault_words(faults: Iterable[str]) -> list[str]:
    """Return what to do about what makes a photograph hard to read."""
    return [gettext(FAULTS[fault]) for fault in faults if fault in FAULTS]


def look_words(looks: Iterable[str]) -> list[tuple[str, str]]:
    """Return (look, words of its button)."""
    return [(look, gettext(LOOKS[look])) for look in looks]
