"""Results on their way by post, with every place where the post saw them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.deliveries import queries as deliveries
from motcua.portal.following.reading import Told

NOT_YET = frozenset({"planned", "cancelled"})
"""States in which there is nothing to follow."""


@dataclass(frozen=True)
class Scan:
    """One place where the post saw a letter."""

    words: str
    at: datetime
    place: str


@dataclass(frozen=True)
class Letter:
    """A result in the post."""

    name: str
    words: str
    tracking_number: str
    scans: tuple[Scan, ...]


def letters(told: Told) -> list[Letter]:
    """Return the results that go by post; one query, none where nothing does."""
    by_post = [one for one in told.dossier.promised.values() if one.way == "post"]
    if not by_post:
        return []
    seen = deliveries.by_post(told.code)
    return [
        Letter(
            name=told.result(one.id).name.to(told.language),
            words=state_words(seen[one.id].state),
            tracking_number=seen[one.id].tracking_number,
            scans=tuple(
                Scan(state_words(scan.state), scan.at, scan.place) for scan in seen[one.id].scans
            ),
        )
        for one in by_post
        if one.id in seen and seen[one.id].state not in NOT_YET
    ]


def state_words(state: str) -> str:
    """Return where a letter is, in words."""
    return {
        "ready": gettext("Sắp giao cho bưu điện"),
        "handed_over": gettext("Đã giao"),
        "created": gettext("Bưu điện đã nhận đơn"),
        "picked_up": gettext("Bưu điện đã lấy thư"),
        "in_transit": gettext("Đang chuyển"),
        "out_for_delivery": gettext("Bưu tá đang đi giao"),
        "failed_attempt": gettext("Giao chưa được, bưu tá sẽ đến lại"),
        "delivered": gettext("Đã giao"),
        "returned": gettext("Bị trả lại cơ quan; hãy gọi số hỗ trợ"),
        "lost": gettext("Thất lạc; cơ quan sẽ liên hệ"),
    }.get(state, state)
