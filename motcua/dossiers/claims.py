"""Taking work: who holds a row of the queues, and every change of hands, once per key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Official, Post
from motcua.agencies.queries import officials_of, stands_in
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Handover, Work
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.claims import (
    HeldByAnother,
    NotHeld,
    NotTheirPost,
    ReasonNeeded,
    WorkGone,
    work_of,
)
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import NotYours
from motcua.dossiers.rules.waiting import STEP

LEADER = "leader"
Doing = Handover.Doing


@dataclass(frozen=True)
class Hand:
    """Who moves work, in which of their posts, under which key and when."""

    post: Post
    key: str
    at: datetime
    reason: str = ""

    @property
    def leads(self) -> bool:
        """Tell whether they act as the leader of the post's agency."""
        return self.post.role == LEADER

    def of(self, work: Work) -> bool:
        """Tell whether the row is free, theirs, or of the colleague whose post they act in."""
        away = self.post.in_place_of
        return work.official_id in (self.post.official_id, away.pk if away else None, None)


def claim(*, work: int, hand: Hand) -> None:
    """Take a row nobody holds. Of two at once exactly one gets it; one's own again changes nothing.

    Raises WorkGone, NotYours, HeldByAnother (who, since when).
    """
    _move(work, Doing.CLAIM, hand, hand.post.official)


def take_over(*, work: int, hand: Hand) -> None:
    """Take a row out of a colleague's hand, with the reason. Raises WorkGone, NotYours, ReasonNeeded."""
    _move(work, Doing.TAKE_OVER, hand, hand.post.official)


def release(*, work: int, hand: Hand) -> None:
    """Lay a row back: one's own, or as the leader anybody's with the reason.

    Raises WorkGone, NotHeld, ReasonNeeded.
    """
    _move(work, Doing.RELEASE, hand, None)


def assign(*, work: int, to: Official, hand: Hand) -> None:
    """Give a row to a colleague who holds its post: the leader any, others what is free or their own.

    Raises WorkGone, NotYours, HeldByAnother, NotTheirPost.
    """
    _move(work, Doing.ASSIGN, hand, to)


@transaction.atomic
def _move(work_id: int, doing: Doing, hand: Hand, to: Official | None) -> None:
    if Handover.objects.filter(key=hand.key).exists():
        return
    work = Work.objects.select_related("official", "agency").filter(pk=work_id).first()
    if work is None:
        raise WorkGone
    _CHECKS[doing](work, hand)
    if to is not None and to.pk != hand.post.official_id and not _holds(to, work, hand.at):
        raise NotTheirPost(who=to.full_name)
    if work.official_id == (to.pk if to else None):
        return
    _write(work, doing, hand, to)


def _write(work: Work, doing: Doing, hand: Hand, to: Official | None) -> None:
    """Move the row from whom we saw holding it; whoever was faster is named."""
    seen = Work.objects.filter(pk=work.pk, official=work.official_id)
    if not seen.update(official=to, claimed_at=hand.at if to else None):
        if Handover.objects.filter(key=hand.key).exists():
            return
        raise _held(Work.objects.select_related("official").filter(pk=work.pk).first())
    _note(work, doing, hand, to).save(force_insert=True)


def _note(work: Work, doing: Doing, hand: Hand, to: Official | None) -> Handover:
    away = hand.post.in_place_of
    return Handover(
        dossier_id=work.dossier_id,
        kind=work.kind,
        leg=work.leg,
        step=work.step,
        agency_id=work.agency_id,
        role=work.role,
        doing=doing,
        from_official_id=work.official_id,
        to_official=to,
        by=hand.post.official,
        in_place_of=away.full_name if away else "",
        reason=hand.reason[:500],
        at=hand.at,
        key=hand.key,
    )


def _held(work: Work | None) -> HeldByAnother | WorkGone:
    """Return the refusal that names who holds the work, and since when."""
    if work is None or work.official is None or work.claimed_at is None:
        return WorkGone()
    return HeldByAnother(who=work.official.full_name, when=work.claimed_at)


def _own_post(work: Work, hand: Hand) -> None:
    if (work.agency_id, work.role) != (hand.post.agency_id, hand.post.role):
        raise NotYours


