"""Who of an office supports people: takes the calls, reads what people think, keeps the list of the village team."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.models import Official
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.help.rules.refusals import LeaderAnswers, SupportNotYours, TeamNotYours
from motcua.journeys.in_posts import InPosts
from motcua.toolkit.gates import gate

CALLERS = frozenset({Role.FRONT_DESK, Role.LEADER})
LISTERS = CALLERS | {Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Supporter(InPosts):
    """An official in the posts that let them support people."""

    def holds(self, *roles: Role) -> bool:
        """Tell whether one of the posts is of these roles."""
        return any(post.role in roles for post in self.posts)


@gate
def caller(official: Official, at: datetime) -> Supporter:
    """Return who takes calls and reads opinions; one query. Raises SupportNotYours."""
    posts = tuple(post for post in posts_of(official, at) if post.role in CALLERS)
    if not posts:
        raise SupportNotYours
    return Supporter(official, posts)


@gate
def lister(official: Official, at: datetime) -> Supporter:
    """Return who keeps the list of the village team; one query. Raises TeamNotYours."""
    posts = tuple(post for post in posts_of(official, at) if post.role in LISTERS)
    if not posts:
        raise TeamNotYours
    return Supporter(official, posts)


@gate
def must_lead(mine: Supporter, agency_id: int) -> None:
    """Refuse whoever does not lead the agency: its leader answers opinions. Raises LeaderAnswers."""
    leads = {post.agency_id for post in mine.posts if post.role == Role.LEADER}
    if agency_id not in leads:
        raise LeaderAnswers
