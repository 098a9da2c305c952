"""Tabs, filters and saved views of the queue; one act on many rows; finding a dossier by anything of it."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import queues
from motcua.dossiers.models import Dossier, Handover, SavedView, Work
from motcua.journeys import handing_over, looking
from motcua.journeys.looking import posts_handling
from motcua.payments.models import Receipt
from motcua.toolkit.clock import now
from tests.journeys.office import LINKED

pytestmark = pytest.mark.django_db


def lines(answer):
    return [line.code for line in answer.context["lines"]]


def queue(office, name, **asked):
    return office.browser(name).get("/can-bo/", asked)


def tabs(answer):
    return {tab["label"]: tab["count"] for tab in answer.context["tabs"]}


# --- tabs ---


def test_what_the_applicant_must_answer_is_watched_not_worked_on(office):
    row = office.received()
    office.step(row, "registrar", "birth", "draft")
    page = queue(office, "registrar", muc="cho-nguoi-nop")
    assert lines(page) == [row.code]
    assert page.context["buttons"] == []
    assert tabs(page)["Tất cả"] == 0


def test_what_lies_with_another_agency_is_seen_from_the_commune(office):
    row = office.born()
    assert lines(queue(office, "front_desk", muc="cho-co-quan-khac")) == [row.code]


def test_the_leader_finds_what_waits_for_a_signature(office):
    row = office.to_sign()
    office.received()
    page = queue(office, "leader", muc="cho-ky")
    assert lines(page) == [row.code]
    assert tabs(page)["Chờ ký"] == 1


def test_what_is_due_within_two_working_days_is_due_soon(office):
    row, later = office.filed(), office.filed()
    Work.objects.filter(dossier=row).update(due_at=now() + timedelta(days=1, hours=20))
    Work.objects.filter(dossier=later).update(due_at=now() + timedelta(days=30))
    assert lines(queue(office, "front_desk", muc="sap-den-han")) == [row.code]


def claimed(office, *rows, name="front_desk"):
    official = office.officials[name]
    Work.objects.filter(dossier__in=rows).update(official=official, claimed_at=now())


def test_my_work_is_what_i_hold(office):
    mine, _ = office.filed(), office.filed()
    claimed(office, mine)
    assert lines(queue(office, "front_desk", muc="cua-toi")) == [mine.code]
    assert lines(queue(office, "second_desk", muc="cua-toi")) == []


# --- filters ---


def test_the_queue_narrows_to_a_procedure_a_holder_and_days(office):
    born, married = office.filed(), office.filed(published=office.counter, way="counter")
    claimed(office, born)
    asked = {"thu-tuc": LINKED.code, "nguoi": str(office.officials["front_desk"].pk)}
    assert lines(queue(office, "front_desk", **asked)) == [born.code]
    assert lines(queue(office, "front_desk", nguoi="none")) == [married.code]
    assert lines(queue(office, "front_desk", **{"han-den": "2020-01-01"})) == []


def test_tabs_count_under_the_filters_in_force(office):
    office.filed()
    office.filed(published=office.counter, way="counter")
    assert tabs(queue(office, "front_desk", **{"thu-tuc": LINKED.code}))["Mới nộp"] == 1


@pytest.mark.parametrize("order", ["han", "cho-lau", "moi-den"])
def test_the_pages_of_every_order_hold_each_row_once(office, monkeypatch, order):
    monkeypatch.setattr(queues, "PAGE", 2)
    rows = [office.filed().code for _ in range(5)]
    browser, seen, address = office.browser("front_desk"), [], f"/can-bo/?xep={order}&kenh=online"
    while address:
        page = browser.get(address)
        seen += lines(page)
        address = page.context["next"]
    assert sorted(seen) == sorted(rows)
    assert order != "moi-den" or seen == rows[::-1]


@pytest.mark.parametrize(
    "odd",
    [
        "nguoi=1%20or%201",
        "nhan-tu=hom-qua",
        "kenh=x",
        "muc=x",
        "xep=x",
        "sau=x_9999999999999999999",
    ],
)
def test_an_address_that_cannot_be_read_shows_the_whole_queue(office, odd):
    row = office.filed()
    assert lines(office.browser("front_desk").get(f"/can-bo/?{odd}")) == [row.code]


def test_a_saved_view_counts_and_is_shared_with_the_office_alone(office):
    office.filed()
    agency = office.post("front_desk").agency_id
    told = {"ten": "Chưa ai nhận", "xem": "nguoi=none", "chung": str(agency)}
    office.browser("front_desk").post("/can-bo/bo-loc/", told)
    seen = queue(office, "second_desk").context["views"]
    assert [(view.name, view.count, view.own) for view in seen] == [("Chưa ai nhận", 1, False)]
    assert queue(office, "elsewhere").context["views"] == []


def test_nobody_forgets_the_view_of_another(office):
    office.browser("front_desk").post("/can-bo/bo-loc/", {"ten": "Gấp", "xem": "muc=tre-han"})
    view = SavedView.objects.get().pk
    office.browser("second_desk").post(f"/can-bo/bo-loc/{view}/bo/")
    assert SavedView.objects.exists()
    office.browser("front_desk").post(f"/can-bo/bo-loc/{view}/bo/")
    assert not SavedView.objects.exists()


def test_the_queue_costs_the_same_queries_with_many_rows_views_and_holders(office):
    browser = office.browser("front_desk")
    office.filed()
    browser.get("/can-bo/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/can-bo/")
    claimed(office, *[office.filed() for _ in range(4)])
    for name in ("a", "b", "c"):
        browser.post("/can-bo/bo-loc/", {"ten": name, "xem": "muc=tre-han"})
    with CaptureQueriesContext(connection) as many:
        browser.get("/can-bo/")
    assert len(many) == len(few)


# --- one act on many rows ---


def tick(*rows):
    works = Work.objects.exclude(role="").filter(dossier__in=rows).select_related("dossier")
    return [f"{work.pk}~{work.dossier.code}" for work in works.order_by("pk")]


def batch(office, name, doing, ticked, **more):
    told = {"viec": doing, "chon": ticked, "key": str(uuid.uuid4()), "chac": "1", **more}
    return office.browser(name).post("/can-bo/hang-loat/", told)


def outcomes(answer):
    return {one.code: one.kind for one in answer.context["answers"]}


def test_many_are_received_at_once_and_what_cannot_be_says_why(office):
    first, second, held = office.filed(), office.filed(), office.filed()
    claimed(office, held, name="second_desk")
    answer = batch(office, "front_desk", "tiep-nhan", tick(first, second, held))
    assert outcomes(answer) == {first.code: "done", second.code: "done", held.code: "action"}
    assert "Lê Thị Cúc đang giữ việc này" in answer.content.decode()
    assert Dossier.objects.filter(received_at__isnull=False).count() == 2


def test_the_same_batch_sent_again_does_nothing_twice_and_answers_the_same(office):
    rows = office.filed(), office.filed()
    ticked, key = tick(*rows), str(uuid.uuid4())
    first = batch(office, "front_desk", "tiep-nhan", ticked, key=key)
    again = batch(office, "front_desk", "tiep-nhan", ticked, key=key)
    assert outcomes(first) == outcomes(again) == dict.fromkeys((row.code for row in rows), "done")
    assert [office.kinds(row).count("Received") for row in rows] == [1, 1]


def test_what_cannot_be_taken_back_is_asked_once_more(office):
    row = office.filed()
    answer = batch(office, "front_desk", "tiep-nhan", tick(row), chac="")
    assert "desk/queues/sure.html" in [template.name for template in answer.templates]
    assert office.now(row).clock.received_at is None


def test_a_button_for_rows_without_a_row_says_what_is_missing(office):
    answer = batch(office, "front_desk", "nhan", [], xem="muc=tre-han")
    page = office.browser("front_desk").get(answer["Location"])
    assert "Chưa đánh dấu hồ sơ nào." in page.content.decode()
    assert "muc=tre-han" in answer["Location"]


def test_a_leader_signs_many_at_once(office):
    rows = office.to_sign(), office.to_sign()
    answer = batch(office, "leader", "xong-buoc", tick(*rows))
    assert outcomes(answer) == dict.fromkeys((row.code for row in rows), "done")


def test_a_step_that_asks_for_something_is_left_for_its_own_page(office):
    row = office.born()
    handing_over.cash_taken(
        code=row.code, post=office.post("front_desk"), fee="fee", key=uuid.uuid4().hex, at=now()
    )
    office.catch_up(row.code)
    answer = batch(office, "police", "xong-buoc", tick(row))
    assert "phải làm riêng từng hồ sơ" in answer.content.decode()


def test_a_row_that_is_none_of_ones_business_is_as_one_that_is_gone(office):
    row = office.filed()
    answer = batch(office, "elsewhere", "nhan", tick(row))
    assert "không còn chờ nữa" in answer.content.decode()
    assert not Handover.objects.exists()


def test_a_batch_is_given_to_a_colleague_of_the_same_post(office):
    rows = office.filed(), office.filed()
    to = str(office.officials["second_desk"].pk)
    batch(office, "front_desk", "giao", tick(*rows), ai=to)
    assert set(Work.objects.values_list("official__full_name", flat=True)) == {"Lê Thị Cúc"}


# --- finding ---


def found(office, name, typed):
    return [
        row.code
        for row in looking.search(posts=posts_handling(office.officials[name], now()), text=typed)
    ]


@pytest.mark.parametrize(
    "typed",
    ["+84 912.345.001", "0912345", "an minh tran", "TRẦN MI", "minh 0912 345 001", "nguyen"],
)
def test_words_in_any_order_and_phones_in_any_writing_find(office, typed):
    row = office.filed()
    assert found(office, "front_desk", typed) == [row.code]


def test_the_end_of_a_code_finds_with_or_without_its_dash(office):
    row = office.filed()
    day, number = row.code.rsplit("-", 2)[-2:]
    for typed in (f"{day}-{number}", f"{day}{number}", row.code.lower(), row.code[:12]):
        assert found(office, "front_desk", typed) == [row.code]


def test_a_personal_number_finds_though_no_column_holds_it(office):
    row = office.filed()
    from motcua.dossiers.operations import Called, change_content

    answers = {"child.full_name": "Trần Minh An", "parents": [{"p.number": "030196004321"}]}
    called = Called("Trần Minh An", "Nguyễn Thị Mai")
    change_content(row=Dossier.objects.get(pk=row.pk), answers=answers, called=called, at=now())
    assert found(office, "front_desk", "0301 9600 4321") == [row.code]
    assert found(office, "front_desk", "030196004322") == []
    assert "030196004321" not in Dossier.objects.get(pk=row.pk).terms


def test_a_receipts_number_finds_the_dossier_in_its_own_office(office):
    row = office.born()
    handing_over.cash_taken(
        code=row.code, post=office.post("front_desk"), fee="fee", key=uuid.uuid4().hex, at=now()
    )
    number = Receipt.objects.get().full_number
    assert found(office, "front_desk", number) == [row.code]
    assert found(office, "elsewhere", number) == []
