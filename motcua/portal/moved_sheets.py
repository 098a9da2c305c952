"""Signed sheets that went to another paper than they were sent to: the next page says so.

The address of that page names what was sent; what became of it is read from the papers themselves.
"""

import hashlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from motcua.documents.models import Document
from motcua.documents.queries import documents_of
from motcua.journeys import signed_sheets
from motcua.journeys.case import Case
from motcua.portal.draft_pages import paper_link
from motcua.portal.pages import language

CAME = "da-gui"
"""In an address, and in a form where papers.js sent the files: `paper:first 16 digits of the SHA-256`."""
MOST = 60
"""So many files are asked about; an owner may have no more sheets."""


def moved_view(request: HttpRequest, case: Case, there: Iterable[Document]) -> list[dict[str, str]]:
    """Return the papers, with their addresses, that signed sheets among the files of the address went to."""
    came = _pairs(request.GET.getlist(CAME))
    return [
        {"title": paper.name.to(language()), "href": paper_link(case.draft, paper.id)}
        for paper in (signed_sheets.moved(case, there, came) if came else ())
    ]


def telling(
    href: str, request: HttpRequest, case: Case, paper: str, files: Iterable[tuple[str, BytesIO]]
) -> str:
    """Return the address, naming the files that were sent to a paper when sheets of them went elsewhere."""
    sent = [f"{paper}:{_code(file)}" for _, file in files]
    came = [*request.POST.getlist(CAME), *sent][-MOST:]
    if not came or not signed_sheets.moved(case, documents_of(case.owner), _pairs(came)):
        return href
    query: Any = {CAME: came}
    return f"{href}{'&' if '?' in href else '?'}{urlencode(query, doseq=True)}"


def _pairs(told: Iterable[str]) -> list[tuple[str, str]]:
    return [(paper, code) for paper, _, code in (one.partition(":") for one in [*told][-MOST:])]


def _code(file: BytesIO) -> str:
    return hashlib.sha256(file.getbuffer()).hexdigest()[:16]
