"""Revealing what the desk hides: what is hidden here, for which reasons it is shown, and that it was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.agencies.rules.codes import Code, code_list
from motcua.dossiers import readings
from motcua.dossiers.rules.reveals import HANDLING, NothingToReveal, reason_of
from motcua.journeys.looking import Opened
from motcua.procedures.rules.personal import Veil

REASONS, RESTRICTED = "reveal_reasons", "restricted_reasons"


@dataclass(frozen=True)
class Curtain:
    """The groups that something of this dossier is in: which are hidden, which are shown, until when."""

    hidden: tuple[Veil, ...]
    shown: tuple[Veil, ...]
    until: datetime | None
    has_work: bool
    """Whether the official has something to do here now: then no reason need be chosen."""


def group_words(group: Veil) -> str:
    """Return what a hidden group is called."""
    return {
        "numbers": gettext("số định danh, số giấy tờ, số tài khoản"),
        "contact": gettext("điện thoại, thư điện tử"),
        "address": gettext("địa chỉ"),
        "sensitive": gettext("dữ liệu nhạy cảm"),
    }[group]


def curtain(opened: Opened) -> Curtain:
    """Return what hides in front of this official."""
    groups = opened.veiling.groups_in(opened.answers)
    shown = tuple(group for group in groups if group in opened.revealed)
    ends = [opened.revealed[group] for group in shown]
    hidden = tuple(group for group in groups if group not in opened.revealed)
    # Whoever may only take the fee needs nothing of what is hidden; of what is restricted work is no reason.
    has_work = not opened.is_restricted and any(
        chance.offer.doing != "cash" for chance in opened.chances
    )
    return Curtain(hidden, shown, min(ends, default=None), has_work)


def reasons(opened: Opened) -> tuple[Code, ...]:
    """Return the reasons one may choose from; handling is given by the work itself."""
    found = code_list(RESTRICTED if opened.is_restricted else REASONS).rows
    return tuple(row for row in found if row.code != HANDLING)


def reveal(*, opened: Opened, groups: Collection[str], reason: str) -> None:
    """Show these groups to the official for a while, and write it down; what is shown already is not written again.

    Raises RevealWithoutReason; NothingToReveal for a group that nothing of this dossier is in.
    """
    here = curtain(opened)
    if not groups or not set(groups) <= {*here.hidden, *here.shown}:
        raise NothingToReveal
    known = {HANDLING, *(row.code for row in reasons(opened))}
    why = reason_of(reason, known, has_work=here.has_work)
    wanted = set(groups) & set(here.hidden)
    if wanted:
        post = opened.posts[0]
        readings.note_revealed(row=opened.row, post=post, groups=wanted, reason=why, at=opened.at)
