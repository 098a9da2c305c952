"""The books of an office: opened, read, printed; a number is struck by the leader."""

import io
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.rules.places import day_of
from motcua.desk.books.form import OpenForm, strike_view, whole
from motcua.desk.figures.files import attachment
from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import the_official
from motcua.journeys import bookkeeping
from motcua.journeys.bookkeeping import HEADS, Keeper, keeper, written
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.registers import queries
from motcua.registers.models import Book, Entry
from motcua.registers.rules.kinds import kind_of, volume_words
from motcua.registers.rules.refusals import BookUnknown
from motcua.reports.writing import TYPES, writer
from motcua.toolkit.clock import now
from motcua.ui.fields import error_links
from motcua.ui.refusals import refusal_text


def _keeper(request: HttpRequest) -> Keeper:
    return keeper(the_official(request), now())


@require_http_methods(["GET", "HEAD", "POST"])
def books(request: HttpRequest) -> HttpResponse:
    """Show the books and open one. Raises NotTheKeeper."""
    mine, at = _keeper(request), now()
    form = OpenForm(mine, Posted(dict(request.POST.lists())), day_of(at).year)
    status = 200
    if request.method == "POST":
        status = 400
        if form.ready():
            try:
                bookkeeping.open_book(by=mine, at=at, **form.values)
                return HttpResponseRedirect(reverse("desk:books"))
            except Refusal as no:
                form.wrong[""], status = refusal_text(no), no.status
    rows = queries.books_of(mine.agency_ids)
    fields = form.fields()
    return show(request, "books/all", {
        "lines": [_book_line(row) for row in rows],
        "several": len(mine.agencies) > 1,
        "fields": fields,
        "errors": [*form.general(), *error_links(fields)],
        **_ways(mine),
    }, status=status)  # fmt: skip


def _ways(mine: Keeper) -> dict[str, bool]:
    """Return where else this official goes: a leader also reads the figures."""
    return {"keeps_books": True, "figures": any(mine.leads(one) for one in mine.agency_ids)}


def _book_line(row: Book) -> dict[str, Any]:
    kind = kind_of(row.kind)
    return {
        "pk": row.pk,
        "name": kind.name.label(language()),
        "year": row.year,
        "volume": volume_words(row.volume, row.year),
        "next": kind.number(row.next, row.next, row.year),
        "office": row.agency.name,
        "closed_at": row.closed_at,
    }


@require_safe
def book(request: HttpRequest, book_id: int) -> HttpResponse:
    """Show the entries of a book, the last first. Raises NotTheKeeper, BookUnknown."""
    mine = _keeper(request)
    found = queries.book(book_id, mine.agency_ids)
    before = whole(request.GET.get("truoc", ""))
    entries = queries.entries(found, before=before or None, limit=queries.PAGE + 1)
    page, more = entries[: queries.PAGE], len(entries) > queries.PAGE
    page = bookkeeping.seen(by=mine, of=found, entries=page, at=now())
    here = reverse("desk:book", args=[book_id])
    return show(request, "books/book", {
        **_book_line(found),
        "lines": [_entry_line(found, entry) for entry in page],
        "leads": mine.leads(found.agency_id),
        "seen": found.volume,
        "files": _files(book_id, page),
        "previous": here if before else "",
        "next_page": f"{here}?{urlencode({'truoc': page[-1].number})}" if more else "",
        **_ways(mine),
    })  # fmt: skip


def _entry_line(of: Book, entry: Entry) -> dict[str, Any]:
    number, volume = written(of, entry)
    return {"entry": entry, "number": number, "volume": volume}


def _files(book_id: int, page: list[Entry]) -> list[dict[str, str]]:
    words = {"csv": gettext("Tải sổ (CSV)"), "xlsx": gettext("Tải sổ (XLSX)")}
    files = [
        {"href": reverse("desk:book_file", args=[book_id, kind]), "label": label}
        for kind, label in words.items()
    ]
    if page:
        printed = reverse("desk:book_file", args=[book_id, "pdf"])
        start = urlencode({"tu": page[-1].number})
        files.append({"href": f"{printed}?{start}", "label": gettext("In từ trang này (PDF)")})
    return files


@require_POST
def volume(request: HttpRequest, book_id: int) -> HttpResponse:
    """Begin the next volume. Raises NotTheKeeper, BookUnknown, BookClosed."""
    seen = whole(request.POST.get("seen", ""))
    bookkeeping.next_volume(by=_keeper(request), book=book_id, seen=seen)
    return HttpResponseRedirect(reverse("desk:book", args=[book_id]))


@require_POST
def close(request: HttpRequest, book_id: int) -> HttpResponse:
    """Keep the book elsewhere from now on. Raises NotTheKeeper, BookUnknown."""
    bookkeeping.close_book(by=_keeper(request), book=book_id, at=now())
    return HttpResponseRedirect(reverse("desk:book", args=[book_id]))


@require_safe
def file(request: HttpRequest, book_id: int, kind: str) -> HttpResponse:
    """Hand the book as CSV or XLSX, or its printed page from a number on. Raises NotTheKeeper, BookUnknown."""
    mine, at = _keeper(request), now()
    found = queries.book(book_id, mine.agency_ids)
    name = f"{found.kind.replace('_', '-')}-{found.year}"
    if kind == "pdf":
        entries = bookkeeping.from_number(found, whole(request.GET.get("tu", "")))
        entries = bookkeeping.seen(by=mine, of=found, entries=entries, at=at)
        return HttpResponse(
            bookkeeping.printed(found, entries, at),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="{name}.pdf"',
                "Cache-Control": "private, no-store",
            },
        )
    if kind not in TYPES:
        raise BookUnknown
    entries = bookkeeping.seen(by=mine, of=found, entries=queries.all_entries(found), at=at)
    content = io.BytesIO()
    out = writer(kind, content, HEADS)
    out.add(bookkeeping.cells(found, entries))
    out.close()
    return attachment(content.getvalue(), name, kind)


@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Strike a number with its reason. Raises NotTheKeeper, BookUnknown."""
    mine = _keeper(request)
    entry = bookkeeping.entry_of(mine, entry_id)
    bookkeeping.seen(by=mine, of=entry.book, entries=[entry], at=now())
    reason, wrong, status = request.POST.get("reason", ""), "", 200
    if request.method == "POST":
        try:
            bookkeeping.strike(by=mine, entry=entry_id, reason=reason, at=now())
            return HttpResponseRedirect(reverse("desk:book", args=[entry.book_id]))
        except Refusal as no:
            wrong, status = refusal_text(no), no.status
    fields = [strike_view(reason, wrong)]
    return show(request, "books/strike", {
        **_entry_line(entry.book, entry),
        "name": kind_of(entry.book.kind).name.label(language()),
        "leads": mine.leads(entry.book.agency_id),
        "fields": fields,
        "errors": error_links(fields),
        **_ways(mine),
    }, status=status)  # fmt: skip
