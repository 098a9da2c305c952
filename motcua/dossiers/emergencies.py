"""Dossiers opened in an emergency: written, found while their hour lasts, reviewed by the head of the office."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from motcua.agencies import wall
from motcua.agencies.models import Official, Post
from motcua.audit import operations as audit
from motcua.dossiers import queries, readings
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Emergency, Morning
from motcua.dossiers.mornings import LEADER
from motcua.dossiers.rules.emergencies import (
    A_DAY,
    LASTS,
    NoEmergencyOpen,
    NothingToReview,
    TooManyEmergencies,
)
from motcua.kernel.working_time import ZONE

LATEST = 100


@transaction.atomic
def open_in_emergency(
    *, code: str, post: Post, reason: str, words: str, key: str, at: datetime
) -> Emergency:
    """Open a dossier to an official for an hour, once per key: written down for its people, told to both heads.

    Beyond the second wall it looks up this one dossier. Raises UnknownDossier, TooManyEmergencies.
    """
    with wall.aside():
        return _opened(queries.row(code), post, reason, words, key, at)


def _opened(row: Row, post: Post, reason: str, words: str, key: str, at: datetime) -> Emergency:
    official = Official.objects.select_for_update().get(pk=post.official_id)
    known = Emergency.objects.filter(key=key, official=official).first()
    if known is not None:
        return known
    if official.emergencies.filter(at__gt=at - timedelta(days=1)).count() >= A_DAY:
        raise TooManyEmergencies(most=A_DAY)
    made = Emergency.objects.create(
        dossier=row, code=row.code, official=official, agency=post.agency, role=post.role, office=row.agency,
        reason=reason, words=words, at=at, until=at + LASTS, key=key,
    )  # fmt: skip
    note_reading(made, post, at)
    told = {"official": official.pk, "agency": post.agency.code, "reason": reason}
    audit.append(kind="dossiers.emergency", reference=row.code, content=told, at=at)
    _tell_heads(made, at)
    return made


def note_reading(emergency: Emergency, post: Post, at: datetime) -> None:
    """Write down, for whoever the dossier is about, that it was read in an emergency."""
    readings.note(
        row=emergency.dossier, post=post, at=at, purpose=readings.Purpose.EMERGENCY,
        reason=emergency.reason,
    )  # fmt: skip


def _tell_heads(emergency: Emergency, at: datetime, more: int = 1) -> None:
    """Let both hear of it, whose dossier it is and whose official: each sees it on their page."""
    for agency in {emergency.office_id, emergency.agency_id}:
        _tell_head(agency, at, more)


def _tell_head(agency: int, at: datetime, more: int) -> None:
    """Count it at once among what the leader is told above the queue: waiting for review, or no more."""
    seat = {"agency_id": agency, "role": LEADER, "day": at.astimezone(ZONE).date()}
    Morning.objects.get_or_create(**seat, defaults={"at": at})
    count = Greatest(F("emergencies") + more, 0)
    Morning.objects.filter(**seat).update(emergencies=count)


def open_now(*, official: Official, code: str, at: datetime) -> Emergency:
    """Return what this official has open of a dossier. Raises NoEmergencyOpen."""
    found = official.emergencies.filter(code=code, until__gt=at)
    emergency = found.select_related("dossier__agency", "agency", "official").last()
    if emergency is None:
        raise NoEmergencyOpen
    return emergency


def all_open(official: Official, at: datetime) -> list[Emergency]:
    """Return everything this official has open now; one query."""
    return list(official.emergencies.filter(until__gt=at).order_by("-at"))


def not_reviewed() -> list[Emergency]:
    """Return every opening that no head of an office has looked at yet, without what was said of it; one query."""
    found = Emergency.objects.filter(reviewed_at__isnull=True).defer("words", "remark")
    return list(found.select_related("agency", "office").order_by("at"))


def of_offices(agencies: Collection[int]) -> list[Emergency]:
    """Return what was opened in dossiers of these offices, and by their people; not reviewed first; one query."""
    found = Emergency.objects.filter(Q(office__in=agencies) | Q(agency__in=agencies))
    found = found.select_related("official", "agency", "office", "reviewed_by")
    return list(found.order_by(F("reviewed_at").asc(nulls_first=True), "-at")[:LATEST])


@transaction.atomic
def review(
    *, emergency: int, leads: Collection[int], by: Official, justified: bool, remark: str,
    at: datetime,
) -> None:  # fmt: skip
    """Sign what the head of the office found, once. Raises NothingToReview."""
    findings = Emergency.Finding
    waiting = Emergency.objects.select_for_update().filter(
        pk=emergency, office__in=leads, reviewed_at__isnull=True
    )
    found = waiting.exclude(official=by).first()
    if found is None:
        raise NothingToReview
    found.finding = findings.JUSTIFIED if justified else findings.UNJUSTIFIED
    found.remark, found.reviewed_by, found.reviewed_at = remark[:1000], by, at
    found.save(update_fields=["finding", "remark", "reviewed_by", "reviewed_at"])
    _tell_heads(found, at, -1)
    told = {"emergency": found.pk, "by": by.pk, "finding": found.finding}
    audit.append(kind="dossiers.emergency-review", reference=found.code, content=told, at=at)
