"""Notes among colleagues on a dossier: their own agency's people see them, nobody else."""

from motcua.dossiers import notes
from motcua.dossiers.models import Note
from motcua.journeys.looking import Opened


def add_note(*, opened: Opened, text: str, key: str) -> None:
    """Keep a note for the official's own colleagues; the same key again adds nothing. Raises NoteEmpty."""
    notes.add_note(row=opened.row, post=opened.posts[0], text=text, key=key, at=opened.at)


def notes_on(opened: Opened) -> list[Note]:
    """Return the notes of the official's own colleagues, newest first."""
    return notes.notes_of(opened.row, {post.agency_id for post in opened.posts})
