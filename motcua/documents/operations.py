"""Taking in papers page by page, and keeping them in order.

Every operation on a paper names its `owner` beside its id: a page that knows only the id of
somebody else's paper is told that there is none.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.db import connection, transaction

from motcua.documents import images, intake, pdfs, photographs, thumbnails
from motcua.documents.models import Blob, Document
from motcua.documents.rules import pages as order
from motcua.documents.rules.kinds import Kind, kind_of, safe_name
from motcua.documents.rules.pages import Page
from motcua.documents.rules.refusals import PaperUnknown
from motcua.documents.rules.sheet_codes import Seat
from motcua.documents.wiring import blob_store
from motcua.toolkit.sealed_fields import sealing

# The row of the bytes is locked also when it exists already, so that no sweep erases them before
# the commit; the bytes themselves are durable before it.
_sealed_name, _sealed_pages = sealing(Document, "name"), sealing(Document, "pages")
SQL_BLOB = (
    "insert into documents_blob (digest, size, media_type, created_at) values (%s, %s, %s, %s) "
    "on conflict (digest) do update set size = excluded.size"
)
SQL_PAPER = (
    f"with kept as ({SQL_BLOB}) insert into documents_document "  # noqa: S608 - constants
    "(id, owner, key, name, pages, digests, sheets, size, state, created_at, changed_at) "
    "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
    "on conflict (id) do update set pages = excluded.pages, digests = excluded.digests, sheets = excluded.sheets, "
    "size = excluded.size, changed_at = excluded.changed_at"
)


def add_page(
    *, owner: str, key: str, filename: str, content: bytes | BinaryIO, at: datetime,
    came_in: str = "", signed: str = "",
) -> Document:  # fmt: skip
    """Add a file as the last page of the owner's paper `key`, and return the paper.

    The same file sent twice (F5, retry) stands once. `came_in` is the SHA-256 of the file that the
    person sent, where this is one sheet of it; `signed` what the printed sheet said that this is the
    photograph of. Raises the refusals of `intake.read` and `intake.clean`, TooManyPages (60 sheets an owner),
    TooMuchInAll (100 MB an owner).
    """
    page, kept = _taken_in(owner, filename, content, came_in, signed, key)
    with transaction.atomic():
        papers = locked_papers(owner)
        paper = next((known for known in papers if known.key == key), None)
        pages = order.added(paper.page_list if paper else [], page)
        if paper is None:
            paper = Document(owner=owner, key=key, name=page.name, created_at=at)
            papers.append(paper)
        _set(paper, pages, at)
        order.refuse_if_full(((known.sheets, known.size) for known in papers), name=page.name)
        _record(paper, page, kept)
    return paper


def add_sheets(
    *, owner: str, key: str, filename: str, content: bytes | BinaryIO, at: datetime,
    seats: Mapping[int, Seat] | None = None,
) -> None:  # fmt: skip
    """Add a file as `add_page` does, but a PDF sheet by sheet: each can then go to a paper of its own.

    `seats` are those of the sheets (from 1) that are signed. Raises what `add_page` does.
    """
    known_as = PurePosixPath(safe_name(filename))
    raw = intake.read(content, name=known_as.name, owner=owner, key=key)
    is_pdf = kind_of(raw) is Kind.PDF
    sheets = intake.sheets(raw, name=known_as.name) if is_pdf else [raw]
    came_in = hashlib.sha256(raw).hexdigest()
    for number, sheet in enumerate(sheets, start=1):
        many = len(sheets) > 1
        name = f"{known_as.stem} ({number}){known_as.suffix}" if many else known_as.name
        seat = (seats or {}).get(number, Seat(key, ""))
        add_page(
            owner=owner, key=seat.paper, filename=name, content=sheet, came_in=came_in,
            signed=seat.signed, at=at,
        )  # fmt: skip


@transaction.atomic
def deal_out(*, owner: str, document: UUID, to: Mapping[str, str], at: datetime) -> None:
    """Move pages of a paper (page → key) to the ends of the owner's other papers; again is harmless.

    Raises PaperUnknown.
    """
    papers = {paper.key: paper for paper in locked_papers(owner)}
    heap = _of(list(papers.values()), document)
    left = heap.page_list
    for page in heap.page_list:
        key = to.get(page.id, "")
        if not key or key == heap.key:
            continue
        paper = papers.setdefault(
            key, Document(owner=owner, key=key, name=page.name, created_at=at)
        )
        _set(paper, order.added(paper.page_list, page), at)
        paper.save()
        left = order.removed(left, page.id)
    if left:
        _set(heap, left, at)
    else:
        _remove(heap, at)
    heap.save()


def replace_page(
    *, owner: str, document: UUID, page: str, filename: str, content: bytes | BinaryIO, at: datetime
) -> Document:
    """Put another file in the place of a page, and return the paper.

    Raises PaperUnknown, PageUnknown, and what `add_page` raises.
    """
    new, kept = _taken_in(owner, filename, content)
    with transaction.atomic():
        papers = locked_papers(owner)
        paper = _of(papers, document)
        _set(paper, order.replaced(paper.page_list, page, new), at)
        order.refuse_if_full(((known.sheets, known.size) for known in papers), name=new.name)
        _record(paper, new, kept)
    return paper


@transaction.atomic
def remove_page(*, owner: str, document: UUID, page: str, at: datetime) -> Document:
    """Take a page out; taking it out twice is harmless. The last page takes the paper with it.

    Raises PaperUnknown.
    """
    paper = _of(locked_papers(owner), document)
    left = order.removed(paper.page_list, page)
    if left:
        _set(paper, left, at)
    else:
        _remove(paper, at)
    paper.save()
    return paper


@transaction.atomic
def remove_all(*, owner: str, at: datetime) -> int:
    """Take all current papers of an owner out, as when its draft has expired; return how many."""
    papers = locked_papers(owner)
    for paper in papers:
        _remove(paper, at)
        paper.save()
    return len(papers)


def turn_page(*, owner: str, document: UUID, page: str, degrees: int, at: datetime) -> Document:
    """Turn a page clockwise by 90, 180 or 270 degrees.

    Raises PaperUnknown, PageUnknown, TurnNotUnderstood.
    """
    return change_page(
        owner=owner, document=document, page=page, to=lambda known: _turned(known, degrees), at=at
    )


@transaction.atomic
def change_page(
    *, owner: str, document: UUID, page: str, to: Callable[[Page], tuple[Page, bytes]], at: datetime
) -> Document:
    """Keep a page with the bytes that `to` makes of it; it stays the same page in the same place.

    Raises PaperUnknown, PageUnknown, what `to` raises.
    """
    paper = _of(locked_papers(owner), document)
    pages = paper.page_list
    place = order.place_of(pages, page)
    pages[place], content = to(pages[place])
    _set(paper, pages, at)
    _record(paper, pages[place], content)
    return paper


@transaction.atomic(savepoint=False)
def claim(*, owner_from: str, owner_to: str, at: datetime) -> int:
    """Hand all current papers of one owner over to another (draft → dossier); return how many.

    A paper that the new owner already has under the same key is replaced and stays as history:
    so a supplement brings the better version. Handing over twice moves nothing the second time.
    """
    coming = Document.kept.filter(owner=owner_from).values("key")
    Document.kept.filter(owner=owner_to, key__in=coming).update(
        state=Document.State.REPLACED, removed_at=at
    )
    return Document.kept.filter(owner=owner_from).update(owner=owner_to, changed_at=at)


def copy(*, owner_from: str, owner_to: str, at: datetime) -> None:
    """Lay the current papers of one owner beside another's too: the same bytes, kept for each."""
    for paper in Document.kept.filter(owner=owner_from):
        paper.pk, paper.owner, paper.created_at, paper.changed_at = uuid4(), owner_to, at, at
        paper.save(force_insert=True)


