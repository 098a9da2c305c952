"""Files that arrive piece by piece and go on after a cut, from whichever machine answers.

Pieces lie in the database: the offset and the bytes become durable in one commit, every node sees
them, and nothing unclean ever lies on a disk under a name (docs/reference/uploads.md).
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.documents.models import Upload, UploadPiece
from motcua.documents.operations import locked_papers
from motcua.documents.rules import refusals
from motcua.documents.rules import uploads as rules
from motcua.documents.rules.kinds import safe_name
from motcua.kernel.refusal import Refusal

Keep = Callable[[Upload, bytes, datetime], None]
"""Makes a page of a file that is whole; raises what `operations.add_page` raises."""

_OF_THE_FILE: dict[str, type[Refusal]] = {
    refusal.code: refusal
    for refusal in (
        refusals.DigestDiffers,
        refusals.FileInfected,
        refusals.FileTooCostly,
        refusals.FileNotUnderstood,
        refusals.FileDamaged,
        refusals.PdfLocked,
        refusals.PdfTooIntricate,
        refusals.TooManyPixels,
        refusals.HeicNotReadHere,
        refusals.TooManyPages,
        refusals.TooMuchInAll,
        refusals.SheetNotOurs,
        refusals.SheetOfAnotherDraft,
        refusals.SheetOutdated,
    )
}
"""What is wrong with a whole file: it stays so, and is said again to whoever did not hear it."""


def begin(
    *, owner: str, key: str, act_key: str, name: str, length: int, digest: str = "",
    replaces: str = "", at: datetime,
) -> Upload:  # fmt: skip
    """Return the upload that begins; begun again with the same `act_key`, it is the one begun before.

    `length` in bytes. Raises what `rules.refuse_beginning` does.
    """
    named = safe_name(name)
    with transaction.atomic():
        kept = sum(paper.size for paper in locked_papers(owner))
        there = Upload.objects.filter(owner=owner, expires_at__gt=at)
        if known := there.filter(act_key=act_key).first():
            return known
        arriving = there.filter(state=Upload.State.ARRIVING).values_list("length", flat=True)
        rules.refuse_beginning(name=named, length=length, kept=kept, arriving=arriving)
        Upload.objects.filter(owner=owner, act_key=act_key).delete()  # expired, not swept yet
        return Upload.objects.create(
            owner=owner, key=key, act_key=act_key, name=named, length=length, digest=digest,
            replaces=replaces, created_at=at, expires_at=at + rules.LIVES,
        )  # fmt: skip


def found(*, owner: str, key: str, upload: UUID, at: datetime) -> Upload:
    """Return an upload of that owner for that paper. Raises UploadGone."""
    there = Upload.objects.filter(owner=owner, key=key, pk=upload, expires_at__gt=at)
    return _of(there.first())


def receive(
    *, owner: str, key: str, upload: UUID, offset: int, content: bytes, keep: Keep, at: datetime
) -> Upload:
    """Add a piece at `offset`; with the last one the file is whole and `keep` makes a page of it.

    An upload begun for another paper is none: what may begin was asked of the paper it began for.

    When this returns, the bytes are durable. A whole file is decided upon once: an empty piece at its
    end is answered as the last one was. Raises UploadGone, OffsetDiffers, UploadTooLong, and what is
    wrong with the whole file: DigestDiffers and what `keep` raises.
    """
    with transaction.atomic():
        there = Upload.objects.select_for_update().filter(owner=owner, key=key, pk=upload)
        arriving = _of(there.filter(expires_at__gt=at).first())
        received = rules.after(
            received=arriving.received, length=arriving.length, offset=offset, size=len(content)
        )
        if arriving.state == Upload.State.ARRIVING:
            if received < arriving.length:
                _append(arriving, content)
            else:
                _decide(arriving, content, keep, at)
            arriving.received, arriving.expires_at = received, at + rules.LIVES
            arriving.save(update_fields=["received", "expires_at", "state", "refusal"])
    if arriving.state == Upload.State.REFUSED:
        code, data = arriving.refusal
        raise _OF_THE_FILE[code](**data)
    return arriving


def take_back(*, owner: str, key: str, upload: UUID) -> None:
    """Forget an upload with all that has come of it; a page it became already stays. Raises UploadGone."""
    if not Upload.objects.filter(owner=owner, key=key, pk=upload).delete()[0]:
        raise refusals.UploadGone


def sweep(*, at: datetime) -> int:
    """Forget what was not gone on with for a day; return how many rows went."""
    return Upload.objects.filter(expires_at__lte=at).delete()[0]


def _of(upload: Upload | None) -> Upload:
    if upload is None:
        raise refusals.UploadGone
    return upload


def _append(upload: Upload, content: bytes) -> None:
    rows = rules.rows(content, upload.received)
    UploadPiece.objects.bulk_create(
        UploadPiece(upload=upload, start=start, content=piece) for start, piece in rows
    )


def _decide(upload: Upload, last: bytes, keep: Keep, at: datetime) -> None:
    """Let the whole file become a page, or note why it does not."""
    before = upload.pieces.order_by("start").values_list("content", flat=True)
    content = b"".join([*map(bytes, before), last])
    upload.pieces.all().delete()
    try:
        if upload.digest and hashlib.sha256(content).hexdigest() != upload.digest:
            raise refusals.DigestDiffers(name=upload.name)
        with transaction.atomic():
            keep(upload, content, at)
    except tuple(_OF_THE_FILE.values()) as refusal:
        upload.state, upload.refusal = Upload.State.REFUSED, [refusal.code, refusal.data]
    else:
        upload.state = Upload.State.KEPT
