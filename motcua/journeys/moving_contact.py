"""A person's number was replaced, by a code to the new one or at a counter: what runs writes to the new one from then on.

Only where the number before was written to: who gave another one for a dossier – a parent's, a neighbour's – is
reached there as before. What was declared stays as it was declared.
"""

from datetime import datetime

from motcua.dossiers import drafts
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft
from motcua.dossiers.operations import move_contact
from motcua.procedures.queries import by_digest


def follow_number(*, person_id: int, was: str, phone: str, at: datetime) -> None:
    """Let the running dossiers and open drafts of a person write to a number that is theirs now; in the caller's transaction."""
    if not was or was == phone:
        return
    running = Row.objects.filter(account__person_id=person_id, ended_at=None).order_by("code")
    for row in running.defer("version__content", "version__guides"):
        if row.phone == was:
            move_contact(row=row, phone=phone, at=at)
    begun = Draft.objects.filter(account__person_id=person_id, dossier=None, expires_at__gt=at)
    for draft in begun.select_related("version").order_by("pk").select_for_update(of=("self",)):
        _follow(draft, was, phone, at)


def _follow(draft: Draft, was: str, phone: str, at: datetime) -> None:
    """Let a draft's messages follow, and the number in it, which nobody has pledged yet."""
    if draft.phone == was:
        drafts.leave_contact(found=draft, phone=phone, email=draft.email, language=draft.language)
    field = by_digest(draft.version.digest).procedure.applicant.phone
    if draft.answers.get(field) == was:
        drafts.save(found=draft, changes={field: phone}, at=at)
