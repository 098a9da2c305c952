"""Notes among colleagues of one agency: added, never changed, shown to nobody else."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Post
from motcua.agencies.queries import lineage
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Note
from motcua.dossiers.rules.refusals import NoteEmpty

LONGEST = 2000
LATEST = 100


@transaction.atomic
def add_note(*, row: Row, post: Post, text: str, key: str, at: datetime) -> None:
    """Keep a note for the colleagues of the post's agency; the same key again adds nothing. Raises NoteEmpty."""
    words = text.replace("\r\n", "\n").strip()[:LONGEST]  # the page takes no more
    if not words:
        raise NoteEmpty
    note = Note(
        dossier=row, agency=post.agency, official_id=post.official_id,
        official_name=post.official.full_name, role=post.role, text=words, at=at, key=key,
    )  # fmt: skip
    Note.objects.bulk_create([note], ignore_conflicts=True)


def notes_of(row: Row, agency_ids: Collection[int]) -> list[Note]:
    """Return the notes of these agencies' own people on a dossier, and of those they follow, newest first."""
    found = Note.objects.filter(dossier=row, agency_id__in=lineage(agency_ids)).select_related(
        "agency"
    )
    return list(found.order_by("-pk")[:LATEST])
