"""What nobody came back for is forgotten: drafts after their 60 days, papers of a supplement never sent."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F

from motcua.documents import operations as documents
from motcua.dossiers.models import Draft, DraftsForgotten
from motcua.dossiers.news import Happened, on
from motcua.dossiers.rules import events as e
from motcua.journeys.case import owner_of_draft
from motcua.kernel.working_time import ZONE
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job

AT_ONCE = 200


@every("23 3 * * *")
@job(name="journeys.forget_drafts", queue="default")
def forget_drafts(*, timestamp: int) -> None:
    """Delete drafts that have expired, their keys and papers too (their bytes go with the papers' own sweep)."""
    del timestamp
    at = now()
    while forget_expired(at=at) == AT_ONCE:
        pass


@transaction.atomic
def forget_expired(*, at: datetime) -> int:
    """Delete up to 200 expired drafts; return how many. One that is being filed or saved is left alone.

    How many there were is all that is kept of them, by day, service and office.
    """
    expired = Draft.objects.select_for_update(skip_locked=True).filter(
        expires_at__lte=at, dossier__isnull=True
    )
    found = list(expired.order_by("expires_at")[:AT_ONCE])
    for draft in found:
        documents.remove_all(owner=owner_of_draft(draft), at=at)
    _counted(found, at)
    Draft.objects.filter(pk__in=[draft.pk for draft in found]).delete()
    return len(found)


def _counted(forgotten: list[Draft], at: datetime) -> None:
    """Add to the numbers of the day; citizens' own drafts only."""
    mine = (draft for draft in forgotten if draft.typist_id is None)
    for (version, agency), count in Counter(
        (one.version_id, one.agency_id) for one in mine
    ).items():
        number, fresh = DraftsForgotten.objects.get_or_create(
            day=at.astimezone(ZONE).date(), version_id=version, agency_id=agency,
            defaults={"drafts": count},
        )  # fmt: skip
        if not fresh:
            DraftsForgotten.objects.filter(pk=number.pk).update(drafts=F("drafts") + count)


@on(e.SupplementLapsed)
def forget_supplement(item: Happened[e.SupplementLapsed]) -> None:
    """Remove what was gathered for a supplement whose time is over."""
    event = item.event
    owner = f"supplement:{item.row.code}:{event.leg or 'desk'}:{event.number}"
    documents.remove_all(owner=owner, at=event.at)
