"""Answers that carry a paper. Whoever calls has checked that this person may see it.

Nothing a person sent is ever active on our pages, and none of it is ever a page of ours: pictures were re-encoded by
us and stand within pages, under a policy that allows nothing; whoever opens one by itself gets a page of ours around it
(`PictureFrame`). PDFs are only ever saved.
"""

from collections.abc import Callable, Iterator
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from motcua.documents.models import IssuedPaper
from motcua.documents.queries import OpenedPage, content_of
from motcua.documents.thumbnails import sheet, thumbnail

SAVED = "tai"
"""The word in an address by which a picture is saved."""
NOTHING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class PictureFrame:
    """Middleware: who opens a picture of a paper by itself is given a page of ours that shows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the rest of the house."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not _is_picture(response) or not _is_opened_alone(request):
            return response
        response.close()
        frame: HttpResponseBase = import_string(settings.PICTURE_PAGE)(request)
        frame["Vary"] = response["Vary"]
        return frame


def _is_picture(response: HttpResponseBase) -> bool:
    told = response.headers
    return (told.get("Content-Security-Policy"), told.get("Content-Type")) == (
        NOTHING,
        "image/jpeg",
    )


def _is_opened_alone(request: HttpRequest) -> bool:
    """Tell whether the answer would be a page; older browsers say it by what they accept."""
    if SAVED in request.GET:
        return False
    wanted = request.headers.get("Sec-Fetch-Dest", "")
    if wanted:
        return wanted in {"document", "iframe", "frame", "embed", "object"}
    return "text/html" in request.headers.get("Accept", "")


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
    # A browser shows a picture within a page all the same.
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    response["Vary"] = "Sec-Fetch-Dest, Accept"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING
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
