"""Answers that carry a paper. Whoever calls has checked that this person may see it.

Nothing a person sent is ever active on our pages: pictures were re-encoded by us and are shown
under a policy that allows nothing; PDFs are only ever saved, never opened inside the site.
"""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from motcua.documents.models import IssuedPaper
from motcua.documents.queries import OpenedPage, content_of
from motcua.documents.thumbnails import sheet, thumbnail

_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def page_response(opened: OpenedPage) -> HttpResponseBase:
    """Return a page in full: a picture to look at, or a PDF to save."""
    page = opened.page
    ending = "jpg" if page.is_image else "pdf"
    stem = page.name.rpartition(".")[0] or page.name
    response = StreamingHttpResponse(opened.stream, content_type=page.media_type)
    response["Content-Length"] = str(page.size)
    return _harmless(response, f"{stem}.{ending}", shown=page.is_image, etag=page.digest)


def thumbnail_response(opened: OpenedPage) -> HttpResponseBase:
    """Return a small JPEG of a page's first sheet, for previews."""
    _close(opened.stream)
    response = HttpResponse(thumbnail(opened.page), content_type="image/jpeg")
    return _harmless(response, "trang.jpg", shown=True, etag=f"{opened.page.digest}-s")


def sheet_response(opened: OpenedPage, number: int) -> HttpResponseBase:
    """Return one sheet of a PDF as a picture to read. Raises PageUnknown."""
    _close(opened.stream)
    response = HttpResponse(sheet(opened.page, number), content_type="image/jpeg")
    return _harmless(
        response, f"to-{number}.jpg", shown=True, etag=f"{opened.page.digest}-{number}"
    )


def issued_response(paper: IssuedPaper) -> HttpResponseBase:
    """Return an issued paper as a PDF to save, byte for byte as it was signed."""
    response = HttpResponse(content_of(paper), content_type="application/pdf")
    return _harmless(response, f"{paper.title}.pdf", shown=False, etag=paper.blob_id)


def pdf_response(content: bytes, filename: str) -> HttpResponseBase:
    """Return a paper made on the spot (receipt, declaration) as a PDF to save."""
    response = HttpResponse(content, content_type="application/pdf")
    return _harmless(response, filename, shown=False, etag="")


def _harmless(
    response: HttpResponseBase, filename: str, *, shown: bool, etag: str
) -> HttpResponseBase:
    way = "inline" if shown else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(filename)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _NOTHING
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # The browser may keep it for this person, and must ask before it shows it again.
    response["Cache-Control"] = "private, no-cache" if shown else "private, no-store"
    if etag:
        response["ETag"] = f'"{etag}"'
    return response


def _close(stream: Iterator[bytes]) -> None:
    close = getattr(stream, "close", None)
    if close:
        close()
