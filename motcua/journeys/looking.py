"""Looking at a dossier as an official: who may see it, how much of it, and what they may do."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from django.utils.translation import gettext

from motcua.agencies.models import Official, Post
from motcua.agencies.queries import posts_of
from motcua.documents import queries as papers_kept
from motcua.documents.models import Document, IssuedPaper
from motcua.dossiers import readings
from motcua.dossiers.models import Content
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.queries import (
    act_known,
    content,
    law_of,
    told,
)
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.holding import DataRestricted
from motcua.dossiers.rules.offers import Doing, Offer, offered, why_not
from motcua.dossiers.rules.refusals import NotYours, UnknownDossier
from motcua.dossiers.rules.sight import HANDLING, Sight, sight
from motcua.dossiers.search import by_codes, found_by_officials
from motcua.journeys.actors import official as acting
from motcua.journeys.case import TodaysWorld, circumstances_of, owner_of_dossier
from motcua.journeys.data_requests import is_about
from motcua.kernel.refusal import Refusal
from motcua.kernel.vietnamese import fold as plain
from motcua.kernel.working_time import ZONE
from motcua.payments.queries import subject_of_receipt
from motcua.procedures.queries import Published, by_digest
from motcua.procedures.rules.plan import AgencyRule
from motcua.procedures.rules.veiling import Veiling
from motcua.registers.queries import cases_numbered
from motcua.toolkit.gates import gate


@dataclass(frozen=True)
class Chance:
    """Something that may be done now, and in which of the official's posts."""

    offer: Offer
    post: Post


@dataclass(frozen=True)
class Opened:
    """A dossier as one official may see it."""

    row: Row
    dossier: Dossier
    history: tuple[Event, ...]
    published: Published
    law: Law
    content: Content
    sight: Sight
    posts: tuple[Post, ...]
    at: datetime

    @property
    def owner(self) -> str:
        """The name under which the dossier's papers are kept."""
        return owner_of_dossier(self.row.code)

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers this official may see."""
        return self.sight.answers(self.published.definition, self.content.answers)

    @cached_property
    def revealed(self) -> Mapping[str, datetime]:
        """The hidden groups this official has had revealed, each with until when; one query."""
        return readings.revealed(
            row=self.row, official_id=self.posts[0].official_id, at=self.at,
            since=self.dossier.restricted_since,
        )  # fmt: skip

    @cached_property
    def veiling(self) -> Veiling:
        """How answers are shown to this official: hidden, but for what was revealed."""
        return Veiling(
            self.published.definition, frozenset(self.revealed), strict=self.is_restricted
        )

    @property
    def is_restricted(self) -> bool:
        """Whether the use of its data is restricted at its person's request."""
        return bool(self.dossier.restrictions)

    @cached_property
    def named(self) -> bool:
        """Whether names may be shown: of a restricted dossier only once they were revealed."""
        return not self.is_restricted or "sensitive" in self.revealed

    @cached_property
    def is_open(self) -> bool:
        """Whether data may be shown as they are – papers, forms, acts: of a restricted dossier once all is revealed."""
        groups = self.veiling.groups_in(self.answers) if self.is_restricted else ()
        return not groups or self.revealed.keys() >= set(groups)

    def must_be_open(self) -> None:
        """Refuse what shows data as they are while a restriction hides some of them. Raises DataRestricted."""
        if not self.is_open:
            raise DataRestricted

    def papers(self) -> list[Document]:
        """Return the papers this official may see."""
        kept = papers_kept.documents_of(self.owner)
        return [paper for paper in kept if self.sight.paper(paper.key)]

    def earlier_papers(self) -> list[Document]:
        """Return the papers that a supplement has replaced, as far as they may be seen."""
        kept = papers_kept.earlier_versions_of(self.owner)
        return [paper for paper in kept if self.sight.paper(paper.key)]

    def issued(self) -> list[IssuedPaper]:
        """Return the issued results this official may see."""
        legs = self.dossier.legs
        seen = {
            result.id
            for result in self.dossier.promised.values()
            if self.sight.result_of(legs[result.stage], legs.values())
        }
        return [paper for paper in papers_kept.issued_for(self.owner) if paper.kind in seen]

    @cached_property
    def chances(self) -> list[Chance]:
        """What may be done now, each once, in the first post that allows it."""
        found: dict[tuple[str, str], Chance] = {}
        for post in self.posts:
            for offer in offered(self.law, self.dossier, acting(post), self.at):
                known = found.get((offer.doing, offer.part))
                if known is None or known.offer.needs_leader:
                    found[offer.doing, offer.part] = Chance(offer, post)
        return list(found.values())

    def why_not(self, doing: Doing, part: str = "") -> Refusal | None:
        """Return why this may not be done now, in the words for whoever comes nearest to it."""
        refusals = [
            refusal
            for post in self.posts
            if (refusal := why_not(self.law, self.dossier, acting(post), self.at, (doing, part)))
        ]
        return min(refusals, key=lambda one: isinstance(one, NotYours), default=None)

    def chance(self, doing: str, part: str = "") -> Chance | None:
        """Return the chance to do this now, None when it is not offered."""
        wanted = (doing, part)
        return next((c for c in self.chances if (c.offer.doing, c.offer.part) == wanted), None)


def posts_handling(official: Official, at: datetime) -> list[Post]:
    """Return the posts in which the official handles dossiers today; one query."""
    held = [post for post in posts_of(official, at) if post.role in HANDLING]
    for post in held:
        post.official = official
    return held


