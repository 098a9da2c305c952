"""Who looked at a dossier: written at every opening, read by whoever the dossier is about."""

from datetime import datetime, timedelta

from motcua.agencies.models import Post
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import ReadLog

LATEST = 200
LATELY = timedelta(hours=1)


def note(*, row: Row, post: Post, at: datetime) -> None:
    """Write down that an official opened the dossier to handle it, in this post."""
    ReadLog.objects.create(
        dossier=row,
        official_id=post.official_id,
        official_name=post.official.full_name,
        agency=post.agency,
        role=post.role,
        purpose=ReadLog.Purpose.HANDLING,
        at=at,
    )


def note_once(*, row: Row, post: Post, at: datetime) -> None:
    """Write it down unless this official's opening stands there since less than an hour.

    For the pictures and forms around a dossier: who reads a paper has opened it, with or without its page.
    """
    lately = ReadLog.objects.filter(dossier=row, official_id=post.official_id, at__gt=at - LATELY)
    if not lately.exists():
        note(row=row, post=post, at=at)


def readings_of(row: Row) -> list[ReadLog]:
    """Return who opened the dossier, latest first."""
    found = ReadLog.objects.filter(dossier=row).select_related("agency")
    return list(found.order_by("-at", "-pk")[:LATEST])
