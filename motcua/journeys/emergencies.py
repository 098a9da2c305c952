"""Breaking the glass: an official reads a dossier that is none of their business, and answers for it afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from motcua.agencies.models import Official, Post
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.access_refusals import NotHandling
from motcua.agencies.rules.codes import Code, code_list
from motcua.dossiers import emergencies
from motcua.dossiers.models import Emergency
from motcua.dossiers.mornings import LEADER
from motcua.dossiers.queries import content, law_of, told
from motcua.dossiers.rules.emergencies import checked_reason
from motcua.dossiers.rules.sight import Sight
from motcua.journeys.looking import Opened, posts_handling
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.personal import VEILS
from motcua.toolkit.gates import gate

REASONS = "emergency_reasons"


@dataclass(frozen=True)
class OpenedInEmergency(Opened):
    """A dossier as whoever broke the glass sees it: all of it, nothing to do there."""

    emergency: Emergency

    @cached_property
    def revealed(self) -> Mapping[str, datetime]:
        """Nothing is hidden: the reason was given, and all of it is written down."""
        return dict.fromkeys(VEILS, self.emergency.until)


def reasons() -> tuple[Code, ...]:
    """Return the reasons one may choose from."""
    return code_list(REASONS).rows


def break_glass(
    *, official: Official, code: str, reason: str, words: str, key: str, at: datetime
) -> Emergency:
    """Open a dossier for an hour. Whoever calls has seen a fresh second factor.

    Raises NotHandling, EmergencyWithoutReason, UnknownDossier, TooManyEmergencies.
    """
    post = handler(official, at)
    said = checked_reason(reason, words, {row.code for row in reasons()})
    return emergencies.open_in_emergency(
        code=code, post=post, reason=reason, words=said, key=f"{official.pk}:{key}"[:100], at=at
    )


@gate
def handler(official: Official, at: datetime) -> Post:
    """Return a post in which the official handles dossiers at all. Raises NotHandling."""
    held = posts_handling(official, at)
    if not held:
        raise NotHandling
    return held[0]


@gate
def read(*, official: Official, code: str, at: datetime) -> OpenedInEmergency:
    """Return the dossier while its hour lasts. Raises NoEmergencyOpen."""
    emergency = emergencies.open_now(official=official, code=code, at=at)
    row, dossier, history = told(code)
    whole = Sight(whole=True, legs=frozenset(dossier.legs))
    return OpenedInEmergency(
        row, dossier, tuple(history), by_digest(row.version.digest), law_of(row), content(row),
        whole, (handler(official, at),), at, emergency,
    )  # fmt: skip


def look_at(*, official: Official, code: str, at: datetime) -> OpenedInEmergency:
    """Return the dossier and write down that it was read. Raises NoEmergencyOpen."""
    opened = read(official=official, code=code, at=at)
    emergencies.note_reading(opened.emergency, opened.posts[0], at)
    return opened


@gate
def led_by(official: Official, at: datetime) -> set[int]:
    """Return the agencies that an official leads. Raises NotHandling for who leads none."""
    found = {post.agency_id for post in posts_of(official, at) if post.role == LEADER}
    if not found:
        raise NotHandling
    return found


def to_review(official: Official, at: datetime) -> list[Emergency]:
    """Return what the head of an office should see. Raises NotHandling."""
    return emergencies.of_offices(led_by(official, at))


def review(
    *, official: Official, emergency: int, justified: bool, remark: str, at: datetime
) -> None:
    """Sign what was found about one opening. Raises NotHandling, NothingToReview."""
    emergencies.review(
        emergency=emergency, leads=led_by(official, at), by=official, justified=justified,
        remark=remark, at=at,
    )  # fmt: skip
