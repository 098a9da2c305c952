"""Merge agencies by a plan: their work, archive, people and books go to the successor from a day on.

--rehearse (or nothing) reads the plan and tells what would move; --apply carries it out: the agencies at once, valid
from the day of the plan, the dossiers by the worker on that day. Run again it tells how far they are.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.agencies.rules.mergers import Plan
    from motcua.journeys.merging import Outlook


def declare(parser: ArgumentParser) -> None:
    """Take the plan and what to do with it."""
    parser.add_argument("plan", type=Path, help="docs/how-to/merge-agencies.md shows one")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--rehearse", action="store_true", help="only tell what would move")
    what.add_argument("--apply", action="store_true")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Tell what the plan does, and do it with --apply; return 1 when something is wrong with it."""
    with the_house(asked.language):
        plan = _read(asked.plan)
        if plan is None:
            return 1
        from motcua.journeys.merging import apply, outlook, problems
        from motcua.toolkit.clock import now

        wrong = problems(plan)
        for line in wrong:
            complain(line)
        if wrong:
            return 1
        if asked.apply:
            apply(plan, at=now())
        for one in outlook(plan):
            _say(one)
        return 0


def _read(path: Path) -> "Plan | None":
    from motcua.agencies.rules.mergers import PlanUnsoundError, read_plan

    try:
        return read_plan(path.read_text(encoding="utf-8"))
    except (OSError, PlanUnsoundError) as wrong:
        complain(str(wrong))
        return None


def _say(one: "Outlook") -> None:
    from django.utils.translation import gettext

    from motcua.ui.words import moment_words

    say(f"{one.old} → {one.new}")
    lines = {
        gettext("hồ sơ chưa xong"): one.alive,
        gettext("hồ sơ lưu"): one.archive,
        gettext("phần việc của hồ sơ nơi khác"): one.parts,
        gettext("việc đang chờ"): one.waiting,
        gettext("bản nháp"): one.drafts,
        gettext("vị trí công việc"): one.posts,
        gettext("địa bàn"): one.places,
        gettext("giờ hẹn sắp tới"): one.bookings,
    }
    for label, number in lines.items():
        say(f"  {label}: {number}")
    for book in one.books:
        say(f"  {gettext('sổ, số tiếp theo')}: {book}")
    if one.finished_at:
        over = moment_words(one.finished_at)
        say("  " + gettext("đã chuyển {n} hồ sơ, xong lúc {at}").format(n=one.moved, at=over))
    elif one.moved:
        say("  " + gettext("đã chuyển {n} hồ sơ, còn đang chuyển").format(n=one.moved))
