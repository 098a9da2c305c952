"""Who looked at a dossier: written at every opening, read by whoever the dossier is about."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from motcua.agencies.models import Agency, Official, Post
from motcua.agencies.queries import posts_of
from motcua.audit import operations as audit
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import ReadLog
from motcua.dossiers.rules.reveals import ends_at

LATEST = 200
LATELY = timedelta(hours=1)
Purpose = ReadLog.Purpose


def note(
    *, row: Row, post: Post, at: datetime, purpose: Purpose = Purpose.HANDLING, reason: str = ""
) -> None:
    """Write down that an official opened the dossier, in this post; `reason`: a code, where the purpose has them."""
    _entry(row.pk, post, at, purpose=purpose, reason=reason).save(force_insert=True)


def _entry(
    dossier: int, post: Post, at: datetime, *, purpose: Purpose, reason: str = ""
) -> ReadLog:
    return ReadLog(
        dossier_id=dossier,
        official_id=post.official_id,
        official_name=post.official.full_name,
        agency=post.agency,
        role=post.role,
        purpose=purpose,
        reason=reason,
        at=at,
    )


def note_once(*, row: Row, post: Post, at: datetime) -> None:
    """Write it down unless this official's opening stands there since less than an hour.

    For the pictures and forms around a dossier: who reads a paper has opened it, with or without its page.
    """
    lately = ReadLog.objects.filter(dossier=row, official_id=post.official_id, at__gt=at - LATELY)
    if not lately.exists():
        note(row=row, post=post, at=at)


@transaction.atomic
def note_revealed(
    *, row: Row, post: Post, groups: Collection[str], reason: str, at: datetime
) -> None:
    """Write down what an official had revealed, and why, in the log too; it is shown from now on for a while."""
    entry = _entry(row.pk, post, at, purpose=Purpose.REVEAL, reason=reason)
    entry.groups, entry.until = ",".join(sorted(groups)), ends_at(at)
    entry.save(force_insert=True)
    told = {
        "reading": entry.pk,
        "official": post.official_id,
        "groups": entry.groups,
        "reason": reason,
    }
    audit.append(kind="dossiers.revealed", reference=row.code, content=told, at=at)


def revealed(
    *, row: Row, official_id: int, at: datetime, since: datetime | None = None
) -> Mapping[str, datetime]:
    """Return the groups revealed to this official now, each with until when; one query.

    `since`: only what was revealed after the use of the data was restricted.
    """
    rows = ReadLog.objects.filter(
        dossier=row, official_id=official_id, purpose=Purpose.REVEAL, until__gt=at
    )
    if since is not None:
        rows = rows.filter(at__gt=since)
    told = rows.values_list("groups", "until")
    return {
        group: until
        for groups, until in told.order_by("until")
        if until is not None
        for group in groups.split(",")
    }


def note_sent(*, row: Row, party: str, reason: str, at: datetime) -> None:
    """Write down that a linked party was sent its part of the dossier; `reason`: what it is to do."""
    ReadLog.objects.create(
        dossier=row, party=party, purpose=Purpose.EXCHANGE, reason=reason[:30], at=at
    )


def note_listed(
    *,
    codes: Iterable[str],
    official: Official,
    agency: Agency,
    at: datetime,
    purpose: Purpose = Purpose.LIST_FILE,
) -> None:
    """Write down that these dossiers stand in what an official opened or had made for this agency.

    A file that was ordered is written down each time; what is opened as a page, once an hour. One statement a
    thousand.
    """
    found = Row.objects.filter(code__in=set(codes))
    if purpose != Purpose.LIST_FILE:
        lately = ReadLog.objects.filter(
            dossier=OuterRef("pk"), official_id=official.pk, purpose=purpose, at__gt=at - LATELY
        )
        found = found.exclude(Exists(lately))
    held = posts_of(official, at)
    role = next((one.role for one in held if one.agency_id == agency.pk), "")
    entries = [
        ReadLog(
            dossier_id=dossier, official_id=official.pk, official_name=official.full_name,
            agency=agency, role=role, purpose=purpose, at=at,
        )
        for dossier in found.values_list("pk", flat=True)
    ]  # fmt: skip
    ReadLog.objects.bulk_create(entries, batch_size=1000)


def readings_of(row: Row) -> list[ReadLog]:
    """Return who opened the dossier, latest first."""
    found = ReadLog.objects.filter(dossier=row).select_related("agency")
    return list(found.order_by("-at", "-pk")[:LATEST])


def latest_readings(accounts: Collection[int], most: int) -> list[ReadLog]:
    """Return who saw dossiers of these accounts lately, the latest first; one query."""
    found = ReadLog.objects.filter(dossier__account_id__in=accounts)
    return list(found.select_related("agency", "dossier").order_by("-at", "-pk")[:most])
