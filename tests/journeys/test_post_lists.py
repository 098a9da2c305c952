"""Letters for the postman: put together into a list, closed once, what failed said line by line."""

import pytest

from motcua.deliveries.models import Delivery, PostList, PostListLine
from motcua.dossiers.models import ReadLog
from tests.journeys.desk_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office):
    return office.browser("front_desk")


def put_together(desk):
    return desk.post("/can-bo/buu-gui/")["Location"]


def close(desk, page, **numbers):
    typed = {f"number.{line}": number for line, number in numbers.items()}
    return desk.post(page, {**typed, "_close": "1"}, follow=True)


def line_of(row):
    return PostListLine.objects.get(delivery__key=f"{row.code}:birth_paper")


def test_closing_the_list_gives_each_letter_to_the_post_once(office, desk):
    first, second = office.born(way="post"), office.born(way="post")
    page = put_together(desk)
    numbers = {str(line_of(row).pk): f"EB{row.pk}VN" for row in (first, second)}
    for _ in range(2):
        close(desk, page, **numbers)
    for row in (first, second):
        assert office.kinds(row).count("ResultReturned") == 1
        assert Delivery.objects.get(key=f"{row.code}:birth_paper").state == "picked_up"


def test_a_letter_without_a_number_stays_and_says_why_while_the_others_go(office, desk):
    good, bad = office.born(way="post"), office.born(way="post")
    page = put_together(desk)
    shown = words(close(desk, page, **{str(line_of(good).pk): "EB1VN"}))
    assert "1 thư chưa giao được" in shown
    assert "birth_paper" in office.now(good).returned
    assert "birth_paper" not in office.now(bad).returned
    desk.post(put_together(desk))
    assert PostListLine.objects.filter(delivery__key=f"{bad.code}:birth_paper").count() == 2


def test_a_letter_lies_on_one_open_list_only(office, desk):
    office.born(way="post")
    assert put_together(desk) == put_together(desk)
    assert PostListLine.objects.count() == 1


def test_a_letter_taken_off_waits_for_the_next_list(office, desk):
    row = office.born(way="post")
    page = put_together(desk)
    desk.post(page, {"out": str(line_of(row).pk)})
    assert not PostListLine.objects.exists()
    assert "1 thư chưa nằm trên bảng kê nào" in words(desk.get("/can-bo/buu-gui/"))


def test_a_letter_the_posts_system_took_needs_no_number_and_is_returned_by_its_scans(office, desk):
    row = office.born(way="post")
    Delivery.objects.filter(key=f"{row.code}:birth_paper").update(state="created")
    close(desk, put_together(desk))
    assert line_of(row).given_at
    assert "birth_paper" not in office.now(row).returned
    assert "0 thư chưa nằm" in words(desk.get("/can-bo/buu-gui/"))


def test_lists_are_numbered_within_the_day_of_an_office(office, desk):
    for _ in range(2):
        office.born(way="post")
        close(desk, put_together(desk))
    assert sorted(PostList.objects.values_list("number", flat=True)) == [1, 2]


def test_the_list_is_printed_also_again(office, desk):
    office.born(way="post")
    page = put_together(desk)
    close(desk, page)
    assert desk.get(f"{page}bang-ke.pdf").content.startswith(b"%PDF")


def test_another_office_sees_no_list_of_ours(office, desk):
    office.born(way="post")
    page = put_together(desk)
    elsewhere = office.browser("elsewhere")
    assert elsewhere.get(page).status_code == 404
    assert elsewhere.post(page, {"_close": "1"}).status_code == 404


def test_whoever_opens_or_prints_a_list_is_written_down_for_each_person(office, desk):
    row = office.born(way="post")
    page = put_together(desk)
    desk.get(page)
    desk.get(f"{page}bang-ke.pdf")
    seen = ReadLog.objects.filter(dossier=row, purpose="post_list")
    assert [(one.official_name, one.role) for one in seen] == [("Phạm Thị Mai Hoa", "front_desk")]
