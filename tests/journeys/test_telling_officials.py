"""Officials are told that something waits: once, by what they gave, without what it is about."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.agencies import contacts
from motcua.dossiers.models import Dossier
from motcua.journeys import escalating
from motcua.journeys.telling_officials import tell_all
from motcua.notices.models import Notice
from motcua.privacy.models import Request
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import words
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db
WORDS = "Chị Cúc đưa nhầm số của tôi."


def reached(office, name, phone="0912 345 777", email=""):
    contacts.keep(official=office.post(name).official, phone=phone, email=email, at=now())


def told():
    return Notice.objects.filter(template="desk_waiting").order_by("pk")


@pytest.fixture
def asked(office):
    """Mai's request about her data."""
    client = Client()
    account = as_citizen(client)
    row = office.received()
    Dossier.objects.filter(pk=row.pk).update(account=account)
    said = {"kind": "correction", "about": row.code, "words": WORDS, "_key": "k"}
    client.post("/du-lieu/yeu-cau/", said)
    return Request.objects.get()


def test_a_request_is_told_once_to_who_may_answer_and_gave_a_road(office, asked):
    reached(office, "front_desk", email="hoa@xa.vn")
    reached(office, "elsewhere", phone="0912 345 778")
    assert [tell_all(at=now()) for _ in range(3)] == [2, 0, 0]
    assert {notice.road for notice in told()} == {"sms", "email"}
    assert f"{asked.due_at.astimezone().year}" in told()[0].body


def test_the_message_holds_nothing_of_what_was_asked_nor_by_whom(office, asked):
    reached(office, "leader", email="nga@xa.vn")
    tell_all(at=now())
    said = " ".join(notice.title + notice.body for notice in told())
    assert asked.number in said
    assert not any(word in said for word in (WORDS, asked.name, asked.subject))


def test_many_requests_of_an_office_are_looked_over_in_as_few_queries_as_one(office, asked):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            tell_all(at=now())
        return len(seen)

    alone = cost()
    for key in ("second", "third"):
        asked.pk, asked.act_key = uuid4(), key
        asked.save(force_insert=True)
    assert cost() == alone


def test_whoever_takes_over_the_post_hears_of_what_is_still_open_and_of_nothing_answered(
    office, asked
):
    Request.objects.update(due_at=now() + timedelta(days=1))
    assert tell_all(at=now()) == 0
    reached(office, "second_desk")
    assert tell_all(at=now()) == 1
    Request.objects.update(
        outcome="granted",
        answer="Đã sửa.",
        answered_at=now(),
        answered_by=office.post("leader").official,
    )
    reached(office, "front_desk", phone="0912 345 779")
    assert tell_all(at=now()) == 0


def test_the_leader_is_told_again_when_it_is_nearly_due(office, asked):
    reached(office, "leader")
    tell_all(at=now())
    late = asked.due_at - timedelta(minutes=1)
    escalating.escalate_due(at=late)
    assert tell_all(at=late) == 1
    assert "sắp hết hạn" in told().last().body


def test_an_official_gives_and_takes_back_where_they_are_told(office):
    desk = office.browser("front_desk")
    page = "/can-bo/tai-khoan/nhan-tin/"
    assert desk.post(page, {"phone": "12", "email": ""}).status_code == 400
    assert desk.post(page, {"phone": "0912 345 777", "email": ""}).status_code == 302
    shown = words(desk.get("/can-bo/tai-khoan/"))
    assert "0912 345 777" not in shown
    assert "777" in shown
    desk.post(page, {"phone": "", "email": ""})
    assert contacts.of(office.post("front_desk").official)["phone"] == ""
