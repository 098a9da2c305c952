"""Who reads the figures of which agency: its leader and its front desk, nobody else's."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.models import Official
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.reports.queries import Whose
from motcua.reports.rules.refusals import FiguresNotYours
from motcua.toolkit.gates import gate

READERS = frozenset({Role.LEADER, Role.FRONT_DESK})


@dataclass(frozen=True)
class Seat:
    """One agency whose figures the official may read, of those in `offered` (code, name); `roles`: held there."""

    agency: Whose
    name: str
    province: str
    official: int
    offered: tuple[tuple[str, str], ...]
    roles: frozenset[str] = frozenset()


@gate
def seat(*, official: Official, at: datetime, wanted: str = "") -> Seat:
    """Return the agency whose figures are read: the wanted one if it is theirs, else the first; one query.

    Raises FiguresNotYours when no post of the official reads any.
    """
    posts = posts_of(official, at)
    held = {post.agency.code: post.agency for post in posts if post.role in READERS}
    if not held:
        raise FiguresNotYours
    chosen = held.get(wanted) or next(iter(held.values()))
    return Seat(
        Whose(chosen.pk, chosen.code),
        chosen.name,
        chosen.province_code,
        official.pk,
        tuple((code, agency.name) for code, agency in held.items()),
        frozenset(post.role for post in posts),
    )
