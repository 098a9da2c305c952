"""A draft that nobody touches ends with notice: 14 and 3 days before, by every road the person gave.

Each warning is about one end: a draft changed or opened since has another, and gets no stale one.
"""

from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.db.models import Q, QuerySet

from motcua.dossiers.models import Draft
from motcua.dossiers.rules.drafts import FIRST_WARNING, LAST_WARNING, warning_due
from motcua.journeys.continuing import reached_at, words_of
from motcua.kernel.working_time import ZONE
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job

AT_ONCE = 200
BY_DAY = range(8, 20)
"""Hours at which people are told of something that can wait for the morning."""


@every("41 * * * *")
@job(name="journeys.remind_of_drafts", queue="default")
def remind_of_drafts(*, timestamp: int) -> None:
    """Warn of the drafts that end soon, by day."""
    del timestamp
    at = now()
    if at.astimezone(ZONE).hour not in BY_DAY:
        return
    while remind(at=at) == AT_ONCE:
        pass


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Warn of up to 200 drafts and return how many; one that is being saved or filed is left to the next time."""
    found = list(_to_warn(at).select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    for draft in found:
        _warn(draft, at)
    return len(found)


def _to_warn(at: datetime) -> QuerySet[Draft]:
    """Return citizens' open drafts with a warning due, the most pressing first."""
    last, first = (at + timedelta(days=days) for days in (LAST_WARNING, FIRST_WARNING))
    open_drafts = Draft.objects.filter(dossier__isnull=True, typist__isnull=True, expires_at__gt=at)
    due = Q(expires_at__lte=last) & ~Q(warned=LAST_WARNING) | Q(expires_at__lte=first, warned=0)
    rows = open_drafts.filter(due).select_related("version", "agency", "account__person")
    return rows.defer("version__content", "version__guides").order_by("expires_at")


def _warn(draft: Draft, at: datetime) -> None:
    days = warning_due(draft.expires_at, draft.warned, at)
    if days is None:
        return
    procedure = by_digest(draft.version.digest).procedure
    left = ceil((draft.expires_at - at) / timedelta(days=1))
    notices.send(
        key=f"draft:{draft.pk.hex}:ending:{draft.expires_at:%y%m%d}:{days}",
        to=whom(draft),
        template="draft_ending",
        data=words_of(draft) | {"days": left, "procedure": procedure.short.to(draft.language)},
        subject=f"draft:{draft.pk.hex}",
        at=at,
    )
    Draft.objects.filter(pk=draft.pk).update(warned=days)


def whom(draft: Draft) -> Recipient:
    """Return where the person is reached: as they told in the draft, else as their account knows them."""
    told = reached_at(draft)
    person = draft.account.person if draft.account else None
    if told.phone or told.email or person is None:
        return told
    return Recipient(person.phone, person.email, draft.language)
