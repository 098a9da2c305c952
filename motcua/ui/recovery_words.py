"""What pages of officials and citizens say of an account that is opened again: where it stands, what happened."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from motcua.identity.models import Recovery
from motcua.ui.words import moment_words

if TYPE_CHECKING:
    from datetime import datetime

Ending = Recovery.Ending


def state_words(row: Recovery) -> str:
    """Return where it stands."""
    if row.ending:
        return _ended(Ending(row.ending))
    if row.moves_at is not None:
        return gettext("Đổi số lúc {when}").format(when=moment_words(row.moves_at))
    if row.proved_at is not None:
        return gettext("Chờ cán bộ thứ hai")
    return gettext("Chờ mã xác nhận")


def state_shape(row: Recovery) -> str:
    """Return the shape its tag has."""
    if row.ending:
        return "done" if row.ending == Ending.MOVED else "stopped"
    return "running" if row.moves_at else "action"


def _ended(ending: Recovery.Ending) -> str:
    return {
        Ending.MOVED: gettext("Đã đổi số"),
        Ending.HOLDER: gettext("Người giữ số cũ đã dừng"),
        Ending.OFFICE: gettext("Cán bộ đã dừng"),
        Ending.TIME: gettext("Hết hạn, chưa xác nhận đủ"),
        Ending.OVERTAKEN: gettext("Không đổi được: tài khoản hoặc số mới đã có chủ khác"),
    }[ending]


def history(row: Recovery, names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return what happened, the latest first; `names`: of the officials, empty for pages of citizens."""
    told: list[tuple[datetime | None, str, int | None]] = [
        (row.ended_at, _ended(Ending(row.ending)) if row.ending else "", row.stopped_by),
        (
            row.checked_at,
            gettext("Cán bộ thứ hai xem căn cước và xác nhận; đã báo cho số cũ"),
            row.checked_by,
        ),
        (row.proved_at, gettext("Mã gửi đến số mới đã đúng"), None),
        (row.recorded_at, gettext("Cán bộ đối chiếu căn cước và ghi số mới"), row.recorded_by),
    ]
    return [
        {"at": at, "text": text, "who": names.get(who or 0, "")} for at, text, who in told if at
    ]
