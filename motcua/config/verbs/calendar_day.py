"""Set a day of the working calendar, a storm or a decreed holiday, and recount the promised dates it moves.

Without --apply it only shows how many dossiers would move. The country's days are set here alone; the desk sets those
of a province. The recounting is done by the worker; its page is told.
"""

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.journeys.recounting import Preview


def declare(parser: ArgumentParser) -> None:
    """Take the day, where it holds, what it is, and its grounds."""
    parser.add_argument("day", type=date.fromisoformat, help="2026-12-02")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--province", default="", metavar="CODE", help="the code of a province: 31")
    where.add_argument("--country", action="store_true", help="the whole country")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--closed", action="store_true")
    what.add_argument("--working", action="store_true")
    parser.add_argument("--note", default="", help="why, as citizens read it")
    parser.add_argument("--decision", default="", help="the number of the decision")
    parser.add_argument(
        "--apply", action="store_true", help="set it, not only show what would move"
    )
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Show what would move, or set the day; return 1 when it is refused."""
    with the_house(asked.language):
        from motcua.journeys.recounting import preview

        found = preview(day=asked.day, province=asked.province, working=asked.working)
        say(_told(found))
        return _set(asked) if asked.apply else 0


def _told(found: "Preview") -> str:
    from django.utils.translation import gettext, ngettext

    if found.more:
        return gettext("Ít nhất {n} hồ sơ sẽ đổi ngày hẹn.").format(n=found.count)
    words = ngettext("{n} hồ sơ sẽ đổi ngày hẹn.", "{n} hồ sơ sẽ đổi ngày hẹn.", found.count)
    said = words.format(n=found.count)
    if not found.others:
        return said
    words = ngettext(
        "Ngoài ra {n} hạn khác lùi hoặc đổi theo.",
        "Ngoài ra {n} hạn khác lùi hoặc đổi theo.",
        found.others,
    )
    return f"{said} {words.format(n=found.others)}"


def _set(asked: Namespace) -> int:
    from django.utils.translation import gettext

    from motcua.journeys.recounting import set_day
    from motcua.kernel.refusal import Refusal
    from motcua.toolkit.clock import now
    from motcua.ui.refusals import refusal_text

    try:
        change = set_day(
            key=uuid4(), day=asked.day, province=asked.province, working=asked.working,
            note=asked.note, decision=asked.decision, by="motcua calendar", at=now(),
        )  # fmt: skip
    except Refusal as no:
        complain(refusal_text(no))
        return 1
    place = f"/can-bo/lich/{change.pk}/"
    say(gettext("Đã đặt ngày. Ngày hẹn đang được tính lại; xem tại {place}").format(place=place))
    return 0
