"""A tus 1.0.0 server: creation, creation-with-upload, checksum, expiration, termination.

What a file becomes is its place's business (`journeys.uploading`); this module speaks the protocol.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from motcua.documents import uploads
from motcua.documents.models import Upload
from motcua.documents.rules.kinds import FILE_LIMIT
from motcua.documents.rules.refusals import PieceDiffers, UploadTooLong
from motcua.journeys.uploading import Place
from motcua.kernel.refusal import Refusal
from motcua.portal.tus import headers
from motcua.toolkit.arrivals import PIECES, length_of
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

log = logging.getLogger(__name__)

VERSION = "1.0.0"
OFFERED = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
    "Tus-Max-Size": str(FILE_LIMIT),
    "Tus-Checksum-Algorithm": ",".join(headers.SUMS),
}
_METHODS = ["OPTIONS", "HEAD", "POST", "PATCH", "DELETE"]

Find = Callable[..., Place]
View = Callable[..., HttpResponse]


def tus(find: Find) -> View:
    """Return the view of uploads whose place `find` finds; it raises a refusal for whom they are not."""

    @require_http_methods(_METHODS)
    @wraps(find)
    def view(request: HttpRequest, *, upload_id: UUID | None = None, **named: Any) -> HttpResponse:
        try:
            response = _answer(request, upload_id, lambda: find(request, **named))
        except Refusal as refusal:
            response = _no(refusal)
        response["Tus-Resumable"] = VERSION
        return response

    return view


def _answer(
    request: HttpRequest, upload_id: UUID | None, find: Callable[[], Place]
) -> HttpResponse:
    method = request.method or ""
    if method == "OPTIONS":
        return HttpResponse(status=204, headers=OFFERED)
    if upload_id and method == "POST":  # for whoever cannot send PATCH or DELETE
        method = request.headers.get("X-HTTP-Method-Override", "")
    act = (_ON_ONE if upload_id else _ON_ALL).get(method)
    place = find()
    if act is None:
        return HttpResponse(status=405)
    if request.headers.get("Tus-Resumable") != VERSION:
        return HttpResponse(status=412, headers={"Tus-Version": VERSION})
    return act(request, place, upload_id)


def _create(request: HttpRequest, place: Place, _none: UUID | None) -> HttpResponse:
    told = headers.told_of(request)
    upload = uploads.begin(
        owner=place.owner, key=place.paper, act_key=told.key or uuid4().hex, name=told.filename,
        length=headers.number(request, "Upload-Length"), digest=told.sha256,
        replaces=told.replaces, at=now(),
    )  # fmt: skip
    response = HttpResponse(status=201)
    response["Location"] = f"{request.path}{upload.pk}"
    if request.content_type == PIECES and length_of(request.META) and not upload.received:
        try:
            upload = _received(request, place, upload.pk, 0)
        except Refusal as refusal:
            wrong = _no(refusal)
            wrong["Location"] = response["Location"]
            return wrong
    return _so_far(response, upload)


def _look(_request: HttpRequest, place: Place, upload_id: UUID) -> HttpResponse:
    upload = uploads.found(owner=place.owner, key=place.paper, upload=upload_id, at=now())
    response = HttpResponse(headers={"Cache-Control": "no-store"})
    response["Upload-Length"] = str(upload.length)
    response["Upload-Metadata"] = headers.metadata(filename=upload.name)
    return _so_far(response, upload)


def _add(request: HttpRequest, place: Place, upload_id: UUID) -> HttpResponse:
    if request.content_type != PIECES:
        return HttpResponse(status=415)
    offset = headers.number(request, "Upload-Offset")
    upload = _received(request, place, upload_id, offset)
    return _so_far(HttpResponse(status=204), upload)


def _received(request: HttpRequest, place: Place, upload_id: UUID, offset: int) -> Upload:
    """Keep what came of a piece, also of one that was cut off; of one with a check sum all or nothing."""
    if length_of(request.META) > FILE_LIMIT:
        raise UploadTooLong
    content = request.read()
    if not headers.is_intact(request, content):
        raise PieceDiffers
    return uploads.receive(
        owner=place.owner, key=place.paper, upload=upload_id, offset=offset, content=content,
        keep=place.keep, at=now(),
    )  # fmt: skip


def _take_back(_request: HttpRequest, place: Place, upload_id: UUID) -> HttpResponse:
    uploads.take_back(owner=place.owner, key=place.paper, upload=upload_id)
    return HttpResponse(status=204)


def _so_far(response: HttpResponse, upload: Upload) -> HttpResponse:
    response["Upload-Offset"] = str(upload.received)
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _no(refusal: Refusal) -> HttpResponse:
    log.info("refused %s", refusal.code)
    told = {"code": refusal.code, "text": refusal_text(refusal)}
    response = JsonResponse(told, status=refusal.status)
    if "retry_after" in refusal.data:
        response["Retry-After"] = str(refusal.data["retry_after"])
    return response


_ON_ALL: dict[str, Callable[..., HttpResponse]] = {"POST": _create}
_ON_ONE: dict[str, Callable[..., HttpResponse]] = {
    "HEAD": _look,
    "PATCH": _add,
    "DELETE": _take_back,
}