@gate
def look(*, official: Official, code: str, at: datetime, asked: bool = False) -> Opened:
    """Return the dossier as the official may see it.

    `asked`: also to somebody who has no part in it but a question put to them; only pages that keep to what was
    ticked for these let them in. Raises UnknownDossier, for one that is none of their business exactly as for
    one that does not exist.
    """
    held = posts_handling(official, at)
    try:
        row, dossier, history = told(code)
    except Refusal as unreadable:
        raise UnknownDossier from unreadable
    published = by_digest(row.version.digest)
    seats = frozenset((post.agency.code, post.role) for post in held)
    seen = sight(published.definition, dossier, seats)
    if seen is None or (seen.only_asked and not asked):
        raise UnknownDossier
    taking_part = {
        dossier.agency,
        *(leg.agency for leg in dossier.legs.values()),
        *(one.agency for one in dossier.consultations.values()),
    }
    posts = tuple(post for post in held if post.agency.code in taking_part)
    return Opened(
        row, dossier, tuple(history), published, law_of(row), content(row), seen, posts, at
    )


def open_to_handle(*, official: Official, code: str, at: datetime, request: str = "") -> Opened:
    """Return the dossier and write down that the official opened it, what for; also who was only asked.

    `request`: the request about data from which it is opened, where the address names one. Raises UnknownDossier.
    """
    opened = look(official=official, code=code, at=at, asked=True)
    offices = {post.agency_id for post in opened.posts}
    to_answer = bool(request) and is_about(request, opened.row.code, offices)
    purpose = readings.Purpose.REQUEST if to_answer else readings.Purpose.HANDLING
    readings.note(row=opened.row, post=opened.posts[0], at=at, purpose=purpose)
    return opened


def look_around(*, official: Official, code: str, at: datetime, asked: bool = False) -> Opened:
    """Return the dossier for one of its papers or forms; an opening of this hour is written down once.

    `asked`: see `look`. Raises UnknownDossier.
    """
    opened = look(official=official, code=code, at=at, asked=asked)
    readings.note_once(row=opened.row, post=opened.posts[0], at=at)
    return opened


def search(*, posts: Sequence[Post], text: str) -> list[Row]:
    """Return the dossiers an office takes part in, by code, name, phone, personal number, or a number of its own.

    `12/2026` is the number of a book of the office, or of a receipt. A linked agency finds by code, and by the
    name of whom the dossier is about where its list shows it: its
    searches must not tell what its pages do not. So one whose use is restricted is found by its code or number only.
    """
    if numbered := _numbered("".join(text.split()), posts):
        return numbered
    agencies = {post.agency_id for post in posts}
    return [
        row
        for row in found_by_officials(text, list(agencies))
        if _by_code(row, text) or (not row.restricted and _by_words(row, text, posts))
    ]


_NUMBERED = re.compile(r"\d{1,8}/\d{1,8}")


def _numbered(number: str, posts: Sequence[Post]) -> list[Row]:
    """Return the office's own dossiers whose registration or receipt has this number."""
    if not _NUMBERED.fullmatch(number):
        return []
    codes = {
        subject_of_receipt(number, {post.agency.code for post in posts}),
        *cases_numbered(number, {post.agency_id for post in posts}),
    }
    return [row for row in by_codes(codes) if row.agency_id in {post.agency_id for post in posts}]


def _by_code(row: Row, text: str) -> bool:
    return plain("".join(text.split())) in plain(row.code)


def _by_words(row: Row, text: str, posts: Sequence[Post]) -> bool:
    """Tell whether what was typed finds a dossier otherwise than by its code: in the office's own, whatever it was."""
    if row.agency_id in {post.agency_id for post in posts}:
        return True
    words, known = plain(text).split(), plain(row.subject_name).split()
    named = all(any(name.startswith(word) for name in known) for word in words)
    return named and subject_shown(by_digest(row.version.digest), posts)


def subject_shown(published: Published, posts: Iterable[Post]) -> bool:
    """Tell whether a linked agency's list holds the name of whom the dossier is about."""
    kinds = {post.agency.kind for post in posts}
    return any(
        isinstance(stage.agency, AgencyRule)
        and stage.agency.kind in kinds
        and (stage.sees == "all" or stage.sees.allows(published.procedure.subject))
        for stage in published.procedure.plan.stages
    )


@dataclass(frozen=True)
class Target:
    """A field or a paper that a supplement may be asked for."""

    kind: Literal["field", "paper"]
    id: str
    label: str
    value: str = ""
    section: str = ""


def targets(opened: Opened, language: str) -> list[Target]:
    """Return what the applicant answered or brought in this case, and the official may see."""
    definition, stood = opened.published.definition, opened.content.circumstances
    day = opened.row.submitted_at.astimezone(ZONE).date()
    settled = definition.settle(opened.content.answers, circumstances_of(stood, day))
    world = TodaysWorld(opened.at)
    fields = [
        Target(
            "field",
            field.id,
            field.label.to(language),
            opened.veiling.show(field, settled.answers.get(field.id), world, language),
            page.section.to(language),
        )
        for page in definition.asked_pages(settled.values)
        for field in definition.asked(page, settled.values)
        if opened.sight.field(field.id)
    ]
    there = {document.key for document in opened.papers()}
    papers = [
        Target(
            "paper", needed.paper.id, needed.paper.name.to(language),
            "" if needed.paper.id in there else gettext("chưa có"),
        )
        for needed in definition.papers(settled.values)
        if opened.sight.paper(needed.paper.id)
    ]  # fmt: skip
    return [*fields, *papers]


def happened_already(opened: Opened, key: str) -> bool:
    """Tell whether this very act was recorded before: a double click, a page sent again."""
    return act_known(opened.row.pk, key)
