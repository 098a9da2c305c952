"""Looking at papers and issued papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from motcua.documents.models import Document, IssuedPaper
from motcua.documents.rules.pages import Page, place_of
from motcua.documents.rules.refusals import IssuedPaperUnknown, PaperUnknown
from motcua.documents.rules.tokens import read_token
from motcua.documents.wiring import blob_store


@dataclass(frozen=True)
class OpenedPage:
    """A page's bytes, piece by piece, and what to call them."""

    page: Page
    stream: Iterator[bytes]

    @property
    def media_type(self) -> str:
        return self.page.media_type


def documents_of(owner: str) -> list[Document]:
    """Return the owner's current papers, oldest first; one query."""
    return list(Document.kept.filter(owner=owner).order_by("created_at", "id"))


def papers_of_owners(owners: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return which papers each of the owners has; one query. Owners without papers are left out."""
    rows = Document.kept.filter(owner__in=owners).order_by("owner").values_list("owner", "key")
    return {
        owner: frozenset(key for _, key in papers)
        for owner, papers in groupby(rows, key=lambda row: row[0])
    }


def earlier_versions_of(owner: str) -> list[Document]:
    """Return the papers that a supplement has replaced, newest first."""
    return list(
        Document.objects.filter(owner=owner, state=Document.State.REPLACED).order_by("-removed_at")
    )


def document(owner: str, document: UUID) -> Document:
    """Return one paper of that owner, current or replaced. Raises PaperUnknown."""
    states = [Document.State.KEPT, Document.State.REPLACED]
    found = Document.objects.filter(owner=owner, id=document, state__in=states).first()
    if found is None:
        raise PaperUnknown(document=str(document))
    return found


def open_page(document: Document, page: str) -> OpenedPage:
    """Open a page by its id. Raises PageUnknown."""
    pages = document.page_list
    found = pages[place_of(pages, page)]
    return OpenedPage(found, blob_store().stream(found.digest))


def issued_for(owner: str) -> list[IssuedPaper]:
    """Return what was issued for that owner, in the order of signing, the withdrawn ones too."""
    return list(IssuedPaper.objects.filter(owner=owner).order_by("signed_at", "id"))


def issued(owner: str, paper: UUID) -> IssuedPaper:
    """Return one issued paper of that owner. Raises IssuedPaperUnknown."""
    found = IssuedPaper.objects.filter(owner=owner, id=paper).first()
    if found is None:
        raise IssuedPaperUnknown
    return found


def issued_by_token(typed: str) -> IssuedPaper:
    """Return the paper with that verification code, as a person typed it.

    Raises IssuedPaperUnknown, for an unknown code as for one that cannot be a code.
    """
    token = read_token(typed) or ""
    found = IssuedPaper.objects.select_related("blob", "replaced_by").filter(token=token).first()
    if found is None:
        raise IssuedPaperUnknown
    return found


def issued_by_digest(digest: str) -> IssuedPaper:
    """Return the paper whose signed file has that SHA-256. Raises IssuedPaperUnknown."""
    found = IssuedPaper.objects.select_related("blob", "replaced_by").filter(blob=digest).first()
    if found is None:
        raise IssuedPaperUnknown
    return found


def content_of(paper: IssuedPaper) -> bytes:
    """Return the signed PDF."""
    return blob_store().read(paper.blob_id)
