"""Requests about one's own data: from the citizen's form to the office's answer, and who is kept out."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from motcua.dossiers.models import Dossier, ReadLog
from motcua.journeys.escalating import escalate_due
from motcua.notices.models import Notice
from motcua.privacy import requests
from motcua.privacy.models import Hold, Request
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import words
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
GRANTED = {"outcome": "granted", "words": "Đã sửa số điện thoại."}
KEPT = {"outcome": "refused", "ground": "kept_by_law", "words": "Sổ hộ tịch phải lưu."}


@pytest.fixture
def mai(office):
    """A citizen with one dossier, and her browser."""
    client = Client()
    account = as_citizen(client)
    row = office.received()
    Dossier.objects.filter(pk=row.pk).update(account=account)
    client.row = row
    return client


def asked(browser, kind="correction", **more):
    told = {"kind": kind, "about": browser.row.code, "words": "Số điện thoại sai.", "_key": kind}
    return browser.post("/du-lieu/yeu-cau/", {**told, **more})


def answered(office, name="front_desk", **said):
    made = Request.objects.get()
    return office.browser(name).post(f"/can-bo/du-lieu/{made.pk}/", said or GRANTED)


def test_a_request_goes_to_the_office_that_keeps_the_dossier_with_its_clock(mai):
    assert asked(mai).status_code == 302
    made = Request.objects.get()
    assert (made.agency_id, made.subject) == (mai.row.agency_id, mai.row.code)
    assert now() < made.due_at < now() + timedelta(days=8)
    assert "Cơ quan trả lời trước" in words(mai.get(f"/du-lieu/yeu-cau/{made.pk}/"))


def test_sent_twice_it_is_one_request_and_one_message(mai):
    assert [asked(mai).status_code for _ in range(2)] == [302, 302]
    assert Request.objects.count() == 1
    assert Notice.objects.filter(template="data_request_asked", road="sms").count() == 1


def test_the_answer_is_read_by_whoever_asked_and_by_nobody_else(office, mai):
    asked(mai)
    assert answered(office).status_code == 302
    made = Request.objects.get()
    assert "Đã sửa số điện thoại." in words(mai.get(f"/du-lieu/yeu-cau/{made.pk}/"))
    stranger = Client()
    as_phone_holder(stranger)
    assert stranger.get(f"/du-lieu/yeu-cau/{made.pk}/").status_code == 404
    assert Notice.objects.filter(template="data_request_answered").exists()


def test_the_letter_is_there_once_there_is_an_answer(office, mai):
    asked(mai)
    made = Request.objects.get()
    assert mai.get(f"/du-lieu/yeu-cau/{made.pk}/thu-tra-loi.pdf").status_code == 404
    answered(office)
    letter = mai.get(f"/du-lieu/yeu-cau/{made.pk}/thu-tra-loi.pdf")
    assert letter["Content-Type"] == "application/pdf"


def test_another_office_neither_sees_nor_answers_it(office, mai):
    asked(mai)
    assert answered(office, "elsewhere").status_code == 404
    assert Request.objects.get().outcome == ""
    assert "DL-" not in words(office.browser("elsewhere").get("/can-bo/du-lieu/"))


def test_a_refusal_without_its_ground_is_sent_back_with_what_was_typed(office, mai):
    asked(mai)
    answer = answered(office, outcome="refused", words="Không xóa được.")
    assert answer.status_code == 400
    assert "Không xóa được." in words(answer)


def test_what_was_answered_is_never_changed(office, mai):
    asked(mai)
    answered(office)
    assert answered(office, **KEPT).status_code == 409
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Request.objects.update(outcome="refused", ground="kept_by_law")


def test_what_is_argued_about_is_held_until_it_is_refused(office, mai):
    asked(mai, "complaint")
    assert Hold.objects.get().ended_at is None
    answered(office, **KEPT)
    assert Hold.objects.get().ended_at is not None


def pressed_for_time(kind):
    Request.objects.filter(kind=kind).update(made_at=now() - timedelta(days=5), due_at=now())
    return Request.objects.get(kind=kind)


def test_the_most_pressing_stands_first(mai):
    asked(mai)
    asked(mai, "erasure")
    late = pressed_for_time("erasure")
    assert requests.waiting([late.agency_id])[0].pk == late.pk


def test_what_is_nearly_due_stands_once_at_the_head_of_the_leaders_desk(office, mai):
    asked(mai)
    pressed_for_time("correction")
    assert [escalate_due(at=now()) for _ in range(2)] == [1, 0]
    told = "1 yêu cầu về dữ liệu cá nhân hết hạn trả lời"
    assert told in words(office.browser("leader").get("/can-bo/"))
    assert told not in words(office.browser("front_desk").get("/can-bo/"))
    answered(office)
    assert told not in words(office.browser("leader").get("/can-bo/"))


def test_a_dossier_opened_from_the_request_stands_in_the_log_as_that(office, mai):
    asked(mai)
    browser = office.browser("front_desk")
    page = f"/can-bo/ho-so/{mai.row.code}/"
    asking = f"{page}?yeu-cau={Request.objects.get().pk}"
    assert asking in words(browser.get(f"/can-bo/du-lieu/{Request.objects.get().pk}/"))
    for opened in (asking, f"{page}?yeu-cau=x", page):
        browser.get(opened)
    purposes = (
        ReadLog.objects.filter(dossier=mai.row).order_by("pk").values_list("purpose", flat=True)
    )
    assert list(purposes) == ["request", "handling", "handling"]
    assert "mở để trả lời yêu cầu về dữ liệu cá nhân" in words(mai.get("/du-lieu/"))


def test_a_page_of_the_queue_goes_on_where_the_last_one_ended(mai, monkeypatch):
    monkeypatch.setattr(requests, "PAGE", 1)
    asked(mai)
    asked(mai, "erasure")
    first = requests.waiting([mai.row.agency_id])[0]
    second = requests.waiting([mai.row.agency_id], (first.due_at, first.pk))[0]
    assert first.pk != second.pk


@pytest.mark.parametrize("about", ["", "H24.239-260302-9999", "H24.284"])
def test_somebody_elses_dossier_or_office_is_not_asked_about(mai, about):
    assert asked(mai, about=about).status_code == 404
    assert not Request.objects.exists()


def test_a_request_lies_sealed(mai, django_db_blocker):
    from django.db import connection

    asked(mai)
    with connection.cursor() as cursor:
        cursor.execute("select words::text, name::text from privacy_request")
        stored = "".join(cursor.fetchone())
    assert "sai" not in stored
