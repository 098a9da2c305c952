"""A granted restriction restricts: what is personal is hidden, left out of lists, and shown for coded reasons only."""

import pytest
from django.test import Client

from motcua.deliveries.models import PostList, PostListLine
from motcua.dossiers.models import Dossier, ReadLog
from motcua.dossiers.rules.refusals import UnknownDossier
from motcua.journeys import counter, post_lists
from motcua.journeys.counter import Entry
from motcua.privacy import erasures
from motcua.privacy.models import Hold, Request
from motcua.procedures.queries import by_digest
from motcua.registers import operations as books
from motcua.registers.operations import Registering
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import act_page, dossier_page, words
from tests.journeys.test_register import made
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db
NAME, CHILD = "Nguyễn Thị Mai", "Trần Minh An"


@pytest.fixture
def mai(office):
    """A citizen whose restriction of one dossier was granted, and her browser."""
    client = Client()
    account = as_citizen(client)
    client.row = office.received()
    Dossier.objects.filter(pk=client.row.pk).update(account=account)
    told = {"kind": "restriction", "about": client.row.code, "words": "Xin hạn chế.", "_key": "k"}
    assert client.post("/du-lieu/yeu-cau/", told).status_code == 302
    said = {"outcome": "granted", "words": "Đã hạn chế."}
    assert office.browser("front_desk").post(here(), said).status_code == 302
    return client


def here():
    return f"/can-bo/du-lieu/{Request.objects.get().pk}/"


def show(browser, row, reason):
    return browser.post(
        f"{dossier_page(row)}hien/", {"nhom": "tat-ca", "ly-do": reason, "ve": "ho-so"}
    )


def let_go(office, reason="Người dân rút yêu cầu"):
    return office.browser("leader").post(here(), {"_let_go": "1", "reason": reason})


@pytest.mark.parametrize("page", ["", "kiem-tra/"])
def test_nobody_is_named_at_the_desk_and_it_says_why(office, mai, page):
    told = words(office.browser("registrar").get(f"{dossier_page(mai.row)}{page}"))
    assert "Đang bị hạn chế sử dụng theo yêu cầu của người dân" in told
    assert CHILD not in told
    assert f"Người nộp hồ sơ: {NAME}" not in told
    assert "091" not in told


def test_the_counter_copies_nothing_of_it_into_another_form(office, mai):
    """The list offers it to nobody; a form that names it all the same gets nothing either."""
    like = Entry(office.post("front_desk"), "counter", mai.row.code)
    with pytest.raises(UnknownDossier):
        counter.known_of(by_digest(mai.row.version.digest), like, now())


def test_work_or_an_ordinary_reason_shows_nothing(office, mai):
    browser = office.browser("registrar")
    assert [show(browser, mai.row, why).status_code for why in ("", "supervise")] == [400, 400]
    assert show(browser, mai.row, "law_orders").status_code == 303
    assert CHILD in words(browser.get(dossier_page(mai.row)))
    assert ReadLog.objects.get(purpose="reveal").reason == "law_orders"
    assert "Luật hoặc cơ quan có thẩm quyền" in words(mai.get("/du-lieu/"))


def test_papers_forms_and_acts_open_only_once_all_is_shown(office, mai):
    browser = office.browser("registrar")
    pages = [act_page(mai.row, "thuc-hien", "birth"), f"{dossier_page(mai.row)}phieu/mau-01.pdf"]
    assert [browser.get(page).status_code for page in pages] == [403, 403]
    assert "/giay-to/" not in words(browser.get(dossier_page(mai.row)))
    show(browser, mai.row, "law_orders")
    assert 403 not in [browser.get(page).status_code for page in pages]


def test_queue_search_and_register_leave_the_names_out(office, mai):
    browser = office.browser("registrar")
    for page in ("/can-bo/", f"/can-bo/?q={mai.row.code}"):
        told = words(browser.get(page))
        assert mai.row.code in told
        assert CHILD not in told
    listed = made(office.browser("leader"), "csv").content.decode()
    assert mai.row.code in listed
    assert not any(one in listed for one in (NAME, CHILD, "0912"))


