"""One act on many rows of a queue: each in its own transaction, under its own key, with its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from motcua.agencies.models import Official, Post
from motcua.dossiers.models import Event, Handover, Work
from motcua.dossiers.queues import Waiting, picked, waiting_of
from motcua.dossiers.rules.claims import WorkGone
from motcua.dossiers.rules.waiting import RECEIVE, STEP
from motcua.journeys import handling
from motcua.journeys.claiming import Asked, Moving, move, post_for, whose_queue
from motcua.journeys.refusals import NotTogether
from motcua.kernel.refusal import Refusal

MOST = 200
Doing = Moving | Literal["receive", "step"]
_MOVING = get_args(Moving)
_BY_ITSELF = ("draft", "sign")
"""Kinds of step that need nobody beside the official, and may be taken for many at once where nothing is typed."""


@dataclass(frozen=True)
class Batch:
    """What is done to many rows; `key` was made by the page that asked."""

    doing: Doing
    key: UUID
    at: datetime
    reason: str = ""
    to: Official | None = None

    def key_of(self, work: int) -> str:
        """Return the key of the act on one row: the same batch sent again happens once."""
        return f"batch:{self.key.hex}:{work}"


@dataclass(frozen=True)
class Ticked:
    """A row as the page showed it."""

    work: int
    code: str


@dataclass(frozen=True)
class Outcome:
    """What became of one row: done, now or by the same batch before, or refused."""

    code: str
    refusal: Refusal | None = None


def fits(work: Waiting, doing: Doing) -> bool:
    """Tell whether an act can be done to a row without typing anything for it."""
    if doing == "receive":
        return work.kind == RECEIVE
    if doing == "step":
        return work.kind == STEP and work.task in _BY_ITSELF and not _asks(work)
    return True


def _asks(work: Waiting) -> bool:
    plan = work.published.procedure.plan
    return bool(plan.stage(work.leg).step(work.step).asks)


def do_all(
    *, official: Official, posts: Sequence[Post], ticked: Sequence[Ticked], batch: Batch
) -> list[Outcome]:
    """Do the act to each row, in the order of the page, at most MOST; three queries besides the acts."""
    rows = ticked[:MOST]
    keys = [row.work for row in rows]
    found = {work.pk: work for work in picked(whose_queue(official, posts), keys)}
    known = _done_before(batch, keys)
    return [
        Outcome(row.code)
        if batch.key_of(row.work) in known
        else _one(found.get(row.work), row, posts, batch)
        for row in rows
    ]


def _done_before(batch: Batch, keys: Sequence[int]) -> set[str]:
    made = [batch.key_of(key) for key in keys]
    moved = Handover.objects.filter(key__in=made).values_list("key", flat=True)
    acted = Event.objects.filter(act_key__in=made).values_list("act_key", flat=True)
    return {key for key in (*moved, *acted) if key}


def _one(work: Work | None, row: Ticked, posts: Sequence[Post], batch: Batch) -> Outcome:
    if work is None:
        return Outcome(row.code, WorkGone())
    try:
        _act(work, posts, batch)
    except Refusal as refusal:
        return Outcome(work.dossier.code, refusal)
    return Outcome(work.dossier.code)


def _act(work: Work, posts: Sequence[Post], batch: Batch) -> None:
    """Do it to one row. Raises NotTogether, and what the act itself raises."""
    if not fits(waiting_of(work), batch.doing):
        raise NotTogether
    key, code = batch.key_of(work.pk), work.dossier.code
    if batch.doing == "receive":
        handling.receive(code=code, post=post_for(work, posts), key=key, seen=None, at=batch.at)
    elif batch.doing == "step":
        handling.take_step(
            code=code, post=post_for(work, posts), leg=work.leg, step=work.step, values={}, key=key,
            seen=None, at=batch.at,
        )  # fmt: skip
    else:
        asked = Asked(batch.doing, key, batch.at, batch.reason, batch.to)
        move(work=work, posts=posts, asked=asked)
