"""Reading the books."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from motcua.registers.models import Book, Entry
from motcua.registers.rules.refusals import BookUnknown
from motcua.toolkit.gates import gate

PAGE = 50


def books_of(agency_ids: list[int]) -> list[Book]:
    """Return the books of these agencies, the newest year first; one query."""
    rows = Book.objects.filter(agency_id__in=agency_ids).select_related("agency")
    return list(rows.order_by("agency_id", "kind", "-year"))


@gate
def book(pk: int, agency_ids: list[int]) -> Book:
    """Return a book of one of these agencies. Raises BookUnknown."""
    found = Book.objects.filter(pk=pk, agency_id__in=agency_ids).select_related("agency").first()
    if found is None:
        raise BookUnknown
    return found


def kept_here(agency_id: int, kind: str) -> Book | None:
    """Return the latest book of a kind when the office keeps it here, else None; one query."""
    latest = Book.objects.filter(agency_id=agency_id, kind=kind).order_by("-year").first()
    return latest if latest and latest.closed_at is None else None


def entries(of: Book, *, before: int | None = None, limit: int = PAGE) -> list[Entry]:
    """Return entries of a book, the last first, below the number `before`; one query."""
    rows = Entry.objects.filter(book=of)
    if before:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number")[:limit])


def all_entries(of: Book) -> QuerySet[Entry]:
    """Return every entry of a book in its order, to be read in pieces."""
    return Entry.objects.filter(book=of).order_by("number")


def entries_of(case: str) -> list[Entry]:
    """Return the entries of a dossier that stand, with their books; one query."""
    rows = Entry.objects.filter(case=case, struck_at__isnull=True)
    return list(rows.select_related("book").order_by("pk"))


def cases_numbered(number: str, agency_ids: Collection[int]) -> set[str]:
    """Return the dossiers entered as `number/year` in a book of one of these agencies; one query."""
    running, _, year = number.partition("/")
    if not (running.isdecimal() and year.isdecimal() and len(year) == 4):  # noqa: PLR2004 - a year
        return set()
    rows = Entry.objects.filter(
        number=int(running),
        book__year=int(year),
        book__agency_id__in=agency_ids,
        struck_at__isnull=True,
    )
    return set(rows.values_list("case", flat=True))


@dataclass(frozen=True)
class Gap:
    """A book whose entries are not exactly its numbers from `first` to before `next`."""

    agency: str
    kind: str
    year: int
    first: int
    next: int
    entries: int


_GAPS = """
select a.code, b.kind, b.year, b.first, b.next, count(e.number)
from registers_book b join agencies_agency a on a.id = b.agency_id
left join registers_entry e on e.book_id = b.id
group by a.code, b.kind, b.year, b.first, b.next
having count(e.number) <> b.next - b.first
    or coalesce(min(e.number), b.first) <> b.first
    or coalesce(max(e.number), b.next - 1) <> b.next - 1
order by 1, 2, 3
"""


def gaps() -> list[Gap]:
    """Return the books that are not whole; none, or somebody wrote past this room. One query.

    No number stands twice (the database forbids it), so as many entries as numbers mean that none is missing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GAPS)
        return [Gap(*row) for row in cursor.fetchall()]
