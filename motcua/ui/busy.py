"""The page for whoever comes when the house is full: it asks again by itself, and carries on what was filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from django.conf import settings
from django.http.cookie import parse_cookie
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

if TYPE_CHECKING:
    from typing import BinaryIO

LONGEST = 262_144  # bytes of a form that the page carries on; files are sent again from the phone
_FORM = "application/x-www-form-urlencoded"


def busy_page(environ: dict[str, Any], body: BinaryIO, seconds: int) -> tuple[str, bytes]:
    """Return (kind, content) for a request that was turned away, after which to come again in `seconds`.

    No database and no session is asked: what was posted goes back to whoever posted it, and nothing of it was done.
    """
    with translation.override(_language(environ)):
        path = environ.get("PATH_INFO", "/")
        if path.startswith("/api/") or "text/html" not in environ.get("HTTP_ACCEPT", ""):
            told = {
                "code": "toolkit.busy",
                "text": gettext("Hệ thống đang rất đông. Sẽ gửi lại sau giây lát."),
            }
            return "application/json", json.dumps(told, ensure_ascii=False).encode()
        posted = _posted(environ, body)
        context = {
            "language": translation.get_language(), "seconds": seconds, "posted": posted or (),
            "looks": environ["REQUEST_METHOD"] in ("GET", "HEAD"), "kept": posted is not None,
            "action": _address(path, environ.get("QUERY_STRING", "")),
        }  # fmt: skip
        page = render_to_string("ui/busy.html", context)
    return "text/html; charset=utf-8", page.encode()


def _language(environ: dict[str, Any]) -> str:
    chosen = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in settings.SPOKEN else settings.LANGUAGE_CODE


def _posted(environ: dict[str, Any], body: BinaryIO) -> list[tuple[str, str]] | None:
    """Return the fields of a form that was sent; None where the page cannot carry them on."""
    content = body.read(LONGEST + 1)
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip()
    if kind != _FORM or len(content) > LONGEST:
        return None
    return parse_qsl(content.decode(errors="replace"), keep_blank_values=True)


def _address(path: str, query: str) -> str:
    """Return the address as it was asked for, one of ours whatever it begins with."""
    here = "/" + quote(path.encode("latin-1", "replace")).lstrip("/")
    return f"{here}?{query}" if query else here
