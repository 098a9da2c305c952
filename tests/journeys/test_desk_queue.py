"""The queue of the desk: what waits for whom, most urgent first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import queues
from motcua.dossiers.models import Work
from motcua.toolkit.clock import now

pytestmark = pytest.mark.django_db


def words(answer):
    return answer.content.decode()


def test_a_new_dossier_waits_at_the_front_desk_of_its_commune(office):
    row = office.filed()
    page = words(office.browser("front_desk").get("/can-bo/"))
    assert row.code in page
    assert "Xem hồ sơ rồi tiếp nhận" in page
    assert "Trần Minh An" in page


@pytest.mark.parametrize("other", ["elsewhere", "registrar", "police", "administrator"])
def test_it_waits_for_nobody_else(office, other):
    row = office.filed()
    assert row.code not in words(office.browser(other).get("/can-bo/"))


def test_after_reception_it_waits_for_the_registrar(office):
    row = office.received()
    assert row.code in words(office.browser("registrar").get("/can-bo/"))
    assert row.code not in words(office.browser("front_desk").get("/can-bo/"))


def test_who_is_not_signed_in_goes_to_sign_in(client, office):
    assert client.get("/can-bo/")["Location"] == "/can-bo/dang-nhap/?next=%2Fcan-bo%2F"


def test_the_queue_costs_as_many_queries_for_one_row_as_for_many(office):
    browser = office.browser("front_desk")
    office.filed()
    browser.get("/can-bo/")
    for _ in range(4):
        office.filed()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert words(browser.get("/can-bo/")).count("Trần Minh An") == 5
    assert len(asked) <= 12


def test_what_is_late_says_so_in_words(office):
    row = office.filed()
    Work.objects.update(due_at=now() - timedelta(days=3))
    page = words(office.browser("front_desk").get("/can-bo/?muc=tre-han"))
    assert row.code in page
    assert "trễ hạn" in page
    assert row.code not in words(office.browser("front_desk").get("/can-bo/?muc=hom-nay"))


def test_a_tab_counts_what_is_in_it(office):
    office.filed()
    office.filed()
    tabs = office.browser("front_desk").get("/can-bo/").context["tabs"]
    counts = {tab["label"]: tab["count"] for tab in tabs}
    assert counts["Tất cả"] == counts["Mới nộp"] == 2
    assert counts["Trễ hạn"] == 0


def test_the_queue_goes_on_where_the_page_before_ended(office, monkeypatch):
    monkeypatch.setattr(queues, "PAGE", 2)
    rows = {office.filed().code for _ in range(3)}
    browser = office.browser("front_desk")
    first = browser.get("/can-bo/")
    second = browser.get(first.context["next"])
    shown = [line.code for line in (*first.context["lines"], *second.context["lines"])]
    assert set(shown) == rows
    assert len(shown) == 3
    assert second.context["next"] == ""


def test_a_mark_that_cannot_be_read_leads_to_the_first_page(office):
    row = office.filed()
    assert row.code in words(office.browser("front_desk").get("/can-bo/?sau=hom-qua_x"))


@pytest.mark.parametrize("typed", ["tran minh an", "Trần Minh", "nguyen thi mai", "0912 345 001"])
def test_a_search_forgives_diacritics_and_gaps(office, typed):
    row = office.filed()
    assert row.code in words(office.browser("front_desk").get("/can-bo/", {"q": typed}))


def test_a_search_finds_by_code(office):
    row = office.filed()
    assert row.code in words(office.browser("front_desk").get("/can-bo/", {"q": row.code[:15]}))


def test_a_search_stays_inside_ones_own_office(office):
    row = office.filed()
    assert row.code not in words(office.browser("elsewhere").get("/can-bo/", {"q": "tran minh an"}))


def test_the_police_find_by_the_child_and_not_by_what_they_may_not_see(office):
    row = office.filed()
    police = office.browser("police")
    assert row.code in words(police.get("/can-bo/", {"q": "tran minh an"}))
    assert row.code not in words(police.get("/can-bo/", {"q": "0912345001"}))
    assert row.code not in words(police.get("/can-bo/", {"q": "nguyen thi mai"}))
