"""Requests about one's own data: who may ask what of whom, who answers, and that the person is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from motcua.agencies import queries as places
from motcua.agencies.models import Agency, Official, Post
from motcua.agencies.rules.codes import code_list
from motcua.agencies.rules.roles import Role
from motcua.audit import operations as audit
from motcua.documents.papers import make_paper
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.mornings import tell_leader
from motcua.identity.rules.people import SignedIn
from motcua.journeys import erasing_on_request, restricting
from motcua.journeys.erasing_on_request import Done
from motcua.journeys.in_posts import InPosts
from motcua.journeys.results import letterhead
from motcua.kernel.working_calendar import local
from motcua.kernel.working_time import ZONE
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.privacy import erasures, requests
from motcua.privacy.models import Request
from motcua.privacy.requests import GROUNDS, Answer, Wish
from motcua.privacy.rules.refusals import AnswersNotYours, RequestUnknown, SubjectUnknown
from motcua.toolkit.gates import gate

ANSWERERS = frozenset({Role.FRONT_DESK, Role.LEADER})
MOST_OFFERED = 100


@dataclass(frozen=True)
class Answerer(InPosts):
    """An official in the posts that let them answer requests about data."""


@gate
def answerer(official: Official, at: datetime) -> Answerer:
    """Return who answers requests; one query. Raises AnswersNotYours."""
    posts = tuple(post for post in places.posts_of(official, at) if post.role in ANSWERERS)
    if not posts:
        raise AnswersNotYours
    return Answerer(official, posts)


def is_about(request: str, code: str, agency_ids: Collection[int]) -> bool:
    """Tell whether an open request to one of these offices is about a dossier; two queries."""
    try:
        found = requests.request_of_office(UUID(request), agency_ids)
    except (ValueError, RequestUnknown):
        return False
    return not found.outcome and code in {row.code for row in erasing_on_request.rows_of(found)}


def own_dossiers(citizen: SignedIn) -> list[Row]:
    """Return the dossiers a request may be about, the latest first; one query."""
    rows = Row.objects.filter(account_id__in=citizen.accounts).select_related("agency", "version")
    return list(rows.defer("version__content", "version__guides").order_by("-pk")[:MOST_OFFERED])


def offices(own: Sequence[Row], at: datetime) -> list[Agency]:
    """Return the offices that may be asked about everything: those of one's dossiers, else all that receive."""
    mine = {row.agency_id: row.agency for row in own}
    if mine:
        return list(mine.values())
    day = local(at).date()
    rows = Agency.objects.filter(kind=Agency.Kind.COMMUNE_COMMITTEE, works_in=Agency.WorksIn.MOTCUA)
    rows = rows.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    return list(rows.order_by("name")[:MOST_OFFERED])


@dataclass(frozen=True)
class Told:
    """What a form said: `about` is a dossier's code, or an agency's where everything is meant."""

    kind: str
    about: str
    words: str
    key: str
    language: str


@transaction.atomic
def ask(*, citizen: SignedIn, said: Told, at: datetime) -> Request:
    """Put a request to the office that keeps the data; its clock of two working days begins.

    Raises SubjectUnknown, WordsMissing, TooManyRequests.
    """
    own = own_dossiers(citizen)
    row = next((row for row in own if row.code == said.about), None)
    office = row.agency if row else _office(said.about, own, at)
    if said.kind not in Request.Kind.values or office is None:
        raise SubjectUnknown
    wish = Wish(
        kind=Request.Kind(said.kind), subject=row.code if row else "", words=said.words,
        name=citizen.full_name, language=said.language,
    )  # fmt: skip
    made = requests.ask(
        account_id=citizen.account_id, agency=office, wish=wish, key=said.key, at=at
    )
    if made.subject and made.kind in _HOLDING:
        # What is argued about is not erased: until it is refused, else until an official lets it go.
        erasures.hold(subject=made.subject, reason=made.number, by=made.number, at=at)
    tell(made, _reached(citizen), "data_request_asked", at)
    return made


ACTING = frozenset({Request.Kind.ERASURE, Request.Kind.RESTRICTION})
"""Requests that are done when they are granted: an act that cannot be taken back."""
_HOLDING = frozenset({Request.Kind.COMPLAINT, Request.Kind.RESTRICTION, Request.Kind.OBJECTION})


def _office(code: str, own: Sequence[Row], at: datetime) -> Agency | None:
    return next((one for one in offices(own, at) if one.code == code), None)


def _reached(citizen: SignedIn) -> Recipient:
    return Recipient(citizen.phone, citizen.email)