@transaction.atomic
def sweep(*, before: datetime) -> int:
    """Erase papers removed before that moment, and older files that nothing speaks of any more.

    Such files are left by removed papers, and by pages taken out, replaced or turned. What a
    supplement replaced is history and stays. Return how many files were erased.
    """
    Document.objects.filter(state=Document.State.REMOVED, removed_at__lt=before).delete()
    # Locked before the question who needs them: an upload of the same bytes waits or is seen.
    known = Blob.objects.select_for_update().filter(digest__in=_unneeded(before))
    digests = {blob.digest for blob in known}
    erased = digests - _needed(digests)
    Blob.objects.filter(digest__in=erased).delete()
    for digest in erased:
        blob_store().erase(digest)
        thumbnails.forget(digest)
    return len(erased)


def keep_blob(content: bytes, media_type: str, at: datetime) -> str:
    """Keep bytes with their row, inside the caller's transaction; return the digest."""
    digest = hashlib.sha256(content).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(SQL_BLOB, [digest, len(content), media_type, at])
    blob_store().put(digest, content)
    return digest


def _record(paper: Document, page: Page, content: bytes) -> None:
    """Write the paper, and the bytes of its new page with their row, in one statement."""
    name, pages = _sealed_name(paper.name), _sealed_pages(paper.pages)
    values: list[Any] = [page.digest, page.size, page.media_type, paper.changed_at]
    values += [paper.id, paper.owner, paper.key, name, pages, paper.digests]
    values += [paper.sheets, paper.size, paper.state, paper.created_at, paper.changed_at]
    with connection.cursor() as cursor:
        cursor.execute(SQL_PAPER, values)
    blob_store().put(page.digest, content)


