"""Is this paper genuine? Answered to anyone who holds it, by its code or by its file.

Whoever does not hold it learns nothing: codes carry 100 random bits, an unknown code gets the same
answer as a mistyped one after the same single look-up, and names are shown masked. A file is read, not kept.
"""

import hashlib
import re
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.documents import queries
from motcua.documents.models import IssuedPaper
from motcua.documents.pades.alone import checked
from motcua.documents.ports import Verification
from motcua.documents.rules.kinds import FILE_LIMIT
from motcua.documents.rules.refusals import IssuedPaperUnknown
from motcua.documents.rules.tokens import grouped, read_token
from motcua.toolkit.networks import brake

LOOKS, FILES = 600, 60  # an hour, a network; a file costs a second of the processor
_SCANNED = re.compile(r"/xac-thuc/([^/?#\s]+)")


@dataclass(frozen=True)
class Row:
    """A fact about the paper, as the summary list shows it."""

    label: str
    value: str


@require_safe
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code printed on the paper, or for the file; a code leads to its page."""
    typed = request.GET.get("ma", "").strip()
    scanned = _SCANNED.search(typed)
    if token := read_token(scanned[1] if scanned else typed):
        return redirect("openness:verify", typed=token)
    unread = bool(typed)
    page = render(
        request,
        "openness/ask.html",
        {"typed": typed[:60], "unread": unread},
        status=400 if unread else 200,
    )
    return _unnoticed(page)


# A form without a token: it changes nothing and belongs to nobody, and the page stays the same
# for everyone who opens it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, typed: str) -> HttpResponse:
    """Show what the paper with that code is; with a file sent, whether it is that very paper."""
    brake(request, "verification", LOOKS)
    try:
        paper = queries.issued_by_token(typed)
    except IssuedPaperUnknown:
        return _unknown(request)
    sent = _file_sent(request)
    same = None if sent is None else _digest(sent) == paper.blob_id
    return _shown(request, paper, same=same, sent=_digest(sent) if sent else "")


@csrf_exempt
@require_POST
def by_file(request: HttpRequest) -> HttpResponse:
    """Say which issued paper this file is, byte for byte; if it is none, what its signature proves."""
    brake(request, "verification-files", FILES)
    sent = _file_sent(request) or b""
    digest = _digest(sent)
    try:
        paper = queries.issued_by_digest(digest)
    except IssuedPaperUnknown:
        signature = checked(sent) if sent.startswith(b"%PDF") else None
        return _unknown(request, by_file=True, signature=signature)
    return _shown(request, paper, same=True, sent=digest)


def _shown(
    request: HttpRequest, paper: IssuedPaper, *, same: bool | None, sent: str
) -> HttpResponse:
    context = {"paper": paper, "rows": _rows(paper), "same": same, "sent": sent}
    return _unnoticed(render(request, "openness/verified.html", context))


def _unknown(
    request: HttpRequest, *, by_file: bool = False, signature: Verification | None = None
) -> HttpResponse:
    context = {"by_file": by_file, "signature": signature}
    return _unnoticed(render(request, "openness/unknown.html", context, status=404))


def _rows(paper: IssuedPaper) -> list[Row]:
    rows = [
        Row(gettext("Loại giấy tờ"), paper.title),
        Row(gettext("Số"), paper.number),
        Row(gettext("Cấp cho"), paper.subject),
        Row(gettext("Cơ quan cấp"), paper.agency),
        Row(
            gettext("Người ký"),
            ", ".join([paper.signer, *paper.signer_title.split("\n")]).strip(", "),
        ),
        Row(gettext("Mã loại kết quả"), paper.result_code),
        Row(gettext("Mã xác thực"), grouped(paper.token)),
    ]
    return [row for row in rows if row.value]


def _file_sent(request: HttpRequest) -> bytes | None:
    """Return the file sent along; None without one or beyond 20 MB."""
    sent = request.FILES.get("tep") if request.method == "POST" else None
    if not isinstance(sent, UploadedFile) or not sent.size or sent.size > FILE_LIMIT:
        return None
    return bytes(sent.read())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unnoticed(page: HttpResponse) -> HttpResponse:
    """Keep codes out of search engines, and out of the addresses that other sites are told."""
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Referrer-Policy"] = "no-referrer"
    return page