@transaction.atomic
def answer(*, mine: Answerer, request: Request, said: Answer, at: datetime) -> None:
    """Answer a request of the official's office, do what is granted, and tell the person; again changes nothing.

    Raises AnswerMissing, GroundMissing, AnsweredAlready; StillUnderWay, DossierHeld, NothingToErase.
    """
    official = mine.official.pk
    new = requests.answer(
        request_id=request.pk, said=said, official_id=official, at=at,
        effect=lambda: _granted(mine, request, said.outcome, at),
    )  # fmt: skip
    if not new:
        return
    told = {"official": official, "kind": request.kind, "outcome": said.outcome}
    audit.append(kind="privacy.answered", reference=request.number, content=told, at=at)
    if said.outcome == Request.Outcome.REFUSED:
        erasures.let_go(subject=request.subject, by=request.number, at=at)
    if request.escalated_at is not None:
        tell_leader(request.agency_id, at, data_requests=-1)
    person = request.account.person
    to = Recipient(person.phone, person.email, request.language)
    tell(request, to, "data_request_answered", at)


def _granted(mine: Answerer, request: Request, outcome: str, at: datetime) -> list[Done]:
    """Do what an answer says is done, at once; return what became of each dossier."""
    if outcome == Request.Outcome.REFUSED or request.kind not in ACTING:
        return []
    if request.kind == Request.Kind.RESTRICTION:
        return restricting.grant(request, by=_post(mine, request), at=at)
    wholly = outcome == Request.Outcome.GRANTED
    return erasing_on_request.grant(request, wholly=wholly, at=at)


def end_holds(*, mine: Answerer, request: Request, reason: str, at: datetime) -> None:
    """End what a request to the official's office holds; it stands in the dossiers' histories. Raises HoldWithoutReason."""
    restricting.end_holds(request, by=_post(mine, request), reason=reason, at=at)


def _post(mine: Answerer, request: Request) -> Post:
    """Return the post in which the official answers for the office; it was found by it."""
    return next(post for post in mine.posts if post.agency_id == request.agency_id)


def ends(at: datetime) -> str:
    """Return the end of a request's time as messages name it."""
    return f"{at.astimezone(ZONE):%H:%M %d/%m/%Y}"


def tell(
    request: Request, to: Recipient, template: str, at: datetime, *, turn: str = "", **more: str
) -> None:
    """Send a message about a request, once; once a `turn` where there may be several of a kind."""
    office = request.agency
    data = {
        "number": request.number,
        "agency": office.name,
        "deadline": ends(request.due_at),
        "url": settings.BASE_URL + reverse("portal:data_request", args=[request.pk]),
        "support": office.support_phone,
        **more,
    }
    notices.send(
        key=f"{template}:{request.pk.hex}{turn}", to=to, template=template, data=data,
        subject=f"data-request:{request.pk.hex}", at=at,
    )  # fmt: skip


def letter(request: Request) -> bytes:
    """Return the answer as a letter (PDF): the same bytes whenever it is asked for. Raises RequestUnknown before there is one."""
    if request.answered_at is None or request.answered_by is None:
        raise RequestUnknown
    office = request.agency
    with override("vi"):  # letters of the office are in the language of the law
        data = {
            "agency": letterhead(office, request.answered_at),
            "number": request.number,
            "at": request.answered_at.astimezone(ZONE).isoformat(),
            "name": request.name,
            "kind": kind_words(request.kind),
            "made_at": request.made_at.astimezone(ZONE).isoformat(),
            "subject": request.subject,
            "outcome": outcome_words(request.outcome),
            "ground": ground_words(request.ground, "vi"),
            "answer": request.answer,
            "done": erasing_on_request.told(request.done),
            "officer": {"name": request.answered_by.full_name},
            "support": {
                "name": office.support_name,
                "phone": office.support_phone,
                "hours": office.support_hours,
            },
        }
    return make_paper("tra-loi-du-lieu", data, at=request.answered_at)


def kind_words(kind: str) -> str:
    """Return what is asked, in words."""
    return {
        "access": gettext("Xem dữ liệu của tôi"),
        "correction": gettext("Sửa dữ liệu sai"),
        "erasure": gettext("Xóa dữ liệu"),
        "restriction": gettext("Hạn chế dùng dữ liệu"),
        "objection": gettext("Phản đối việc dùng dữ liệu"),
        "complaint": gettext("Khiếu nại về dữ liệu cá nhân"),
    }[kind]


def outcome_words(outcome: str) -> str:
    """Return how a request was answered, in words."""
    return {
        "": gettext("Chờ trả lời"),
        "granted": gettext("Đồng ý"),
        "partly": gettext("Đồng ý một phần"),
        "refused": gettext("Chưa đồng ý"),
    }[outcome]


def ground_words(ground: str, language: str) -> str:
    """Return on which ground it was refused, in words; empty for none."""
    return code_list(GROUNDS).label(ground, language) if ground else ""
