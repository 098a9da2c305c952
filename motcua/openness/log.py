"""The public log: what was signed on which day, the key, and proofs that nothing signed before was changed.

Anybody may keep a head and come back with it: `dau.json?tu=SIZE` proves that today's log begins with that one. A script
that checks all of it stands beside (`static/openness/verify_log.py`); formats: docs/reference/audit.md.
"""

import re
from base64 import b64encode
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from motcua.audit import queries
from motcua.audit.keys import key_lines
from motcua.audit.models import Head

SIZE = re.compile(r"[0-9]{1,18}")
SHOWN = 7
"""How many heads the page shows; the file has those of a month."""
AGE = 300
"""Seconds that caches may keep what is shown."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say in plain words what the log is for, and show its newest heads and its key."""
    heads = queries.heads()
    context = {"heads": [_shown(head) for head in heads[:SHOWN]], "keys": key_lines()}
    return _open_to_all(render(request, "openness/log.html", context))


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Give the heads of a month, oldest first, each with the proof that it goes on from the one before.

    `?tu=SIZE`: instead the head of that size and the newest, with the proof between the two; 404 when none has it.
    """
    chosen = _between(request.GET["tu"]) if "tu" in request.GET else queries.heads()[::-1]
    told = [_told(head, proof) for head, proof in queries.with_proofs(chosen)]
    return _open_to_all(JsonResponse({"keys": key_lines(), "heads": told}))


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """Give the public keys, a line each, as the script takes them."""
    lines = "".join(f"{line}\n" for line in key_lines())
    return _open_to_all(HttpResponse(lines, content_type="text/plain; charset=utf-8"))


@require_safe
def newest(_request: HttpRequest) -> HttpResponse:
    """Give the newest head as it was signed, to be kept; 404 until there is one."""
    head = queries.last_head()
    if head is None:
        raise Http404
    return _open_to_all(HttpResponse(head.note, content_type="text/plain; charset=utf-8"))


def _between(size: str) -> list[Head]:
    known = queries.head_of_size(int(size)) if SIZE.fullmatch(size) else None
    newest = queries.last_head()
    if known is None or newest is None:
        raise Http404
    return [known] if known == newest else [known, newest]


def _told(head: Head, proof: list[bytes]) -> dict[str, Any]:
    return {"note": head.note, "consistency": [b64encode(one).decode() for one in proof]}


def _shown(head: Head) -> dict[str, Any]:
    return {
        "day": head.day,
        "at": localtime(head.at),
        "size": head.size,
        "root": b64encode(head.root).decode(),
    }


def _open_to_all(answer: HttpResponse) -> HttpResponse:
    """Let caches keep it and pages of other sites read it: it is public and the same for everybody."""
    answer["Cache-Control"] = f"public, max-age={AGE}"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
