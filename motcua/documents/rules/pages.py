"""A paper is several pages in order; this is the arithmetic of that order."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from motcua.documents.rules.kinds import MEGABYTE, OWNER_BYTES, OWNER_SHEETS
from motcua.documents.rules.refusals import (
    PageUnknown,
    TooManyPages,
    TooMuchInAll,
    TurnNotUnderstood,
)

FULL_TURN = 360


@dataclass(frozen=True)
class Page:
    """One stored file of a paper: a picture, or a PDF of one or more sheets.

    `id` is stable when pages move. `digest` is SHA-256 of what is kept, `received` of what the
    person sent (before re-encoding; of the whole scan where this is a sheet of it). `upright` is the
    digest before any turning, so that turning four times loses nothing. `width`/`height` are pixels
    for pictures, points for PDFs.
    """

    id: str
    digest: str
    received: str
    upright: str
    kind: str
    media_type: str
    name: str
    size: int
    sheets: int
    width: int
    height: int
    turned: int = 0
    faults: Sequence[str] = ()
    """What makes a photograph hard to read: values of `photographs.Fault`."""
    corners: Sequence[Sequence[float]] = ()
    """Where its sheet lies, in shares of the picture as it was sent; none where no borders were seen."""
    as_sent: str = ""
    """Digest of the picture as it was sent, while it is shown laid straight."""
    look: str = "sent"
    """How it is shown: `sent`, `straight`, or `scan`, black on white."""
    signed: str = ""
    """What the printed sheet said that this is the photograph of: `sheets.digest`."""

    @property
    def is_image(self) -> bool:
        return self.kind == "image"

    @property
    def kept(self) -> set[str]:
        """The digests of the files it speaks of."""
        return {self.digest, self.upright, self.as_sent} - {""}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def place_of(pages: Sequence[Page], page_id: str) -> int:
    """Return the index of the page; raises PageUnknown."""
    for place, page in enumerate(pages):
        if page.id == page_id:
            return place
    raise PageUnknown(page=page_id)


def added(pages: Sequence[Page], page: Page) -> list[Page]:
    """Return the pages with one more at the end; sent twice, a page still stands once."""
    if any(known.id == page.id for known in pages):
        return list(pages)
    return [*pages, page]


def removed(pages: Sequence[Page], page_id: str) -> list[Page]:
    """Return the pages without that one; removing twice is harmless."""
    return [page for page in pages if page.id != page_id]


def replaced(pages: Sequence[Page], page_id: str, new: Page) -> list[Page]:
    """Return the pages with `new` standing where that one stood."""
    place = place_of(pages, page_id)
    rest = [page for page in pages if page.id not in (page_id, new.id)]
    rest.insert(min(place, len(rest)), new)
    return rest


def turned(page: Page, degrees: int) -> int:
    """Return how far the page then stands from upright, clockwise; raises TurnNotUnderstood."""
    if degrees % FULL_TURN not in (90, 180, 270):
        raise TurnNotUnderstood(degrees=degrees)
    return (page.turned + degrees) % FULL_TURN


def with_content(page: Page, *, digest: str, size: int, turned_to: int) -> Page:
    """Return the page turned: other bytes, the same page."""
    sideways = (turned_to - page.turned) % 180 != 0
    width, height = (page.height, page.width) if sideways else (page.width, page.height)
    return replace(page, digest=digest, size=size, turned=turned_to, width=width, height=height)


def refuse_if_full(papers: Iterable[tuple[int, int]], *, name: str) -> None:
    """Refuse when an owner's papers, as (sheets, bytes), exceed 60 sheets or 100 MB in all."""
    sheets, size = 0, 0
    for paper_sheets, paper_size in papers:
        sheets += paper_sheets
        size += paper_size
    if sheets > OWNER_SHEETS:
        raise TooManyPages(name=name, limit=OWNER_SHEETS)
    if size > OWNER_BYTES:
        raise TooMuchInAll(name=name, limit=OWNER_BYTES // MEGABYTE)


def laid(page: Page, *, look: str, digest: str, size: int, width: int, height: int) -> Page:
    """Return the page shown in another look; what it looked like when it was sent stays known."""
    sent = page.as_sent or page.upright
    return replace(
        page, digest=digest, upright=digest, size=size, width=width, height=height, turned=0,
        look=look, as_sent="" if digest == sent else sent,
    )  # fmt: skip
