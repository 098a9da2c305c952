"""Files that the scanner has set apart, at the desk: of which dossier, and what becomes of them; never the file itself.

Whose such a file would be is told by references, and of drafts the wall shows nothing: it is looked up beside it, for
the head and the administrator of the office, and of what is seen there only the code comes back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction

from motcua.agencies import wall
from motcua.agencies.models import Official
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.audit import operations as audit
from motcua.documents import quarantine, scanning
from motcua.documents.quarantine import Held
from motcua.documents.rules.refusals import NotHeld
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft
from motcua.dossiers.queries import told
from motcua.journeys import gathering, supplementing
from motcua.journeys.continuing import words_of
from motcua.journeys.in_posts import InPosts
from motcua.journeys.own_dossier import supplement_owner
from motcua.journeys.reactions.reminding import whom
from motcua.journeys.refusals import NobodyToAsk, NotAtHeldFiles, NothingWaitsForIt
from motcua.journeys.tracking_address import tracking_url
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.procedures.queries import by_digest
from motcua.toolkit.gates import gate

KEEPERS = frozenset({Role.LEADER, Role.ADMINISTRATOR})
MOST = 100
"""So many are shown: an office that holds more is under attack, and its operator has the whole list."""
Whose = Draft | Row


@dataclass(frozen=True)
class Keeper(InPosts):
    """An official in the posts that decide about files set apart."""


@dataclass(frozen=True)
class Lying:
    """A file set apart, as the desk knows it. `code`: of the dossier; empty for a draft that is not filed."""

    held: Held
    agency_id: int
    code: str
    paper: Mapping[str, str]
    """What the paper is called, by language; empty for pages that nobody has dealt out."""

    @property
    def since(self) -> datetime:
        """When it was found."""
        return datetime.fromisoformat(self.held.found_at)

    @property
    def asked(self) -> datetime | None:
        """When its sender was asked for the paper anew."""
        return datetime.fromisoformat(self.held.asked_at) if self.held.asked_at else None


@gate
def keeper(official: Official, at: datetime) -> Keeper:
    """Return who decides about files set apart; one query. Raises NotAtHeldFiles."""
    posts = tuple(post for post in posts_of(official, at) if post.role in KEEPERS)
    if not posts:
        raise NotAtHeldFiles
    return Keeper(official, posts)


def all_of(mine: Keeper) -> list[Lying]:
    """Return what lies apart of these offices, the newest first; two queries."""
    with wall.aside():
        found = lying_anywhere()
    return [lying for lying in found if lying.agency_id in mine.agency_ids][:MOST]


def lying_anywhere() -> list[Lying]:
    """Return what lies apart of all offices, the newest first: for the worker, who tells them; two queries."""
    held = quarantine.held()
    whose = _whose(held)
    return [_lying(one, whose[one.owner]) for one in held if one.owner in whose]


@gate
def of_office(*, mine: Keeper, held_id: UUID) -> Lying:
    """Return one of these offices. Raises NotHeld, for another's as for none."""
    held = quarantine.one(held_id)
    with wall.aside():
        whose = _whose([held]).get(held.owner)
    if whose is None or whose.agency_id not in mine.agency_ids:
        raise NotHeld
    return _lying(held, whose)


def ask_anew(*, mine: Keeper, lying: Lying, at: datetime) -> None:
    """Ask whoever sent it for the paper anew, by message, once. Raises NobodyToAsk."""
    held = lying.held
    if held.asked_at:
        return
    with wall.aside(), transaction.atomic():
        whose = _whose([held])[held.owner]
        to, url = _reached(whose)
        if not to.phone and not to.email:
            raise NobodyToAsk
        office = whose.agency
        data = {
            "paper": lying.paper.get(to.language) or lying.paper.get("vi") or "…",
            "procedure": by_digest(whose.version.digest).procedure.short.to(to.language),
            "url": url,
            "support": f"{office.support_name}, {office.support_phone}",
        }
        notices.send(
            key=f"held:{held.id}", to=to, template="paper_asked_anew", data=data,
            subject=_subject(whose), at=at,
        )  # fmt: skip
        _log(mine, lying, "asked", at)
    quarantine.note_asked(held, at)


