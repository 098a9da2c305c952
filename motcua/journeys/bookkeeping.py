"""Keeping an office's books at the desk: who may, and the printed page of a book."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from motcua.agencies.models import Official
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.documents.papers import make_paper
from motcua.dossiers import readings
from motcua.dossiers.queries import restricted_among
from motcua.journeys.in_posts import InPosts
from motcua.journeys.results import letterhead
from motcua.kernel.refusal import noop
from motcua.registers import operations, queries
from motcua.registers.models import Book, Entry
from motcua.registers.rules.kinds import kind_of, volume_words
from motcua.registers.rules.refusals import AlreadyStruck, BookClosed, BookUnknown, NotTheKeeper
from motcua.toolkit.gates import gate

KEEPERS = frozenset({Role.REGISTRAR, Role.LEADER})
MOST_PRINTED = 500
RESTRICTED = noop("(đang hạn chế sử dụng dữ liệu)")
"""Stands for whom an entry or a letter is about, where the use of their data is restricted."""


@dataclass(frozen=True)
class Keeper(InPosts):
    """An official who keeps books, in the posts that let them."""

    def leads(self, agency_id: int) -> bool:
        """Tell whether they lead the agency: only a leader strikes a number."""
        return any(post.agency_id == agency_id and post.role == Role.LEADER for post in self.posts)


@gate
def keeper(official: Official, at: datetime) -> Keeper:
    """Return the official as a keeper of books. Raises NotTheKeeper for any other role; one query."""
    posts = tuple(post for post in posts_of(official, at) if post.role in KEEPERS)
    if not posts:
        raise NotTheKeeper
    return Keeper(official, posts)


def open_book(
    *, by: Keeper, agency_id: int, kind: str, year: int, volume: int, first: int, at: datetime
) -> Book:
    """Keep a book here from a start number on; sent twice, it is opened once.

    Raises BookUnknown for an agency of others, BookThere, NumberUnsound.
    """
    if agency_id not in by.agency_ids:
        raise BookUnknown
    known = queries.kept_here(agency_id, kind)
    if known and (known.year, known.volume, known.first, known.next) == (
        year,
        volume,
        first,
        first,
    ):
        return known
    return operations.open_book(
        agency_id=agency_id, kind=kind, year=year, volume=volume, first=first,
        by=by.official.full_name, at=at,
    )  # fmt: skip


def next_volume(*, by: Keeper, book: int, seen: int) -> Book:
    """Begin the volume after the one the keeper saw; sent twice, it begins once. Raises BookUnknown, BookClosed."""
    found = queries.book(book, by.agency_ids)
    return found if found.volume != seen else operations.next_volume(book=book)


def close_book(*, by: Keeper, book: int, at: datetime) -> Book:
    """Keep a book elsewhere from now on; sent twice, it closes once. Raises BookUnknown."""
    found = queries.book(book, by.agency_ids)
    try:
        return operations.close_book(book=book, at=at)
    except BookClosed:
        return found


def strike(*, by: Keeper, entry: int, reason: str, at: datetime) -> Entry:
    """Strike a number; sent twice by the same person, it is struck once.

    Raises BookUnknown, NotTheKeeper for who does not lead the office, AlreadyStruck, StrikeReasonMissing.
    """
    found = entry_of(by, entry)
    if not by.leads(found.book.agency_id):
        raise NotTheKeeper
    name = by.official.full_name
    try:
        return operations.strike(entry=entry, reason=reason, by=name, at=at)
    except AlreadyStruck:
        found = entry_of(by, entry)
        if (found.struck_by, found.struck_reason) == (name, reason.strip()[:300]):
            return found
        raise


@gate
def entry_of(by: Keeper, entry: int) -> Entry:
    """Return an entry of one of the keeper's books. Raises BookUnknown."""
    rows = Entry.objects.filter(pk=entry, book__agency_id__in=by.agency_ids)
    found = rows.select_related("book", "book__agency").first()
    if found is None:
        raise BookUnknown
    return found


def seen(*, by: Keeper, of: Book, entries: Iterable[Entry], at: datetime) -> list[Entry]:
    """Return entries as their keeper may see them, and write down for each dossier that they did.

    Where the use of a dossier's data is restricted, its entry names nobody and says so; the book itself stays whole.
    """
    found = list(entries)
    codes = [entry.case for entry in found]
    readings.note_listed(
        codes=codes, official=by.official, agency=of.agency, at=at, purpose=readings.Purpose.BOOK
    )
    hidden = restricted_among(codes)
    for entry in found:
        if entry.case in hidden:
            entry.subject = gettext(RESTRICTED)
    return found


def written(of: Book, entry: Entry) -> tuple[str, str]:
    """Return number and volume of an entry as papers have them."""
    number = kind_of(of.kind).number(entry.number, entry.number, of.year)
    return number, volume_words(entry.volume, of.year)


def from_number(of: Book, start: int) -> list[Entry]:
    """Return what is printed from a number on: at most 500 entries."""
    return list(queries.all_entries(of).filter(number__gte=start)[:MOST_PRINTED])


def printed(of: Book, entries: Sequence[Entry], at: datetime) -> bytes:
    """Return these entries of the book as a PDF."""
    data = {
        "agency": letterhead(of.agency, at),
        "book": kind_of(of.kind).name.vi,
        "year": str(of.year),
        "entries": [_line(of, entry) for entry in entries],
        "printed_at": localtime(at).isoformat(timespec="seconds"),
    }
    return make_paper("so-dang-ky", data, at=at)


def _line(of: Book, entry: Entry) -> dict[str, Any]:
    number, volume = written(of, entry)
    return {
        "number": number,
        "volume": volume,
        "on": localtime(entry.at).date().isoformat(),
        "subject": entry.subject,
        "title": entry.title,
        "code": entry.case,
        "by": entry.by,
        "struck": entry.struck_reason,
    }


HEADS = (
    "Số", "Quyển số", "Ngày ghi", "Họ tên", "Việc", "Mã hồ sơ", "Người ghi", "Gạch: lý do",
)  # fmt: skip


def cells(of: Book, entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """Return entries as the rows of a table, in the order of HEADS."""
    return [_cells(of, entry) for entry in entries]


def _cells(of: Book, entry: Entry) -> tuple[str, ...]:
    number, volume = written(of, entry)
    day = f"{localtime(entry.at):%d/%m/%Y}"
    return (
        number,
        volume,
        day,
        entry.subject,
        entry.title,
        entry.case,
        entry.by,
        entry.struck_reason,
    )
