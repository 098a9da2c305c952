"""The books of an office: numbers without gap or double, volumes, years, and what can never be undone."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from motcua.agencies.models import Agency
from motcua.kernel.working_time import ZONE
from motcua.registers import operations as books
from motcua.registers.models import Book, Entry
from motcua.registers.operations import Registering
from motcua.registers.queries import entries, gaps
from motcua.registers.rules.kinds import kind_of, kinds
from motcua.registers.rules.refusals import (
    AlreadyStruck,
    BookClosed,
    BookThere,
    NumberUnsound,
    StrikeReasonMissing,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)


@pytest.fixture
def office():
    return Agency.objects.create(
        code="H24.284", name="Ủy ban nhân dân xã", kind="commune_committee", place_code="11284",
        province_code="31", works_in="motcua", address="–", support_name="–", support_phone="–",
        support_hours="–", valid_from=date(2025, 7, 1),
    )  # fmt: skip


def opened(office, *, kind="birth", year=2026, first=1, volume=1, at=AT):
    return books.open_book(
        agency_id=office.pk, kind=kind, year=year, volume=volume, first=first,
        by="Đặng Văn Lâm", at=at,
    )  # fmt: skip


def drawn(office, case, *, kind="birth", at=AT, count=1):
    what = Registering(case, "khai_sinh", "Trần An", "Đăng ký khai sinh", "Bùi Quốc Trọng")
    return books.draw(agency_id=office.pk, kind=kind, what=what, at=at, count=count)


def numbers(office, *cases, **how):
    return [drawn(office, case, **how).number for case in cases]


def test_numbers_follow_one_another(office):
    opened(office)
    assert numbers(office, "A", "B", "C") == ["01/2026", "02/2026", "03/2026"]
    assert gaps() == []


def test_a_paper_book_goes_on_where_it_ended(office):
    opened(office, first=284, volume=2)
    found = drawn(office, "A")
    assert (found.number, found.volume) == ("284/2026", "02/2026")


def test_a_book_kept_elsewhere_gives_no_number(office):
    assert drawn(office, "A") is None
    books.close_book(book=opened(office).pk, at=AT)
    assert drawn(office, "A") is None


def test_a_case_drafted_again_keeps_its_number(office):
    opened(office)
    assert numbers(office, "A", "B", "A") == ["01/2026", "02/2026", "01/2026"]


def test_a_new_year_begins_with_one_by_itself(office):
    opened(office, first=300)
    after = AT + timedelta(days=60)
    assert [*numbers(office, "A"), *numbers(office, "B", at=after)] == ["300/2026", "01/2027"]


def test_an_act_of_the_last_minute_stays_in_the_old_year(office):
    opened(office)
    numbers(office, "A", at=AT + timedelta(days=60))
    assert numbers(office, "B") == ["01/2026"]


def test_volumes_change_and_numbers_run_on(office):
    book = opened(office)
    drawn(office, "A")
    books.next_volume(book=book.pk)
    found = drawn(office, "B")
    assert (found.number, found.volume) == ("02/2026", "02/2026")


def test_several_originals_take_a_run_of_numbers(office):
    opened(office, kind="certified_copies", first=1208)
    assert numbers(office, "A", kind="certified_copies", count=2) == ["1208–1209"]
    assert numbers(office, "B", kind="certified_copies") == ["1210"]
    assert gaps() == []


def test_what_is_rolled_back_leaves_no_gap(office):
    opened(office)
    with transaction.atomic():
        drawn(office, "A")
        transaction.set_rollback(True)
    assert numbers(office, "B") == ["01/2026"]


def test_a_struck_number_stays_and_is_never_given_again(office):
    opened(office)
    drawn(office, "A")
    entry = Entry.objects.get()
    books.strike(entry=entry.pk, reason="Ghi nhầm người", by="Bùi Quốc Trọng", at=AT)
    assert numbers(office, "A") == ["02/2026"]
    assert gaps() == []


def test_a_number_is_struck_once_and_with_a_reason(office):
    opened(office)
    drawn(office, "A")
    entry = Entry.objects.get().pk
    with pytest.raises(StrikeReasonMissing):
        books.strike(entry=entry, reason="  ", by="Bùi Quốc Trọng", at=AT)
    books.strike(entry=entry, reason="Ghi nhầm", by="Bùi Quốc Trọng", at=AT)
    with pytest.raises(AlreadyStruck):
        books.strike(entry=entry, reason="Lần nữa", by="Bùi Quốc Trọng", at=AT)


def test_a_book_is_opened_once_a_year(office):
    opened(office)
    with pytest.raises(BookThere):
        opened(office)


def test_a_closed_book_opens_again_where_it_ended(office):
    book = opened(office)
    drawn(office, "A")
    books.close_book(book=book.pk, at=AT)
    with pytest.raises(BookThere):
        opened(office, first=1)
    assert opened(office, first=2).pk == book.pk
    assert numbers(office, "B") == ["02/2026"]


@pytest.mark.parametrize("wrong", [{"first": 0}, {"volume": 0}, {"year": 2027}, {"year": 2024}])
def test_no_book_begins_with_nonsense(office, wrong):
    with pytest.raises(NumberUnsound):
        opened(office, **wrong)


def test_a_closed_book_takes_no_volume(office):
    book = opened(office)
    books.close_book(book=book.pk, at=AT)
    with pytest.raises(BookClosed):
        books.next_volume(book=book.pk)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.update(number=9),
        lambda: Book.objects.update(next=1),
        lambda: Book.objects.all().delete(),
    ],
)
def test_the_database_keeps_the_books(office, tamper):
    opened(office)
    numbers(office, "A", "B")
    with pytest.raises(DatabaseError), transaction.atomic():
        tamper()


def test_a_gap_made_past_the_room_is_found(office):
    book = opened(office)
    drawn(office, "A")
    Book.objects.filter(pk=book.pk).update(next=5)
    assert [(gap.first, gap.next, gap.entries) for gap in gaps()] == [(1, 5, 1)]


def test_a_book_is_read_page_by_page(office, django_assert_num_queries):
    book = opened(office)
    numbers(office, *"ABCDE")
    with django_assert_num_queries(2):
        first = entries(book, limit=3)
        rest = entries(book, before=first[-1].number, limit=3)
    assert [entry.number for entry in (*first, *rest)] == [5, 4, 3, 2, 1]


def test_every_kind_of_book_has_its_way_of_writing_numbers():
    assert kind_of("birth").number(7, 7, 2026) == "07/2026"
    assert kind_of("certified_signatures").number(7, 7, 2026) == "7"
    assert len(kinds()) == 9
