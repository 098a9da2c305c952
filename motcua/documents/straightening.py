"""How a photographed page is shown: as it was sent, its sheet laid straight, or black on white as a scan.

Nothing is lost by it: the picture as it was sent is kept beside, and its digest stays the one the person was told.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from motcua.documents import photographs
from motcua.documents.edges import Quad
from motcua.documents.models import Document
from motcua.documents.operations import change_page
from motcua.documents.rules.pages import Page, laid
from motcua.documents.rules.refusals import LookNotUnderstood
from motcua.documents.wiring import blob_store

SENT, STRAIGHT, SCAN = "sent", "straight", "scan"


def show_as(*, owner: str, document: UUID, page: str, look: str, at: datetime) -> Document:
    """Show a photographed page in another look; shown so already, it is harmless.

    Raises PaperUnknown, PageUnknown, LookNotUnderstood.
    """
    return change_page(
        owner=owner, document=document, page=page, to=lambda known: _shown(known, look), at=at
    )


def looks(page: Page) -> list[str]:
    """Return the other looks that a page can be given."""
    if not page.is_image:
        return []
    possible = [STRAIGHT, SCAN] if page.corners else [SCAN]
    return [look for look in (*possible, SENT) if look != page.look]


def _shown(page: Page, look: str) -> tuple[Page, bytes]:
    sent = blob_store().read(page.as_sent or page.upright)
    if look == page.look:
        return page, blob_store().read(page.digest)
    if look not in looks(page):
        raise LookNotUnderstood
    if look == SENT:
        picture = photographs.as_it_is(sent)
    else:
        picture = photographs.straighten(sent, _corners(page), scan=look == SCAN)
    digest = hashlib.sha256(picture.content).hexdigest()
    shown = laid(
        page, look=look, digest=digest, size=len(picture.content),
        width=picture.width, height=picture.height,
    )  # fmt: skip
    return shown, picture.content


def _corners(page: Page) -> Quad:
    """Return where the sheet lies; the whole picture when that is not known."""
    if not page.corners:
        return photographs.WHOLE
    one, two, three, four = ((float(x), float(y)) for x, y in page.corners)
    return one, two, three, four
