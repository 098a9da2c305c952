"""At the counter: a paper dossier typed by an official becomes the same dossier under the same clock.

The official fills in the same form as the citizen, in a draft of the office that another official can take
up. The applicant confirms – by a code sent to their phone, or by signing the printed declaration – and only
then the dossier is filed and received in one go. The history tells who typed it and how it was confirmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.core import signing
from django.db import transaction

from motcua.agencies.models import Official, Post
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.documents.models import Document
from motcua.dossiers import drafts, readings
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Actor, Confirmation
from motcua.dossiers.rules.refusals import DraftUnknown, UnknownDossier
from motcua.dossiers.search import found_by_officials
from motcua.journeys import filing, gathering, refusals
from motcua.journeys.actors import official as acting
from motcua.journeys.case import Case, read, stored
from motcua.journeys.filing import Begin
from motcua.procedures.queries import Published, by_digest
from motcua.toolkit.gates import gate

Channel = Literal["counter", "post"]
SHEET = "to-khai-co-chu-ky"
"""The name under which the photographed declaration with the applicant's signature is kept."""
SHEET_NAME = "Tờ khai có chữ ký"
A_DAY = timedelta(hours=12)
"""How long a browser at the counter keeps the key of a draft."""
PATIENCE = 1800
"""Seconds between choosing the service at the desk and beginning its form."""
_SALT = "motcua.journeys.counter"


@dataclass(frozen=True)
class Entry:
    """An entry about to begin: in whose post, by which road the paper came, whose data are known already."""

    post: Post
    channel: Channel
    like: str = ""

    def ticket(self) -> str:
        """Return it as the address of the form carries it: it begins a draft and opens nothing."""
        told = [self.post.official_id, self.post.pk, self.channel, self.like]
        return signing.dumps(told, salt=_SALT)


@gate
def posts_at_counter(official: Official, at: datetime) -> list[Post]:
    """Return the posts in which the official stands at a counter today; one query. Raises NotAtCounter."""
    held = [post for post in posts_of(official, at) if post.role == Role.FRONT_DESK]
    if not held:
        raise refusals.NotAtCounter
    for post in held:
        post.official = official
    return held


def entry_of(ticket: str, at: datetime) -> Entry | None:
    """Return the entry a ticket tells of; None when it is too old, not ours, or the post is held no more."""
    try:
        official_id, post_id, channel, like = signing.loads(ticket, salt=_SALT, max_age=PATIENCE)
    except signing.BadSignature:
        return None
    official = Official.objects.filter(pk=official_id, is_active=True).first()
    if official is None:
        return None
    held = posts_at_counter(official, at)
    post = next((post for post in held if post.pk == post_id), None)
    return Entry(post, channel, like) if post else None


def begin(*, published: Published, chosen: Begin, entry: Entry, at: datetime) -> tuple[Draft, str]:
    """Start a draft for somebody who brought paper; return it with the secret that opens it.

    No sign-in is asked for: the official sees whom they have before them. Raises NobodyServes, NotEligible,
    OtherOffice.
    """
    filing.must_be_eligible(published, chosen)
    agency = filing.receiving_agency(published, chosen.commune, at)
    if agency.pk != entry.post.agency_id:
        raise refusals.OtherOffice(agency=agency.name)
    known = known_of(published, entry, at) if entry.like else {}
    return drafts.start(
        version_id=published.id,
        agency_id=agency.pk,
        circumstances=stored(filing.begun_in(chosen, agency, 0, at)),
        answers={**chosen.eligibility, **known},
        account_id=None,
        typist_id=entry.post.official_id,
        at=at,
    )


def known_of(published: Published, entry: Entry, at: datetime) -> dict[str, Any]:
    """Return what an earlier dossier of this office tells of its applicant, for the fields that ask the same.

    The look into the earlier dossier is written down. Raises UnknownDossier for another office's, and for one whose
    use is restricted: what the desk hides is not copied into another form.
    """
    row = dossiers.row(entry.like)
    if row.agency_id != entry.post.agency_id or row.restricted:
        raise UnknownDossier
    readings.note_once(row=row, post=entry.post, at=at)
    told, before = dossiers.content(row).answers, by_digest(row.version.digest)
    values: dict[str, Any] = {
        field.prefill: told[field.id]
        for field in before.definition.fields.values()
        if field.prefill and told.get(field.id)
    }
    fields = published.definition.fields.values()
    return {field.id: values[field.prefill] for field in fields if field.prefill in values}


def people_known(posts: Sequence[Post], text: str) -> list[Row]:
    """Return this office's dossiers whose applicant the words name, by name, phone or code, one a person."""
    ids = [post.agency_id for post in posts]
    found = [
        row for row in found_by_officials(text, ids) if row.agency_id in ids and not row.restricted
    ]
    people = {(row.applicant_name, row.phone): row for row in reversed(found)}
    return list(reversed(people.values()))


@gate
def take_up(*, draft_id: UUID, official: Official, at: datetime) -> tuple[Draft, str]:
    """Go on with a draft of the office's counter; return it with a new secret. Raises DraftUnknown."""
    ids = [post.agency_id for post in posts_at_counter(official, at)]
    return drafts.taken_up(draft_id, agency_ids=ids, typist_id=official.pk, at=at)


def lock_away(*, official: Official) -> None:
    """Let no browser open the official's drafts any more: whoever sits here next must not see them."""
    drafts.locked_away(typist_id=official.pk)


@gate
def opened(*, draft_id: UUID, official: Official, at: datetime) -> tuple[Case, Post]:
    """Return the case of a counter's draft, also of one that was filed, and the official's post there.

    Raises DraftUnknown, for another office's draft as for one that never was.
    """
    found = dossiers.draft(draft_id)
    held = posts_at_counter(official, at)
    post = next((post for post in held if post.agency_id == found.agency_id), None)
    if post is None or found.typist_id is None:
        raise DraftUnknown
    return read(found, at), post


def sheet_number(draft: Draft) -> str:
    """Return what the printed declaration carries: another one after every change of the draft."""
    return f"{draft.pk.hex[:8].upper()}-{draft.revision}"


def sheet_of(case: Case) -> Document | None:
    """Return the photographed declaration with the signature; None when there is none yet."""
    kept = gathering.kept(case.draft)
    return next((document for document in kept if document.key == SHEET), None)


@transaction.atomic
def file(
    *, draft_id: UUID, post: Post, confirmed: Confirmation, doubts_confirmed: bool, at: datetime
) -> Recorded:
    """File what was typed and take it in: one dossier, received, however often this is called.

    `confirmed` by code: the caller has checked it; by sheet: the photograph must be there. Raises
    SheetMissing and what `filing.file` raises.
    """
    case = read(drafts.lock_for_filing(draft_id), at)
    if not case.draft.dossier_id and confirmed == "sheet" and sheet_of(case) is None:
        raise refusals.SheetMissing
    filed = filing.file(
        draft_id=draft_id, by=_applicant(case), typed_by=acting(post), confirmed=confirmed,
        doubts_confirmed=doubts_confirmed, language="vi", at=at,
    )  # fmt: skip
    if filed.again:
        return filed
    return record(
        code=filed.row.code, act=a.Receive(), by=acting(post), key=f"receive:{draft_id}", at=at
    )


def _applicant(case: Case) -> Actor:
    name = case.settled.answers.get(case.published.procedure.applicant.name, "")
    return Actor(kind="applicant", id=f"draft:{case.draft.pk}", name=str(name))
