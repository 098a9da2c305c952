"""At the counter: a written authorisation or an organisation's letter becomes a mandate, seen by two officials where it gives much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from motcua.agencies import wall
from motcua.agencies.models import Official
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.documents import operations as documents
from motcua.documents import queries as papers_kept
from motcua.documents.models import Document
from motcua.journeys import mandating
from motcua.journeys.behalf import PAPER, owner_of_mandate
from motcua.journeys.in_posts import InPosts
from motcua.mandates import queries
from motcua.mandates.models import Mandate
from motcua.mandates.operations import Granting, Party, Recorded
from motcua.mandates.rules.grounds import Terms
from motcua.mandates.rules.refusals import NotAtMandates, PaperNeeded
from motcua.toolkit.gates import gate

RECORDERS = frozenset({Role.FRONT_DESK, Role.LEADER})
File = tuple[str, BinaryIO]


@dataclass(frozen=True)
class Recorder(InPosts):
    """An official in the posts that let them record mandates and confirm a colleague's."""


@dataclass(frozen=True)
class Written:
    """What a paper says: whose it is, who may act by it, in what."""

    giver: Party
    holder: Party
    terms: Terms


@gate
def recorder(official: Official, at: datetime) -> Recorder:
    """Return who records mandates; one query. Raises NotAtMandates."""
    posts = tuple(post for post in posts_of(official, at) if post.role in RECORDERS)
    if not posts:
        raise NotAtMandates
    return Recorder(official, posts)


@transaction.atomic
def record(
    *, mine: Recorder, written: Written, files: Sequence[File], key: str, at: datetime
) -> Mandate:
    """Record a paper: it and the mandate become durable together; the same key again records one.

    Raises PaperNeeded, what a file can be refused for, and what `mandating.grant` does.
    """
    if not files:
        raise PaperNeeded
    by = Recorded(mine.posts[0].agency_id, mine.official.pk)
    granting = Granting(
        written.giver, written.holder, written.terms, Mandate.Side.OFFICE, Mandate.Word.PAPER, by
    )
    with wall.aside():  # what the two have asked for by phone makes room, which no counter reads
        row = mandating.grant(granting=granting, key=key, at=at)
    for name, content in files:
        documents.add_page(
            owner=owner_of_mandate(row), key=PAPER, filename=name, content=content, at=at
        )
    return row


def paper_of(row: Mandate) -> Document | None:
    """Return the paper a mandate was recorded from; one query."""
    return next(iter(papers_kept.documents_of(owner_of_mandate(row))), None)


def of_office(*, mine: Recorder, mandate_id: UUID) -> Mandate:
    """Return a mandate that the office has recorded. Raises MandateUnknown."""
    return queries.of_office(mandate_id, mine.agency_ids)
