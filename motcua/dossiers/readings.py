"""Who looked at a dossier: written at every opening, read by whoever the dossier is about."""

from datetime import datetime

from motcua.agencies.models import Post
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import ReadLog

LATEST = 200


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


def readings_of(row: Row) -> list[ReadLog]:
    """Return who opened the dossier, latest first."""
    found = ReadLog.objects.filter(dossier=row).select_related("agency")
    return list(found.order_by("-at", "-pk")[:LATEST])