def _may_claim(work: Work, hand: Hand) -> None:
    _own_post(work, hand)
    if not hand.of(work):
        raise _held(work)


def _may_take_over(work: Work, hand: Hand) -> None:
    _own_post(work, hand)
    _with_reason(work, hand)


def _with_reason(work: Work, hand: Hand) -> None:
    if work.official and not hand.of(work) and not hand.reason.strip():
        raise ReasonNeeded(who=work.official.full_name)


def _may_release(work: Work, hand: Hand) -> None:
    if hand.of(work):
        return
    if not (hand.leads and work.agency_id == hand.post.agency_id):
        raise NotHeld
    _with_reason(work, hand)


def _may_assign(work: Work, hand: Hand) -> None:
    if work.role and hand.leads and work.agency_id == hand.post.agency_id:
        return
    _may_claim(work, hand)


_CHECKS = {
    Doing.CLAIM: _may_claim,
    Doing.TAKE_OVER: _may_take_over,
    Doing.RELEASE: _may_release,
    Doing.ASSIGN: _may_assign,
}


def _holds(official: Official, work: Work, at: datetime) -> bool:
    return official in officials_of([(work.agency_id, work.role)], at)


# --- acts on work that is held ---


def guard(row: Row, dossier: Dossier, act: a.Act, by: Actor, at: datetime) -> None:
    """Refuse an official's act on work a colleague holds, unless its leader acts or who stands in for them.

    Raises HeldByAnother.
    """
    key = work_of(act, dossier) if by.kind == "official" and by.role != LEADER else None
    if key is None:
        return
    kind, leg, step = key
    held = Work.objects.filter(dossier=row, kind=kind, leg=leg, step=step)
    held = held.filter(official__isnull=False).exclude(official_id=by.id)
    work = held.select_related("official").first()
    if work is None or work.official is None:
        return
    if not stands_in(int(by.id), work.official.pk, (work.agency_id, work.role), at):
        raise _held(work)


# --- work that stays with its person ---


def carry(row: Row, new: Sequence[Work], gone: Iterable[Work], at: datetime) -> None:
    """Let the steps of one leg stay with whoever held that leg's work in the same post before.

    Only what was taken is carried: work nobody claimed stays open to all. Who left the post keeps nothing.
    """
    steps = [work for work in new if work.kind == STEP]
    before = _last_hands(row, gone) if steps else {}
    kept = [work for work in steps if before.get(_place(work))]
    there = _still_there(kept, at) if kept else set()
    carried = [work for work in kept if before[_place(work)] in there]
    for work in carried:
        work.official_id, work.claimed_at = before[_place(work)], at
    Handover.objects.bulk_create(_carried(row, work, at) for work in carried)


def _still_there(works: Iterable[Work], at: datetime) -> set[int]:
    return {one.pk for one in officials_of([(work.agency_id, work.role) for work in works], at)}


def _place(work: Work | Handover) -> tuple[str, int, str]:
    return work.leg, work.agency_id, work.role


def _last_hands(row: Row, gone: Iterable[Work]) -> dict[tuple[str, int, str], int | None]:
    hands = Handover.objects.filter(dossier=row, kind=STEP).order_by("pk")
    last = {_place(hand): hand.to_official_id for hand in hands}
    return {**last, **{_place(work): work.official_id for work in gone if work.official_id}}


def _carried(row: Row, work: Work, at: datetime) -> Handover:
    return Handover(
        dossier=row,
        kind=work.kind,
        leg=work.leg,
        step=work.step,
        agency_id=work.agency_id,
        role=work.role,
        doing=Doing.CARRY,
        to_official_id=work.official_id,
        at=at,
    )


# --- reading ---


def handovers_of(row: Row) -> list[Handover]:
    """Return every change of hands of a dossier's work, oldest first, with the people; one query."""
    rows = Handover.objects.filter(dossier=row).order_by("pk")
    return list(rows.select_related("agency", "from_official", "to_official", "by"))


def work_of_dossier(row: Row) -> list[Work]:
    """Return what waits of a dossier, with who holds it; one query."""
    rows = Work.objects.filter(dossier=row).exclude(role="").order_by("pk")
    return list(rows.select_related("official", "agency"))
