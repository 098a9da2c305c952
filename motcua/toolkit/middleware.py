"""What happens to every request and answer: a name for the logs, a shield of headers, a plain no."""

import logging
import os
import time
from base64 import b32encode
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from motcua.kernel.refusal import Refusal
from motcua.toolkit.arrivals import LARGEST, MEGABYTE, length_of
from motcua.toolkit.logs import request_named
from motcua.toolkit.refusals import TooLarge
from motcua.toolkit.shield import shield
from motcua.toolkit.work import WorkWanted

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]
NUL = "\x00"
ID_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")  # no 0, 1, 8: read as O, I, B
_FAULT = 500


def new_request_id() -> str:
    """Return eight letters and digits: long enough to be found in a day's logs, short to read out."""
    return b32encode(os.urandom(5)).decode("ascii")


class FrontDoor:
    """The outermost middleware."""

    def __init__(self, get_response: Handler) -> None:
        """Prepare the headers once."""
        self.get_response = get_response
        self.headers = shield()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = new_request_id()
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with request_named(request_id):
            response = self._too_large(request) or self.get_response(request)
            for name, value in self.headers.items():
                response.headers.setdefault(name, value)
            response.headers["X-Request-ID"] = request_id
            _note(request, response, (time.perf_counter() - started) * 1000)
        return response

    def _too_large(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse a body that is too long before a byte of it is looked at."""
        if length_of(request.META) <= LARGEST:
            return None
        return self.process_exception(request, TooLarge(megabytes=LARGEST // MEGABYTE))

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Let no NUL in: no database keeps one. In an address it is an attempt, in a form a slip."""
        if NUL in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        if request.path.startswith("/api/"):
            return  # machines send a body of their own, which its door reads as it is
        if any(NUL in value for _, values in request.POST.lists() for value in values):
            cleaned = request.POST.copy()
            for name, values in request.POST.lists():
                cleaned.setlist(name, [value.replace(NUL, "") for value in values])
            request.POST = cleaned  # type: ignore[assignment]

    def process_exception(self, request: HttpRequest, wrong: Exception) -> HttpResponse | None:
        """Answer a refusal with its page; note a fault, whose page Django's handler makes."""
        if isinstance(wrong, WorkWanted):
            return _page(settings.WORK_PAGE)(request, wrong)
        if not isinstance(wrong, Refusal):
            log.error("fault", extra={"route": _route(request)}, exc_info=wrong)
            return None
        render = (
            refusal_as_json if request.path.startswith("/api/") else _page(settings.REFUSAL_PAGE)
        )
        response = render(request, wrong)
        if "retry_after" in wrong.data:
            response.headers["Retry-After"] = str(wrong.data["retry_after"])
        return response


def _page(name: str) -> Callable[[HttpRequest, Exception], HttpResponse]:
    found: Callable[[HttpRequest, Exception], HttpResponse] = import_string(name)
    return found


def refusal_as_json(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return a refusal as a machine reads it: code, text, the request's id."""
    try:
        text = gettext(refusal.text).format_map(refusal.data)
    except KeyError:
        text = gettext(refusal.text)
    problem = {
        "code": refusal.code,
        "message": text,
        "request": getattr(request, "request_id", ""),
    }
    return JsonResponse(problem, status=refusal.status, json_dumps_params={"ensure_ascii": False})


def _route(request: HttpRequest) -> str:
    """Return the template of the address, which holds no code of a dossier and no token."""
    match = request.resolver_match
    return "/" + match.route if match else "?"


def _note(request: HttpRequest, response: HttpResponseBase, milliseconds: float) -> None:
    level = logging.ERROR if response.status_code >= _FAULT else logging.INFO
    if not log.isEnabledFor(level):
        return
    fields = {
        "method": request.method,
        "route": _route(request),
        "status": response.status_code,
        "ms": round(milliseconds, 1),
    }
    log.log(level, "request", extra=fields)


class Compress(GZipMiddleware):
    """Compresses text only, and never a stream.

    Django pads each compressed page with up to 100 random bytes and masks its form token anew, so
    that lengths do not give the token away (BREACH); photographs and PDFs would only cost time.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "application/json", "image/svg")):
            return response
        return super().process_response(request, response)
