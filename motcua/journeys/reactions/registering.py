"""A number whose case came to nothing stays in its book, struck with the reason."""

from motcua.dossiers.news import Happened, on
from motcua.dossiers.rules import events as e
from motcua.registers.operations import strike
from motcua.registers.queries import entries_of

_REASONS = {
    "withdrawn": "Người nộp rút hồ sơ",
    "stopped": "Dừng giải quyết hồ sơ",
    "declined": "Từ chối giải quyết hồ sơ",
    "earlier_refused": "Phần việc trước bị từ chối",
}


@on(e.LegCancelled)
def cancelled(item: Happened[e.LegCancelled]) -> None:
    """Strike the number of a part that is not needed any more."""
    _struck(item, item.event.leg, _REASONS[item.event.reason])


@on(e.LegRefused)
def refused(item: Happened[e.LegRefused]) -> None:
    """Strike the number of a part that was refused after it had been written down."""
    _struck(item, item.event.leg, "Từ chối giải quyết hồ sơ")


def _struck(item: Happened[e.Event], leg: str, reason: str) -> None:
    for entry in entries_of(item.row.code):
        if entry.part == leg:
            strike(entry=entry.pk, reason=reason, by="motcua", at=item.event.at)
