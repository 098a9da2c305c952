"""The list behind a figure as a file: asked for, watched, fetched."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from motcua.desk.figures.asking import about_address, asked_of, list_address, seat_of
from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import the_official
from motcua.reports import operations
from motcua.reports.figures import REGISTER, Asked
from motcua.reports.models import ListFile
from motcua.reports.rules.refusals import (
    FiguresNotYours,
    FigureUnknown,
    ListTooLong,
)
from motcua.reports.seats import Seat, seat
from motcua.reports.words import figure_words, window_words
from motcua.reports.writing import PAPER, TYPES
from motcua.toolkit.clock import now

_WHY: dict[str, str] = {no.code: no.text for no in (FiguresNotYours, FigureUnknown)}


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Order the list as a file, once per form. Raises FigureUnknown, FiguresNotYours, TooManyFiles."""
    at = now()
    mine, asked = seat_of(request, at), asked_of(request.POST, at)
    kind, key = request.POST.get("loai", ""), _key(request.POST.get("key", ""))
    made = operations.ask_file(
        key=key, seat=mine, asked=asked, kind=kind, language=language(), at=at
    )
    return HttpResponseRedirect(reverse("desk:figure_file", args=[made.pk]))


def _key(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise FigureUnknown from None


@require_safe
def watch(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show how far the file is. Raises FigureUnknown for anybody who has not asked for it."""
    at = now()
    found = operations.file_of(key=key, official=the_official(request), at=at)
    asked = operations.asked_of(found)
    mine: Seat = seat(official=the_official(request), at=at, wanted=found.agency.code)
    return show(request, "figures/file", {
        "file": found,
        "name": figure_words(asked.figure),
        "when": window_words(asked.window),
        "office": found.agency.name,
        "percent": found.done * 100 // found.total if found.total else 0,
        "until": found.asked_at + operations.KEPT,
        "why": _why(found.failure),
        "list": _back(mine, asked),
        "figures": True,
    })  # fmt: skip


def _back(mine: Seat, asked: Asked) -> str:
    if asked.figure == REGISTER:
        return about_address("desk:register", mine, asked.window)
    return list_address(mine, asked)


def _why(code: str) -> str:
    """Say why no file was made."""
    if code == ListTooLong.code:
        return gettext("Danh sách dài quá {n} dòng. Hãy chọn kỳ ngắn hơn.").format(
            n=operations.LONGEST
        )
    return gettext(_WHY[code]) if code in _WHY else ""


@require_safe
def fetch(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Hand the file to whoever asked for it. Raises FigureUnknown, FileNotReady."""
    found = operations.file_of(key=key, official=the_official(request), at=now(), whole=True)
    return _download(found)


def _download(found: ListFile) -> HttpResponse:
    asked = operations.asked_of(found)
    name = f"{asked.figure}-{asked.window.first.isoformat()}"
    return attachment(bytes(found.content or b""), name, found.kind)


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file to be saved, kept by no cache."""
    return HttpResponse(
        content,
        content_type={**TYPES, **PAPER}[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "Cache-Control": "private, no-store",
        },
    )
