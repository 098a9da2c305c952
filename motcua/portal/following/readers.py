"""Who saw what of a dossier, in words for whoever it is about (the right to know, Luật 91/2025/QH15, Điều 4)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.agencies.rules.codes import code_list
from motcua.agencies.rules.roles import NAMES, Role
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import ReadLog
from motcua.dossiers.readings import readings_of
from motcua.journeys.emergencies import REASONS as WHY_IN_EMERGENCY
from motcua.journeys.revealing import REASONS, RESTRICTED, group_words
from motcua.procedures.rules.personal import VEILS

MOST = 30


@dataclass(frozen=True)
class Reading:
    """One line: when, who in which post, and what for."""

    at: datetime
    who: str
    what: str


def readers(row: Row, language: str, most: int = MOST) -> list[Reading]:
    """Return who saw the dossier, latest first; one query."""
    return [reading_words(one, language) for one in readings_of(row)[:most]]


def reading_words(one: ReadLog, language: str) -> Reading:
    """Return one entry of the log in words."""
    if one.agency is None:
        what = gettext("được gửi phần dữ liệu cần cho việc của mình")
        return Reading(one.at, one.party, what)
    post = gettext(NAMES[Role(one.role)]) if one.role in set(Role) else ""
    who = ", ".join(filter(None, [one.official_name, post, one.agency.name]))
    return Reading(one.at, who, _what(one, language))


def _reasons(one: ReadLog) -> str:
    """Return the list that has the reason: of an emergency, of a restriction, or the usual one."""
    if one.purpose == ReadLog.Purpose.EMERGENCY:
        return WHY_IN_EMERGENCY
    return RESTRICTED if code_list(RESTRICTED).has(one.reason) else REASONS


def _what(one: ReadLog, language: str) -> str:
    reason = code_list(_reasons(one)).label(one.reason, language)
    if one.purpose == ReadLog.Purpose.REVEAL:
        shown = ", ".join(group_words(veil) for veil in VEILS if veil in one.groups.split(","))
        return gettext("xem {what}; lý do: {reason}").format(what=shown, reason=reason)
    words = {
        "handling": gettext("mở hồ sơ để xử lý"),
        "emergency": gettext("mở khẩn cấp; lý do: {reason}").format(reason=reason),
        "list_file": gettext("có tên trong một danh sách được xuất ra tệp"),
        "book": gettext("có tên trong sổ đăng ký được mở, in hoặc tải"),
        "post_list": gettext("có tên trong bảng kê thư gửi bưu điện được mở hoặc in"),
        "request": gettext("mở để trả lời yêu cầu về dữ liệu cá nhân"),
    }
    return words.get(one.purpose, "")