SQL_SPOKEN_OF = """
select unnest(digests) as digest from documents_document
union select blob_id from documents_issuedpaper
"""


def _unneeded(before: datetime) -> set[str]:
    """Return the files kept since before that moment of which no paper speaks."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select digest from documents_blob where created_at < %s except ({SQL_SPOKEN_OF})",  # noqa: S608 - constants
            [before],
        )
        return {digest for (digest,) in cursor.fetchall()}


def _needed(digests: set[str]) -> set[str]:
    """Return which of the files a paper or an issued paper still speaks of."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select digest from ({SQL_SPOKEN_OF}) as spoken_of where digest = any(%s)",  # noqa: S608 - constants
            [list(digests)],
        )
        return {digest for (digest,) in cursor.fetchall()}


def _taken_in(
    owner: str, filename: str, content: bytes | BinaryIO, came_in: str = "", signed: str = "", key: str = "",
) -> tuple[Page, bytes]:  # fmt: skip
    name = safe_name(filename)
    cleaned = intake.clean(intake.read(content, name=name, owner=owner, key=key), name=name)
    digest = hashlib.sha256(cleaned.content).hexdigest()
    seen = photographs.look(cleaned.content) if cleaned.kind == "image" else photographs.Look()
    page = Page(
        id=cleaned.received[:16],
        digest=digest,
        received=came_in or cleaned.received,
        upright=digest,
        kind=cleaned.kind,
        media_type=cleaned.media_type,
        name=name,
        size=len(cleaned.content),
        sheets=cleaned.sheets,
        width=cleaned.width,
        height=cleaned.height,
        faults=[fault.value for fault in seen.faults],
        corners=[list(corner) for corner in seen.corners or ()],
        signed=signed,
    )
    return page, cleaned.content


def _turned(page: Page, degrees: int) -> tuple[Page, bytes]:
    to = order.turned(page, degrees)
    content = blob_store().read(page.upright)
    if to:
        content = images.turn(content, to).content if page.is_image else pdfs.turn(content, to)
    digest = hashlib.sha256(content).hexdigest()
    return order.with_content(page, digest=digest, size=len(content), turned_to=to), content


def locked_papers(owner: str) -> list[Document]:
    """Return the owner's current papers, nobody else changing them until the commit."""
    return list(Document.objects.raw("select * from documents_lock_papers(%s)", [owner]))


def _of(papers: Sequence[Document], document: UUID) -> Document:
    for paper in papers:
        if paper.id == document:
            return paper
    raise PaperUnknown(document=str(document))


def _set(paper: Document, pages: Sequence[Page], at: datetime) -> None:
    paper.pages = [page.as_json() for page in pages]
    paper.digests = sorted({kept for page in pages for kept in page.kept})
    paper.sheets = sum(page.sheets for page in pages)
    paper.size = sum(page.size for page in pages)
    paper.changed_at = at


def _remove(paper: Document, at: datetime) -> None:
    paper.state = Document.State.REMOVED
    paper.changed_at = at
    paper.removed_at = at
