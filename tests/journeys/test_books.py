"""An office that keeps its books here: numbers come by themselves, pages show them, a leader strikes one."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Agency
from motcua.agencies.operations import appoint
from motcua.agencies.rules.roles import Role
from motcua.dossiers.models import ReadLog
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.refusals import NotYours
from motcua.journeys import handling
from motcua.registers import operations as books
from motcua.registers.models import Book, Entry
from motcua.registers.operations import Registering
from motcua.registers.queries import gaps
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import did, opened, pressed, words
from tests.journeys.office import COMMUNE, ELSEWHERE, _procedure, _stages

pytestmark = pytest.mark.django_db
BOOKS = "/can-bo/so/"
YEAR = now().year


def booked():
    """Return the linked service whose birth leg writes into the book of births."""
    birth, *others = _stages()
    steps = [
        {**step, "book": {"kind": "birth"}} if step["id"] == "register" else step
        for step in birth["steps"]
    ]
    plan = {
        "limit": {"amount": 10, "basis": "luat"},
        "supplement": {"within": {"amount": 7, "basis": "luat"}},
        "stages": [{**birth, "steps": steps}, *others],
    }
    return _procedure(code="9.000003", slug="khai-sinh-co-so", plan=plan)


@pytest.fixture
def service(office):
    return office._published(booked())


def opened_book(office, **changes):
    values = {"kind": "birth", "year": YEAR, "volume": 1, "first": 1, **changes}
    agency = Agency.objects.get(code=COMMUNE)
    return books.open_book(agency_id=agency.pk, by="Trịnh Đức Thuận", at=now(), **values)


def written(office, book, *names):
    """Write names into a book, past the dossiers."""
    for name in names:
        what = Registering(uuid.uuid4().hex, "khai_sinh", name, "Đăng ký khai sinh", "Ngà")
        books.draw(agency_id=book.agency_id, kind=book.kind, what=what, at=now())


def registered(office, service):
    """Return a dossier that the registry has just written down."""
    row = office.received(published=service)
    office.step(row, "registrar", "birth", "draft")
    office.agree(row)
    office.registry_answers(row)
    return row


def test_the_offices_own_book_numbers_the_registration(office, service):
    opened_book(office, first=284)
    row = registered(office, service)
    values = office.now(row).legs["birth"].values
    assert (values["registration_number"], values["book"]) == (f"284/{YEAR}", f"01/{YEAR}")
    assert Entry.objects.get().case == row.code


def test_a_book_kept_elsewhere_leaves_the_registers_number(office, service):
    row = registered(office, service)
    assert office.now(row).legs["birth"].values["registration_number"] == "12/2026"


def test_a_refused_act_gives_its_number_back(office, service):
    opened_book(office)
    row = office.received(published=service)
    office.step(row, "registrar", "birth", "draft")
    office.agree(row)
    act = a.TakeStep(leg="birth", step="register", values={})
    with pytest.raises(NotYours):
        handling._by(office.post("registrar"), row.code, act, uuid.uuid4().hex, None, now())
    assert (Entry.objects.count(), Book.objects.get().next) == (0, 1)


def test_what_is_sent_back_and_done_again_keeps_its_number(office, service):
    opened_book(office)
    row = registered(office, service)
    handling.send_back(
        code=row.code, post=office.post("leader"), leg="birth", step="sign", remark="Sai họ",
        key=uuid.uuid4().hex, seen=None, at=now(),
    )  # fmt: skip
    office.step(row, "registrar", "birth", "draft")
    office.agree(row)
    office.registry_answers(row)
    assert office.now(row).legs["birth"].values["registration_number"] == f"01/{YEAR}"
    assert gaps() == []


def test_a_case_that_came_to_nothing_leaves_a_struck_number(office, service):
    opened_book(office)
    row = registered(office, service)
    office.withdraw(row)
    handling.answer_withdrawal(
        code=row.code, post=office.post("leader"), accepts=True, remark="",
        key=uuid.uuid4().hex, seen=None, at=now(),
    )  # fmt: skip
    office.catch_up(row.code)
    assert Entry.objects.get().struck_reason == "Người nộp rút hồ sơ"
    assert gaps() == []


def test_a_registrar_opens_a_book_and_a_second_click_does_nothing(office):
    browser = office.browser("registrar")
    sent = {"kind": "death", "year": str(YEAR), "volume": "2", "first": "57"}
    assert [browser.post(BOOKS, sent).status_code for _ in range(2)] == [302, 302]
    assert f"57/{YEAR}" in words(browser.get(BOOKS))


def test_nonsense_opens_no_book_and_says_so(office):
    answer = office.browser("registrar").post(BOOKS, {"kind": "", "year": "x", "first": "0"})
    assert answer.status_code == 400
    assert "Hãy chọn loại sổ." in words(answer)


def test_a_book_is_shown_page_by_page_and_never_asks_a_row(office):
    book = opened_book(office)
    written(office, book, *[f"Trần Văn {number}" for number in range(52)])
    browser = office.browser("leader")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first = words(browser.get(f"{BOOKS}{book.pk}/"))
    assert len(asked) <= 8
    assert f">52/{YEAR}" in first
    onward = re.search(r'href="([^"]*truoc=[^"]*)"', first)
    assert f">01/{YEAR}" in words(browser.get(onward[1]))


def test_a_leader_strikes_a_number_which_stays_in_sight(office):
    book = opened_book(office)
    written(office, book, "Trần Minh An")
    browser, page = office.browser("leader"), f"{BOOKS}muc/{Entry.objects.get().pk}/gach/"
    assert browser.post(page, {"reason": ""}).status_code == 400
    assert [browser.post(page, {"reason": "Ghi nhầm"}).status_code for _ in range(2)] == [302, 302]
    assert "gạch ngày" in words(browser.get(f"{BOOKS}{book.pk}/"))


def test_a_registrar_strikes_nothing(office):
    book = opened_book(office)
    written(office, book, "Trần Minh An")
    page = f"{BOOKS}muc/{Entry.objects.get().pk}/gach/"
    assert office.browser("registrar").post(page, {"reason": "Ghi nhầm"}).status_code == 403
    assert Entry.objects.get().struck_at is None


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_a_book_is_a_file_too(office, kind):
    book = opened_book(office)
    written(office, book, "Trần Minh An")
    answer = office.browser("leader").get(f"{BOOKS}{book.pk}/tep.{kind}")
    assert answer.status_code == 200
    assert answer.content[:4] in (b"PK\x03\x04", b"%PDF", "\ufeffS".encode())


def test_a_second_click_begins_one_volume(office):
    book = opened_book(office)
    browser = office.browser("registrar")
    for _ in range(2):
        browser.post(f"{BOOKS}{book.pk}/quyen-moi/", {"seen": "1"})
    assert Book.objects.get().volume == 2


def test_a_closed_book_is_typed_again(office):
    book = opened_book(office)
    browser = office.browser("registrar")
    for _ in range(2):
        assert browser.post(f"{BOOKS}{book.pk}/dong/").status_code == 302
    assert "Đã đóng" in words(browser.get(BOOKS))


def test_where_the_book_is_kept_here_nobody_types_the_number(office):
    asks = [{"id": "number", "label": {"vi": "Số", "en": "Number"}}]
    steps = [
        {"id": "draft", "kind": "draft", "role": "registrar", "name": {"vi": "Ghi", "en": "Write"},
         "asks": asks, "book": {"kind": "certified_signatures", "number": "number"}},
        {"id": "sign", "kind": "sign", "role": "leader", "name": {"vi": "Ký", "en": "Sign"}},
    ]  # fmt: skip
    stage = {"id": "birth", "name": {"vi": "Chứng thực", "en": "Certify"}, "agency": "receiving",
             "steps": steps}  # fmt: skip
    plan = {
        "limit": {"amount": 2, "basis": "luat"},
        "supplement": {"within": {"amount": 7, "basis": "luat"}}, "stages": [stage],
    }  # fmt: skip
    result = {
        "id": "paper", "code": "KQ.G15.000022", "name": {"vi": "Lời chứng", "en": "Words"},
        "stage": "birth", "template": "ket-qua", "ways": ["counter"],
    }  # fmt: skip
    service = office._published(
        _procedure(code="9.000004", slug="chung-thuc-thu", fees=[], plan=plan, results=[result])
    )
    row, browser = office.received(published=service), office.browser("registrar")
    answer = browser.get(f"/can-bo/ho-so/{row.code}/viec/thuc-hien/birth/")
    assert 'name="value.number"' in words(answer)
    opened_book(office, kind="certified_signatures", first=1208)
    carried = opened(browser, row, "thuc-hien", "birth")
    assert did(pressed(browser, row, "thuc-hien", "birth", carried=carried))
    assert office.now(row).legs["birth"].values["number"] == "1208"


def test_another_offices_book_is_as_if_it_never_was(office):
    book = opened_book(office)
    written(office, book, "Trần Minh An")
    there = Agency.objects.get(code=ELSEWHERE)
    appoint(official=office.officials["elsewhere"], agency=there, role=Role.LEADER, at=now())
    browser = office.browser("elsewhere")
    for page in (f"{book.pk}/", f"{book.pk}/tep.csv", f"muc/{Entry.objects.get().pk}/gach/"):
        assert browser.get(BOOKS + page).status_code == 404


@pytest.mark.parametrize("kind", ["", "csv", "pdf"])
def test_whoever_opens_the_book_or_takes_it_away_is_written_down_for_each_person(
    office, service, kind
):
    book = opened_book(office)
    row = registered(office, service)
    browser = office.browser("registrar")
    for _ in range(2):
        browser.get(f"{BOOKS}{book.pk}/" + (f"tep.{kind}" if kind else ""))
    seen = ReadLog.objects.filter(dossier=row, purpose="book")
    assert [(one.official_name, one.role) for one in seen] == [("Trịnh Đức Thuận", "registrar")]
