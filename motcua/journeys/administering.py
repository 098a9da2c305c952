"""An agency's own administrators look after its officials: who works there, in which posts, from when to when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from motcua.agencies import administering
from motcua.agencies.administering import By, Wanted
from motcua.agencies.models import Agency, Deed, Official, Post
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.access_refusals import NotAdministrator, OfficialUnknown, PostUnsound
from motcua.agencies.rules.appointing import roles_at
from motcua.agencies.rules.places import day_of
from motcua.agencies.rules.roles import Role
from motcua.journeys.in_posts import InPosts
from motcua.toolkit.gates import gate


@dataclass(frozen=True)
class Administrator(InPosts):
    """An official in the agencies whose people they look after."""

    def agency(self, told: int) -> Agency:
        """Return one of those agencies, the first where none is named. Raises NotAdministrator."""
        found = [agency for agency in self.agencies if not told or agency.pk == told]
        if not found:
            raise NotAdministrator
        return found[0]


@dataclass(frozen=True)
class Person:
    """Somebody of the agency: their posts there that have not ended, and what was done about them."""

    official: Official
    posts: list[Post]
    deeds: list[Deed]


@gate
def administrator(official: Official, at: datetime) -> Administrator:
    """Return the official as an administrator, in their own posts only. Raises NotAdministrator."""
    held = posts_of(official, at)
    posts = tuple(p for p in held if p.role == Role.ADMINISTRATOR and p.in_place_of is None)
    if not posts:
        raise NotAdministrator
    return Administrator(official, posts)


def people(mine: Administrator, at: datetime) -> list[tuple[Official, list[Post]]]:
    """Return everybody with a post there, or invited, by name; two queries."""
    posts: dict[int, list[Post]] = {}
    for post in _posts(mine, at).order_by("role", "valid_from"):
        posts.setdefault(post.official_id, []).append(post)
    here = Q(pk__in=posts) | Q(deeds__agency__in=mine.agency_ids, deeds__kind=Deed.Kind.INVITE)
    found = Official.objects.filter(here).distinct().order_by("full_name", "pk")
    return [(official, posts.get(official.pk, [])) for official in found]


def alone_at(mine: Administrator, at: datetime) -> list[Agency]:
    """Return those of the agencies where no second administrator is to confirm anything today; one query."""
    day = day_of(at)
    serving = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day, official__is_active=True,
        agency__in=mine.agency_ids, role=Role.ADMINISTRATOR,
    )  # fmt: skip
    others = set(serving.exclude(official=mine.official).values_list("agency_id", flat=True))
    return [agency for agency in mine.agencies if agency.pk not in others]


def _posts(mine: Administrator, at: datetime) -> QuerySet[Post]:
    going_on = Q(valid_to__isnull=True) | Q(valid_to__gt=day_of(at))
    return Post.objects.filter(going_on, agency__in=mine.agency_ids).select_related("agency")


@gate
def person_of(mine: Administrator, official_id: int, at: datetime) -> Person:
    """Return one of those people. Raises OfficialUnknown for anybody else."""
    found = next(((o, held) for o, held in people(mine, at) if o.pk == official_id), None)
    if found is None:
        raise OfficialUnknown
    about = [d for d in administering.deeds_about(found[0]) if d.agency_id in mine.agency_ids]
    return Person(*found, about)


def waiting(mine: Administrator) -> list[Deed]:
    """Return what others proposed and this administrator may decide, and what they proposed themselves; one query."""
    found = Deed.objects.filter(agency__in=mine.agency_ids, accepted__isnull=True)
    return list(found.select_related("official", "agency", "by").order_by("pk")[:100])


@dataclass(frozen=True)
class PostAsked:
    """A post as a form asks for it."""

    agency: int
    role: str
    first: date
    end: date | None
    signs: str = ""
    title: str = ""


def _wanted(mine: Administrator, asked: PostAsked) -> tuple[Agency, Wanted]:
    agency = mine.agency(asked.agency)
    if asked.role not in roles_at(agency.kind):
        raise PostUnsound
    return agency, Wanted(Role(asked.role), asked.first, asked.end, asked.signs, asked.title)


def _by(mine: Administrator, agency: Agency, key: str, at: datetime) -> By:
    return By(agency, mine.official, f"{mine.official.pk}:{key}", at)


def invite(
    mine: Administrator, *, username: str, full_name: str, asked: PostAsked, key: str, at: datetime
) -> tuple[Official, str]:
    """Add somebody; return them and the code of their first sign-in. Raises UsernameTaken, PostUnsound."""
    agency, wanted = _wanted(mine, asked)
    by = _by(mine, agency, key, at)
    return administering.invite(by, username=username, full_name=full_name, wanted=wanted)


def give_post(
    mine: Administrator, *, official: Official, asked: PostAsked, key: str, at: datetime
) -> Deed:
    """Give a post or propose it, or another line above the name in one that is held. Raises OneselfNot, PostUnsound, LineUnsound."""
    agency, wanted = _wanted(mine, asked)
    return administering.give_post(_by(mine, agency, key, at), official=official, wanted=wanted)


def end_post(mine: Administrator, *, person: Person, post: int, key: str, at: datetime) -> None:
    """End a post of somebody else. Raises OfficialUnknown for a post that is not theirs here, OneselfNot."""
    held = next((one for one in person.posts if one.pk == post), None)
    if held is None:
        raise OfficialUnknown
    administering.end_post(_by(mine, held.agency, key, at), post=held)


def reset(mine: Administrator, *, person: Person, key: str, at: datetime) -> tuple[Deed, str]:
    """Take somebody's ways in away; return the code to begin anew, empty where a second person must confirm.

    Raises OneselfNot.
    """
    agency = person.posts[0].agency if person.posts else mine.agencies[0]
    return administering.reset(_by(mine, agency, key, at), official=person.official)


def decide(mine: Administrator, *, deed: int, accept: bool, at: datetime) -> str:
    """Confirm or turn down what another proposed; return the code of a reset. Raises DeedUnknown, OneselfNot."""
    known = next((one for one in waiting(mine) if one.pk == deed), None)
    agency = known.agency if known else mine.agencies[0]
    return administering.decide(deed=deed, agency=agency, by=mine.official, accept=accept, at=at)
