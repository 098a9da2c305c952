"""The village digital team of an office: who is in it, until when, how much they helped."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from motcua.help.models import Member
from motcua.help.rules.refusals import MemberThere, MemberUnsound
from motcua.kernel.working_calendar import local

LONGEST = timedelta(days=731)


@dataclass(frozen=True)
class NewMember:
    """Who is to be listed; `phone` is E.164, `unit` the village or hamlet."""

    name: str
    phone: str
    unit: str
    until: date


def add(*, agency_id: int, member: NewMember, by: int, at: datetime) -> Member:
    """List a member of an office's team. Raises MemberUnsound, MemberThere."""
    today = local(at).date()
    if not member.name.strip() or not today <= member.until <= today + LONGEST:
        raise MemberUnsound
    try:
        with transaction.atomic():
            return Member.objects.create(
                agency_id=agency_id, name=member.name.strip()[:120], phone=member.phone,
                unit=member.unit.strip()[:120], until=member.until, added_by_id=by, added_at=at,
            )  # fmt: skip
    except IntegrityError as clash:
        raise MemberThere from clash


def remove(*, member_id: int, agency_ids: Collection[int], at: datetime) -> None:
    """Take a member off the list: they come into no draft any more, what they are in ends with its time."""
    Member.objects.filter(pk=member_id, agency_id__in=agency_ids, removed_at__isnull=True).update(
        removed_at=at
    )


def members(agency_ids: Collection[int]) -> list[Member]:
    """Return who is listed by offices, each with `helped`: how many drafts they wrote into; one query."""
    rows = Member.objects.filter(agency_id__in=agency_ids, removed_at__isnull=True)
    helped = Count("helping", filter=Q(helping__touches__doing="saved"), distinct=True)
    found = rows.select_related("agency").annotate(helped=helped).order_by("pk")
    return sorted(found, key=lambda member: member.name)
