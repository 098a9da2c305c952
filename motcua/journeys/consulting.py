"""Consulting other units: whom one may ask, what they get to see, and their answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency, Post
from motcua.agencies.queries import agencies, posts_at
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.consulting import latest_answer
from motcua.dossiers.rules.refusals import NotYours
from motcua.dossiers.rules.sight import HANDLING
from motcua.journeys.actors import official
from motcua.journeys.looking import Opened
from motcua.kernel.vietnamese import fold
from motcua.kernel.working_time import Limit, promise

LONGEST = 2000
MOST_DAYS = 10
MOST_FOUND = 20
"""So many agencies at most are listed for a name."""


@dataclass(frozen=True)
class Unit:
    """Somebody who can be asked: a role of an agency whose people work here."""

    agency: Agency
    role: str

    @property
    def key(self) -> str:
        """What names it on a form."""
        return f"{self.agency.code}:{self.role}"


def units(opened: Opened, post: Post, *, name: str = "") -> list[Unit]:
    """Return whom an official may ask: roles of their own agency, of its neighbours, and of agencies so named."""
    near = _near(opened, post)
    named = _named(name, opened.at) if name.strip() else []
    found = {agency.pk: agency for agency in (post.agency, *near, *named)}
    roles = {(held.agency_id, held.role) for held in posts_at(list(found), opened.at)}
    return [
        Unit(agency, role)
        for agency in found.values()
        for role in sorted(HANDLING)
        if (agency.pk, role) in roles and (agency.pk, role) != (post.agency_id, post.role)
    ]


def _near(opened: Opened, post: Post) -> Iterable[Agency]:
    """Return the agencies of the same place, and those that take part in the dossier."""
    codes = {opened.dossier.agency, *(leg.agency for leg in opened.dossier.legs.values())}
    there = Q(place_code=post.agency.place_code) | Q(code__in=codes)
    return _working_here(opened.at).filter(there)[:MOST_FOUND]


def _working_here(at: datetime) -> QuerySet[Agency]:
    return agencies(at).filter(works_in=Agency.WorksIn.MOTCUA)


def _named(name: str, at: datetime) -> list[Agency]:
    words = fold(name).split()
    known = _working_here(at).only("pk", "code", "name", "place_code")
    found = [one for one in known if all(word in fold(one.name) for word in words)]
    return found[:MOST_FOUND]


def dates(opened: Opened, leg: str) -> list[tuple[int, datetime]]:
    """Return by when an answer may be asked for: so many working days from now, within the part's own time.

    Where less than a working day is left, that is the only date, as 0 days; a part there is none of has none.
    """
    asking = opened.dossier.legs.get(leg)
    if asking is None:
        return []
    last = latest_answer(opened.dossier, asking, opened.at)
    found = [
        (days, due)
        for days in range(1, MOST_DAYS + 1)
        if (due := promise(opened.at, Limit(days), opened.law.calendar).due)
        and (last is None or due <= last)
    ]
    return found or [(0, last)] if last else found


def consult(
    *, opened: Opened, post: Post, leg: str, unit: Unit, question: str, until: datetime, days: int,
    fields: Iterable[str], papers: Iterable[str], key: str, seen: int | None,
) -> Recorded:  # fmt: skip
    """Ask another unit, and show it what was ticked of what the asker sees; colleagues see the dossier anyway.

    `days` is the choice of `dates` that the date is. Raises NotYours for something ticked that the asker may not see, QuestionMissing, ConsultationDate.
    """
    ticked = () if unit.agency == post.agency else (tuple(fields), tuple(papers))
    shown_fields, shown_papers = ticked or ((), ())
    sight = opened.sight
    if not all(map(sight.field, shown_fields)) or not all(map(sight.paper, shown_papers)):
        raise NotYours
    act = a.Consult(
        leg=leg, agency=unit.agency.code, agency_name=unit.agency.name, role=unit.role,
        question=question.strip()[:LONGEST], until=until, days=days, fields=shown_fields, papers=shown_papers,
    )  # fmt: skip
    code, by = opened.row.code, official(post)
    return record(code=code, act=act, by=by, key=key, at=opened.at, seen=seen)


def answer_consultation(
    *, code: str, post: Post, number: int, answer: str, key: str, at: datetime
) -> Recorded:
    """Give the opinion asked for; whatever happened to the dossier since does not matter.

    Raises ConsultationClosed, NotYours, QuestionMissing.
    """
    act = a.AnswerConsultation(number=number, answer=answer.strip()[:LONGEST])
    return record(code=code, act=act, by=official(post), key=key, at=at)
