"""The service worker: what answers for the server on a phone without network.

It must stand at the root of the site, and it must be another one whenever a script or a style changed: so its
address is `/sw.js`, and its first line names what it is made for.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua import ui

_FOLDER = Path(ui.__file__).parent / "static" / "ui"


@cache
def version() -> str:
    """Return a short name of all that pages are made of: another one with every change."""
    found = hashlib.blake2b(digest_size=6)
    for path in sorted(_FOLDER.iterdir()):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def source() -> str:
    made = {
        "version": version(),
        "offline": reverse("portal:no_network"),
        "places": reverse("portal:communes"),
        "store": static("ui/store.js"),
    }
    code = (_FOLDER / "sw.js").read_text(encoding="utf-8")
    return f"self.made = {json.dumps(made)};\n{code}"


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """Give the worker's code; browsers ask again with every visit, and keep it while it is the same."""
    answer = HttpResponse(source(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def no_network(request: HttpRequest) -> HttpResponse:
    """Show the page that stands for every page a phone without network does not have."""
    return render(request, "portal/no_network.html")