def give_back(*, mine: Keeper, lying: Lying, at: datetime) -> None:
    """Let a file that the scanner passes by now go where it was sent to; it is read and written anew there, as any. Once.

    Raises StillHeld, NobodyToScan, NotHeld, NothingWaitsForIt, and what taking in a file does.
    """
    raw = scanning.looked_at_again(lying.held)
    with quarantine.leaving(lying.held), wall.aside(), transaction.atomic():
        _put(lying.held, raw, at)
        _log(mine, lying, "returned", at)


def _put(held: Held, raw: bytes, at: datetime) -> None:
    file = (held.name, BytesIO(raw))
    whose = _whose([held])[held.owner]
    if isinstance(whose, Row):
        return _put_in_supplement(whose, held, file, at)
    if whose.dossier_id is not None or not held.key:
        raise NothingWaitsForIt
    if held.key == gathering.HEAP:
        return gathering.add_many(draft=whose, files=[file], at=at)
    return gathering.add(draft=whose, paper=held.key, files=[file], at=at)


def _put_in_supplement(row: Row, held: Held, file: gathering.File, at: datetime) -> None:
    requests = told(row.code)[1].requests.values()
    asked = next((one for one in requests if supplement_owner(row.code, one) == held.owner), None)
    if asked is None or held.key not in asked.papers:
        raise NothingWaitsForIt
    supplementing.bring(code=row.code, request=asked, paper=held.key, files=[file], at=at)


def _log(mine: Keeper, lying: Lying, act: str, at: datetime) -> None:
    """Enter it in the log that nobody can rewrite: keys, no names."""
    content = {"act": act, "official": mine.official.pk, "dossier": lying.code}
    audit.append(kind="journeys.held-file", reference=lying.held.id, content=content, at=at)


# --- whose it is ---


def _whose(held: Iterable[Held]) -> dict[str, Whose]:
    """Return by its owner reference the draft or dossier each would belong to; two queries."""
    owners = {one.owner for one in held}
    drafts = {owner: owner.partition(":")[2] for owner in owners if owner.startswith("draft:")}
    codes = {owner: owner.split(":")[1] for owner in owners if owner.startswith("supplement:")}
    begun = Draft.objects.filter(pk__in=drafts.values())
    begun = begun.select_related("version", "agency", "dossier", "account__person")
    filed = Row.objects.filter(code__in=codes.values()).select_related("version", "agency")
    light = ("version__content", "version__guides")
    by_key: dict[str, Whose] = {str(draft.pk): draft for draft in begun.defer(*light)}
    by_key |= {row.code: row for row in filed.defer(*light)}
    return {owner: by_key[key] for owner, key in {**drafts, **codes}.items() if key in by_key}


def _lying(held: Held, whose: Whose) -> Lying:
    row = whose if isinstance(whose, Row) else whose.dossier
    papers = by_digest(whose.version.digest).procedure.papers
    name = next((paper.name for paper in papers if paper.id == held.key), None)
    called = {"vi": name.vi, "en": name.en} if name else {}
    return Lying(held, whose.agency_id, row.code if row else "", called)


def _reached(whose: Whose) -> tuple[Recipient, str]:
    """Return where whoever sent it is reached, and the address where they send anew."""
    row = whose if isinstance(whose, Row) else whose.dossier
    if row is not None:
        return Recipient(row.phone, row.email, row.language), tracking_url(row.code)
    draft = whose if isinstance(whose, Draft) else None
    if draft is None:
        raise NothingWaitsForIt
    return whom(draft), words_of(draft)["url"]


def _subject(whose: Whose) -> str:
    return whose.code if isinstance(whose, Row) else f"draft:{whose.pk.hex}"
