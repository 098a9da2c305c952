"""Writing in the books. A number is drawn under the lock of its book, in the transaction of the act that registers."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.rules.places import day_of
from motcua.registers.models import Book, Entry
from motcua.registers.queries import kept_here
from motcua.registers.rules.kinds import is_kind, kind_of, volume_words
from motcua.registers.rules.refusals import (
    AlreadyStruck,
    BookClosed,
    BookThere,
    BookUnknown,
    NumberUnsound,
    StrikeReasonMissing,
)

MOST = 1_000_000


@dataclass(frozen=True)
class Registering:
    """What is written beside a number: the dossier, its part, whom it is about, what was done."""

    case: str
    part: str
    subject: str
    title: str
    by: str


@dataclass(frozen=True)
class Drawn:
    """A number as papers have it, and the volume in which it stands."""

    number: str
    volume: str


@transaction.atomic(savepoint=False)
def draw(
    *, agency_id: int, kind: str, what: Registering, at: datetime, count: int = 1
) -> Drawn | None:
    """Give the next number of the office's book, or `count` of them; None when the book is kept elsewhere.

    A case that has its number keeps it. The book stays locked until the surrounding transaction ends: rolled
    back, the number was never given – so there is no gap; nobody else drew meanwhile – so there is no double.
    With a new year the book of that year begins by itself with number 1 (Luật Hộ tịch 2014; TT 04/2020/TT-BTP).
    """
    book = _locked(agency_id, kind, day_of(at).year, at)
    if book is None:
        return None
    known = Entry.objects.filter(
        case=what.case, part=what.part, struck_at__isnull=True, book__kind=kind
    )
    standing = list(known.select_related("book").order_by("place"))
    return _as_written(standing or _given(book, what, at, count))


def _locked(agency_id: int, kind: str, year: int, at: datetime) -> Book | None:
    latest = kept_here(agency_id, kind)
    if latest is None:
        return None
    if latest.year < year:
        Book.objects.bulk_create(
            [Book(agency_id=agency_id, kind=kind, year=year, opened_at=at, opened_by="motcua")],
            ignore_conflicts=True,
        )
    rows = Book.objects.select_for_update().filter(agency_id=agency_id, kind=kind)
    rows = rows.filter(closed_at__isnull=True)
    # An act of last year's final minute still belongs into last year's book.
    return rows.filter(year=year).first() or rows.order_by("-year").first()


def _given(book: Book, what: Registering, at: datetime, count: int) -> list[Entry]:
    entries = [
        Entry(
            book=book, number=book.next + nth, volume=book.volume, place=nth + 1, case=what.case,
            part=what.part, subject=what.subject, title=what.title, by=what.by, at=at,
        )
        for nth in range(max(1, count))
    ]  # fmt: skip
    Entry.objects.bulk_create(entries)
    Book.objects.filter(pk=book.pk).update(next=book.next + len(entries))
    return entries


def _as_written(entries: list[Entry]) -> Drawn:
    first, last, book = entries[0], entries[-1], entries[0].book
    number = kind_of(book.kind).number(first.number, last.number, book.year)
    return Drawn(number, volume_words(first.volume, book.year))


@transaction.atomic
def open_book(
    *, agency_id: int, kind: str, year: int, volume: int, first: int, by: str, at: datetime
) -> Book:
    """Keep a book here from now on, going on where the paper or the other system ends.

    A closed book opens again with the number it would have given next. Raises NumberUnsound, BookThere,
    BookUnknown for a kind there is not.
    """
    if not is_kind(kind):
        raise BookUnknown
    if not (1 <= first <= MOST and 1 <= volume <= 99 and 0 <= day_of(at).year - year <= 1):  # noqa: PLR2004 - two digits
        raise NumberUnsound
    found, made = Book.objects.select_for_update().get_or_create(
        agency_id=agency_id, kind=kind, year=year,
        defaults={"volume": volume, "first": first, "next": first, "opened_at": at, "opened_by": by},
    )  # fmt: skip
    if made:
        return found
    if found.closed_at is None or first != found.next:
        raise BookThere(next=found.next)
    found.closed_at, found.volume = None, volume
    found.save(update_fields=["closed_at", "volume"])
    return found


@transaction.atomic
def next_volume(*, book: int) -> Book:
    """Begin the next volume: the pages are full, the numbers run on. Raises BookClosed."""
    found = _open(book)
    found.volume += 1
    found.save(update_fields=["volume"])
    return found


@transaction.atomic
def close_book(*, book: int, at: datetime) -> Book:
    """Keep the book elsewhere from now on; numbers are typed again. Raises BookClosed."""
    found = _open(book)
    found.closed_at = at
    found.save(update_fields=["closed_at"])
    return found


def _open(pk: int) -> Book:
    found = Book.objects.select_for_update().filter(pk=pk).first()
    if found is None or found.closed_at is not None:
        raise BookClosed
    return found


@transaction.atomic
def strike(*, entry: int, reason: str, by: str, at: datetime) -> Entry:
    """Strike a number with its reason; it stays in the book. Raises AlreadyStruck, StrikeReasonMissing."""
    found = Entry.objects.select_for_update().get(pk=entry)
    if found.struck_at is not None:
        raise AlreadyStruck
    if not reason.strip():
        raise StrikeReasonMissing
    found.struck_at, found.struck_by, found.struck_reason = at, by, reason.strip()[:300]
    found.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    return found
