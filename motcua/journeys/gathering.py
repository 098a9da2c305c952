"""Gathering papers for a draft: photographed or chosen, several pages each, replaceable until filed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from motcua.documents import operations as documents
from motcua.documents import queries as papers_kept
from motcua.documents import straightening
from motcua.documents.intake import read
from motcua.documents.models import Document
from motcua.documents.rules.sheet_codes import Seat
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.refusals import DraftFiled
from motcua.journeys import signed_sheets
from motcua.journeys.case import owner_of_draft

File = tuple[str, BinaryIO]
HEAP = "chua-xep"
"""The name under which pages lie that came together, until somebody says which paper each is of."""


def open_owner(draft: Draft) -> str:
    """Return the name under which papers of an open draft are kept. Raises DraftFiled."""
    if draft.dossier is not None:
        raise DraftFiled(code=draft.dossier.code)
    return owner_of_draft(draft)


def add(*, draft: Draft, paper: str, files: Iterable[File], at: datetime) -> None:
    """Add files as further pages of a paper, each kept at once; a signed sheet goes to the paper it is of.

    A scan with signed sheets comes apart. Raises what `documents.add_page` and `signed_sheets.seats` do.
    """
    owner = open_owner(draft)
    for name, content in files:
        raw = read(content, name=name, owner=owner, key=paper)
        if seats := signed_sheets.seats(draft, raw, at):
            _add_sheets(owner, paper, (name, raw), seats, at)
        else:
            documents.add_page(owner=owner, key=paper, filename=name, content=raw, at=at)


def replace(*, draft: Draft, document: Document, page: str, file: File, at: datetime) -> None:
    """Put a better picture in the place of a page; a signed sheet goes to the paper it is of."""
    owner, (name, content) = open_owner(draft), file
    raw = read(content, name=name, owner=owner, key=document.key)
    if signed_sheets.seats(draft, raw, at):
        documents.remove_page(owner=owner, document=document.pk, page=page, at=at)
        return add(draft=draft, paper=document.key, files=[(name, BytesIO(raw))], at=at)
    documents.replace_page(
        owner=owner, document=document.pk, page=page, filename=name, content=raw, at=at
    )
    return None


def remove(*, draft: Draft, document: Document, page: str, at: datetime) -> None:
    """Take a page out."""
    documents.remove_page(owner=open_owner(draft), document=document.pk, page=page, at=at)


def turn(*, draft: Draft, document: Document, page: str, at: datetime) -> None:
    """Turn a page a quarter to the right."""
    documents.turn_page(owner=open_owner(draft), document=document.pk, page=page, degrees=90, at=at)


def show_as(*, draft: Draft, document: Document, page: str, look: str, at: datetime) -> None:
    """Show a photographed page straight, as a scan, or as it was sent. Raises LookNotUnderstood."""
    straightening.show_as(
        owner=open_owner(draft), document=document.pk, page=page, look=look, at=at
    )


def add_many(*, draft: Draft, files: Iterable[File], at: datetime) -> None:
    """Take in files of several papers at once, a scan of all of them sheet by sheet, to be dealt out afterwards.

    A signed sheet is dealt out at once. Raises what `documents.add_sheets` and `signed_sheets.seats` do.
    """
    owner = open_owner(draft)
    for name, content in files:
        raw = read(content, name=name, owner=owner, key=HEAP)
        _add_sheets(owner, HEAP, (name, raw), signed_sheets.seats(draft, raw, at), at)


def _add_sheets(
    owner: str, paper: str, file: tuple[str, bytes], seats: Mapping[int, Seat], at: datetime
) -> None:
    signed_sheets.make_room(owner=owner, seats=seats.values(), at=at)
    name, raw = file
    documents.add_sheets(owner=owner, key=paper, filename=name, content=raw, seats=seats, at=at)


def kept(draft: Draft) -> list[Document]:
    """Return the papers of a draft, oldest first."""
    return papers_kept.documents_of(owner_of_draft(draft))


def heap_of(draft: Draft) -> Document | None:
    """Return the pages that no paper has got yet; None when all are dealt out."""
    return next((document for document in kept(draft) if document.key == HEAP), None)


def deal_out(*, draft: Draft, to: Mapping[str, str], at: datetime) -> None:
    """Put pages of the heap (page → paper) at the end of their papers; what was dealt out before stays there."""
    heap = heap_of(draft)
    if heap is not None:
        documents.deal_out(owner=open_owner(draft), document=heap.pk, to=to, at=at)
