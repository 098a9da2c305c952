"""Somebody does an official's work while they are away: recorded by the official themself, or by their leader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies import operations as agencies
from motcua.agencies.models import Official, Post, Substitution
from motcua.agencies.queries import posts_at, substitutions
from motcua.agencies.rules.refusals import SubstitutionNotYours
from motcua.dossiers.claims import LEADER
from motcua.dossiers.rules.sight import HANDLING


@dataclass(frozen=True)
class Lending:
    """Whose post, to whom, from the first to the last day, why; once per key."""

    post: int
    substitute: int
    first_day: date
    last_day: date
    reason: str
    key: str


@dataclass(frozen=True)
class Reach:
    """What an official may arrange: the posts to be stood in for, and who may do it."""

    posts: tuple[Post, ...]
    colleagues: tuple[Official, ...]


def reach(*, posts: Sequence[Post], at: datetime) -> Reach:
    """Return what may be arranged: one's own posts; as a leader those of the whole agency; one query.

    A post one only stands in for is not lent on, and a leader's is lent by a leader.
    """
    own = [post for post in posts if post.in_place_of is None]
    leads = {post.agency_id for post in own if post.role == LEADER}
    there = posts_at({post.agency_id for post in own}, at)
    mine = {post.pk for post in own}
    lendable = [p for p in there if p.role in HANDLING and (p.pk in mine or p.agency_id in leads)]
    people = {post.official_id: post.official for post in there}
    return Reach(tuple(lendable), tuple(people.values()))


def lend(*, by: Official, reach: Reach, lending: Lending, at: datetime) -> Substitution:
    """Record it. Raises SubstitutionNotYours, and what `agencies.operations.substitute` does."""
    post = next((post for post in reach.posts if post.pk == lending.post), None)
    substitute = next((one for one in reach.colleagues if one.pk == lending.substitute), None)
    if post is None or substitute is None:
        raise SubstitutionNotYours
    return agencies.substitute(
        post=post, substitute=substitute, first_day=lending.first_day, last_day=lending.last_day,
        reason=lending.reason, by=by, key=lending.key, at=at,
    )  # fmt: skip


def end(*, by: Official, reach: Reach, substitution: int, at: datetime) -> None:
    """End it now. Raises SubstitutionNotYours for one that is not of the posts in reach."""
    known = next((s for s in substitutions(reach.posts, at) if s.pk == substitution), None)
    if known is None:
        raise SubstitutionNotYours
    agencies.end_substitution(substitution=known, by=by, at=at)