@pytest.mark.parametrize("typed", ["Tran Minh An", "0912345"])
def test_no_search_tells_whose_it_is(office, mai, typed):
    """Else whoever guesses a name, or a number digit by digit, is told that it is right."""
    assert mai.row.code not in words(office.browser("registrar").get(f"/can-bo/?q={typed}"))
    Dossier.objects.update(restricted=False)
    assert mai.row.code in words(office.browser("registrar").get(f"/can-bo/?q={typed}"))


def test_it_is_held_from_erasure_and_stands_in_the_history(office, mai):
    assert erasures.holds([mai.row.code]) == {mai.row.code: Request.objects.get().number}
    assert "Hạn chế sử dụng dữ liệu theo yêu cầu DL-" in words(
        office.browser("leader").get(dossier_page(mai.row))
    )


def test_a_hold_ends_with_a_reason_that_the_citizen_reads(office, mai):
    assert let_go(office, "").status_code == 400
    assert let_go(office).status_code == 302
    assert Hold.objects.get().ended_at is not None
    told = words(mai.get(f"/du-lieu/yeu-cau/{Request.objects.get().pk}/"))
    assert "Lý do: Người dân rút yêu cầu" in told
    assert "Người dân rút yêu cầu" in words(mai.get(f"/theo-doi/{mai.row.code}/"))
    assert CHILD in words(office.browser("registrar").get(dossier_page(mai.row)))


def test_letting_go_twice_is_one_act(office, mai):
    assert [let_go(office).status_code for _ in range(2)] == [302, 302]
    assert office.kinds(mai.row).count("HoldEnded") == 1


def test_what_was_shown_before_the_restriction_counts_no_more(office, mai):
    let_go(office)
    row, browser = mai.row, office.browser("registrar")
    show(browser, row, "")
    told = {"kind": "restriction", "about": row.code, "words": "Lại xin.", "_key": "again"}
    mai.post("/du-lieu/yeu-cau/", told)
    again = Request.objects.get(outcome="")
    said = {"outcome": "granted", "words": "Đã hạn chế."}
    office.browser("front_desk").post(f"/can-bo/du-lieu/{again.pk}/", said)
    assert CHILD not in words(browser.get(dossier_page(row)))


def test_a_book_of_the_office_names_nobody_in_its_page_file_and_print_and_is_whole_again_afterwards(
    office, mai
):
    opened = books.open_book(
        agency_id=mai.row.agency_id, kind="birth", year=now().year, volume=1, first=1, by="Ngà",
        at=now(),
    )  # fmt: skip
    entry = Registering(mai.row.code, "khai_sinh", CHILD, "Đăng ký khai sinh", "Ngà")
    books.draw(agency_id=mai.row.agency_id, kind="birth", what=entry, at=now())
    browser = office.browser("registrar")
    for page in (f"/can-bo/so/{opened.pk}/", f"/can-bo/so/{opened.pk}/tep.csv"):
        told = words(browser.get(page))
        assert mai.row.code in told
        assert "đang hạn chế sử dụng" in told
        assert CHILD not in told
    let_go(office)
    assert CHILD in words(browser.get(f"/can-bo/so/{opened.pk}/"))


def test_a_letter_on_the_postmans_list_is_told_by_code_and_number_only(office):
    row, desk = office.born(way="post"), office.browser("front_desk")
    page = desk.post("/can-bo/buu-gui/")["Location"]
    name = PostListLine.objects.get().delivery.letter.to.name
    assert name in words(desk.get(page))
    Dossier.objects.filter(pk=row.pk).update(restricted=True)
    told = words(desk.get(page))
    assert row.code in told
    assert "đang hạn chế sử dụng" in told
    assert name not in told
    found, post = PostList.objects.get(), office.post("front_desk")
    [letter] = post_lists.paper_data(found, post_lists.lines_seen(found, post, now()), now())[
        "letters"
    ]
    assert (letter["code"], letter["phone"], letter["address"]) == (row.code, "", "")
    assert name not in letter["name"]
