"""Taking work at the desk: whose queue it is, in which post somebody moves a row, and whom they may give it to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from motcua.agencies.models import Official, Post
from motcua.agencies.queries import officials_of
from motcua.dossiers import claims
from motcua.dossiers.claims import LEADER, Hand
from motcua.dossiers.models import Work
from motcua.dossiers.queue_conditions import Whose
from motcua.dossiers.rules.claims import NotTheirPost, WorkGone

Moving = Literal["claim", "release", "take_over", "assign"]


@dataclass(frozen=True)
class Asked:
    """A move of work: what, once per key, why, and to whom where it is given to somebody."""

    moving: Moving
    key: str
    at: datetime
    reason: str = ""
    to: Official | None = None


def whose_queue(official: Official, posts: Sequence[Post]) -> Whose:
    """Return whose queue these posts make."""
    pairs = dict.fromkeys((post.agency_id, post.role) for post in posts)
    away = {post.in_place_of.pk for post in posts if post.in_place_of}
    return Whose(tuple(pairs), official.pk, tuple(sorted(away)))


def post_for(work: Work, posts: Sequence[Post], *, leading: bool = False) -> Post:
    """Return the post in which an official acts on a row: that of whoever holds it, else their own.

    `leading`: the leader's post of the agency comes first, in which others' work may be moved. Raises WorkGone
    for a row that is none of their business, as for one that is not there.
    """
    there = [post for post in posts if post.agency_id == work.agency_id]
    leads = [post for post in there if post.role == LEADER]
    fitting = [post for post in there if post.role == work.role]
    holders = [post for post in fitting if _away(post) == work.official_id and _away(post)]
    ordered = [*leads, *holders, *fitting] if leading else [*holders, *fitting, *leads]
    if not ordered:
        raise WorkGone
    return ordered[0]


def _away(post: Post) -> int | None:
    return post.in_place_of.pk if post.in_place_of else None


def move(*, work: Work, posts: Sequence[Post], asked: Asked) -> None:
    """Claim, release, take over or give away a row. Raises what `dossiers.claims` does."""
    leading = asked.moving in ("assign", "release") and work.official_id not in (
        None,
        posts[0].official_id,
    )
    post = post_for(work, posts, leading=leading or asked.moving == "assign")
    hand = Hand(post, asked.key, asked.at, asked.reason)
    if asked.moving == "assign":
        if asked.to is None:
            raise NotTheirPost(who="")
        claims.assign(work=work.pk, to=asked.to, hand=hand)
    else:
        _MOVES[asked.moving](work=work.pk, hand=hand)


_MOVES: dict[Moving, Callable[..., None]] = {
    "claim": claims.claim,
    "release": claims.release,
    "take_over": claims.take_over,
}


def colleagues(posts: Sequence[Post], at: datetime, work: Work | None = None) -> list[Official]:
    """Return to whom work may be given: who holds the posts of this queue, or the one of the row; one query.

    A leader's queue offers everybody's posts at the agency only for one row: there the post is known.
    """
    pairs = [(work.agency_id, work.role)] if work else [(p.agency_id, p.role) for p in posts]
    return officials_of(pairs, at)
