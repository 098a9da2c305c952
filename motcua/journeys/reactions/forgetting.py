"""What nobody came back for is forgotten: drafts after their 60 days, papers of a supplement never sent."""

from datetime import datetime

from django.db import transaction

from motcua.documents import operations as documents
from motcua.dossiers.models import Draft
from motcua.dossiers.news import Happened, on
from motcua.dossiers.rules import events as e
from motcua.journeys.case import owner_of_draft
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job

AT_ONCE = 200


@every("23 3 * * *")
@job(name="journeys.forget_drafts", queue="default")
def forget_drafts(*, timestamp: int) -> None:
    """Delete drafts that have expired, with their papers (their bytes go with the papers' own sweep)."""
    del timestamp
    at = now()
    while forget_expired(at=at) == AT_ONCE:
        pass


@transaction.atomic
def forget_expired(*, at: datetime) -> int:
    """Delete up to 200 expired drafts; return how many. One that is being filed or saved is left alone."""
    expired = Draft.objects.select_for_update(skip_locked=True).filter(
        expires_at__lte=at, dossier__isnull=True
    )
    found = list(expired.order_by("expires_at")[:AT_ONCE])
    for draft in found:
        documents.remove_all(owner=owner_of_draft(draft), at=at)
    return Draft.objects.filter(pk__in=[draft.pk for draft in found]).delete()[0]


@on(e.SupplementLapsed)
def forget_supplement(item: Happened[e.SupplementLapsed]) -> None:
    """Remove what was gathered for a supplement whose time is over."""
    event = item.event
    owner = f"supplement:{item.row.code}:{event.leg or 'desk'}:{event.number}"
    documents.remove_all(owner=owner, at=event.at)
