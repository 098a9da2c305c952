"""Calls back and opinions between citizens and their office; the list of the village team."""

import re

import pytest
from django.test import Client

from motcua.agencies.models import Agency
from motcua.help.models import Call, Member, Opinion
from motcua.kernel.working_time import Calendar
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from tests.cast import LAN, MAI
from tests.journeys.desk_pages import words

pytestmark = pytest.mark.django_db
HERE = "H24.239"
ASK = f"/goi-lai/{HERE}/"


@pytest.fixture
def asked(office, monkeypatch):
    """A call that somebody has asked for; every day is worked, whenever the test runs."""
    monkeypatch.setattr(Calendar, "is_working", lambda _calendar, _day: True)
    shown = words(Client().get(f"{ASK}?ve=thu"))
    assert "Sớm nhất, chúng tôi gọi trong khoảng" in shown
    start = re.search(r'value="(20[^"]+)"', shown).group(1)
    wish = {
        "phone": MAI.phone,
        "topic": "fill",
        "start": start,
        "ve": "lien-thong-thu",
        "_key": "k1",
    }
    Client().post(ASK, wish)
    Client().post(ASK, wish)
    return Call.objects.get()


def test_a_call_is_promised_and_told_with_the_way_to_cancel_it(asked):
    told = Notice.objects.get(template="call_booked")
    assert f"/cuoc-goi/{asked.token}/" in told.body
    assert asked.about == "lien-thong-thu"
    page = f"/cuoc-goi/{asked.token}/"
    Client().post(page)
    assert "Yêu cầu gọi lại đã hủy" in words(Client().get(page))


def test_without_a_readable_phone_the_page_says_so(office):
    answer = Client().post(ASK, {"phone": "12", "topic": "fill"})
    assert answer.status_code == 400
    assert not Call.objects.exists()


def test_the_desk_sees_the_call_and_notes_how_it_went(asked, office):
    desk = office.browser("front_desk")
    assert MAI.phone not in words(desk.get("/can-bo/goi-lai/"))
    path = f"/can-bo/goi-lai/{asked.pk}/"
    assert "tel:" in words(desk.get(path))
    assert desk.post(path, {"_key": "t"}).status_code == 400
    long = {"_key": "t", "outcome": "reached", "note": "Đã gọi. " * 40}
    assert "nhiều nhất 300 ký tự" in words(desk.post(path, long))
    desk.post(path, {"_key": "t1", "outcome": "reached", "note": "Đã hướng dẫn."})
    asked.refresh_from_db()
    assert asked.state == "reached"
    assert "gặp được 1; 100 % được gọi đúng giờ" in words(desk.get("/can-bo/goi-lai/"))


def test_many_calls_cost_no_more_questions(asked, office, django_assert_max_num_queries):
    for n in range(20):
        Call.objects.create(
            agency=asked.agency, phone=f"+8491100{n:04}", topic="fill", starts_at=asked.starts_at,
            until=asked.until, place=1 + n % 4, token=f"t{n}", act_key=f"a{n}", made_at=now(),
            state="cancelled", ended_at=now(),
        )  # fmt: skip
    Call.objects.filter(token__in=["t0", "t1", "t2"]).exclude(place=asked.place).update(
        state="waiting", ended_at=None
    )
    desk = office.browser("front_desk")
    with django_assert_max_num_queries(9):
        desk.get("/can-bo/goi-lai/")


@pytest.fixture
def low(office):
    """An opinion that asks for an answer."""
    return Opinion.objects.create(
        kind="ending", subject="H24.239-1", agency=Agency.objects.get(code=HERE),
        procedure=office.linked.procedure.code, mark=1, words="Phải đi ba lần.", given_at=now(),
        changed_at=now(),
    )  # fmt: skip


def test_the_leader_answers_a_low_opinion_once(low, office):
    leader, path = office.browser("leader"), f"/can-bo/y-kien/{low.pk}/"
    assert "Phải đi ba lần." in words(leader.get("/can-bo/y-kien/"))
    assert leader.post(path, {"words": " "}).status_code == 400
    leader.post(path, {"words": "Xin lỗi quý vị."})
    leader.post(path, {"words": "Lời khác."})
    low.refresh_from_db()
    assert low.reply == "Xin lỗi quý vị."


def test_the_front_desk_reads_opinions_and_answers_none(low, office):
    desk = office.browser("front_desk")
    assert desk.get("/can-bo/y-kien/").status_code == 200
    assert desk.get(f"/can-bo/y-kien/{low.pk}/").status_code == 403


def test_the_administrator_lists_the_village_team(office):
    admin, path = office.browser("administrator"), "/can-bo/to-cong-nghe-so/"
    until = words(admin.get(path)).split('name="until"')[1].split('value="')[1].split('"')[0]
    new = {"name": LAN.name, "phone": LAN.phone, "unit": "Thôn Phú Khê", "until": until}
    admin.post(path, new)
    assert admin.post(path, new).status_code == 400
    shown = words(admin.get(path))
    assert LAN.name in shown
    assert "0 hồ sơ" in shown
    office.browser("elsewhere").post(f"{path}{Member.objects.get().pk}/bo/")
    assert Member.objects.get().removed_at is None
    admin.post(f"{path}{Member.objects.get().pk}/bo/")
    assert Member.objects.get().removed_at is not None


def test_every_page_offers_a_call(office):
    assert 'href="/goi-lai/"' in words(Client().get("/dich-vu/lien-thong-thu/"))
    assert 'href="/goi-lai/"' in words(Client().get("/khong-co-trang-nay/"))
