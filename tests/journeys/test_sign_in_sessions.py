"""How long a sign-in lasts, and who is let in where."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from motcua.portal.signing_in.session import citizen_of, the_citizen, turned_away
from motcua.toolkit.clock import now
from tests.fake_vneid import HOA
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
Store = import_module(django_settings.SESSION_ENGINE).SessionStore


def session_of(client):
    return Store(client.cookies["motcua"].value)


def away_for(client, *, seen=0, since=0):
    session, at = session_of(client), now()
    kept = session["citizen"]
    session["citizen"] = {
        **kept,
        "seen": (at - timedelta(minutes=seen)).isoformat(),
        "since": (at - timedelta(minutes=max(since, seen))).isoformat(),
    }
    session.save()


def is_in(client):
    return client.get("/tai-khoan/").status_code == 200


def test_half_an_hour_without_a_request_ends_it_with_a_word(client):
    as_citizen(client)
    away_for(client, seen=31)
    answer = client.get("/tai-khoan/", follow=True)
    assert "đăng xuất sau 30 phút" in answer.content.decode()


def test_every_visit_starts_the_half_hour_anew(client):
    as_citizen(client)
    away_for(client, seen=20)
    assert is_in(client)
    away_for_more = now() - timedelta(minutes=2)
    assert session_of(client)["citizen"]["seen"] > away_for_more.isoformat()


def test_a_day_ends_it_however_busy_she_was(client):
    as_citizen(client)
    away_for(client, since=24 * 60 - 1)
    assert is_in(client)
    away_for(client, since=24 * 60 + 1)
    assert not is_in(client)


def test_looking_how_long_it_lasts_does_not_prolong_it(client):
    as_citizen(client)
    away_for(client, seen=28)
    assert 115 <= client.get("/dang-nhap/con-lai/").json()["left"] <= 120
    assert client.get("/dang-nhap/con-lai/").json()["left"] <= 120


def test_one_press_before_the_end_gives_the_whole_half_hour_anew(client):
    as_citizen(client)
    away_for(client, seen=28)
    assert client.post("/dang-nhap/con-lai/").json()["left"] >= 29 * 60 + 55


def test_who_is_out_is_not_brought_in_by_it(client):
    as_citizen(client)
    away_for(client, seen=31)
    assert client.post("/dang-nhap/con-lai/").json() == {"left": 0}
    assert not is_in(client)


def test_a_page_says_until_when_also_without_scripts(client):
    as_citizen(client)
    page = client.get("/tai-khoan/").content.decode()
    assert re.search(r"quý vị được đăng xuất lúc \d\d:\d\d", page)
    assert re.search(r'data-session="(1800|1799|1798)"', page)


def test_a_visitor_without_a_session_is_not_told_of_an_ended_one(client):
    answer = client.get("/tai-khoan/", follow=True)
    assert "Lần đăng nhập trước đã hết giờ" not in answer.content.decode()


def test_who_must_sign_in_comes_back_to_where_she_was(client):
    answer = client.get("/tai-khoan/?muc=1")
    assert answer["Location"] == "/dang-nhap/?next=%2Ftai-khoan%2F%3Fmuc%3D1"


def test_a_page_that_does_not_ask_who_she_is_costs_no_query(client, django_assert_num_queries):
    as_citizen(client)
    with django_assert_num_queries(0):
        client.get("/dang-nhap/vneid/")


def test_asking_twice_costs_one_look(client, django_assert_num_queries):
    as_citizen(client)
    request = RequestFactory().get("/")
    request.session = session_of(client)
    with django_assert_num_queries(2):
        assert citizen_of(request) == citizen_of(request)


def only_level_two(request):
    return turned_away(request, 2) or HttpResponse(the_citizen(request).full_name)


def ask_level_two(client, method="get", **headers):
    request = getattr(RequestFactory(), method)("/viec-muc-2", headers=headers)
    request.session = session_of(client)
    return only_level_two(request)


def test_a_person_of_level_two_may_do_what_needs_it(client):
    as_citizen(client)
    assert ask_level_two(client).content.decode() == HOA.full_name


def test_a_portal_account_is_asked_for_vneid(client):
    as_phone_holder(client)
    answer = ask_level_two(client)
    assert answer["Location"] == "/dang-nhap/?next=%2Fviec-muc-2&level=2"
    page = client.get(answer["Location"]).content.decode()
    assert "VNeID mức 2" in page
    assert "/dang-nhap/dien-thoai/" not in page


def test_a_form_sent_too_late_leads_back_to_its_own_page(client):
    as_phone_holder(client)
    answer = ask_level_two(client, "post", referer="http://testserver/to-khai/3?a=1#x")
    assert answer["Location"] == "/dang-nhap/?next=%2Fto-khai%2F3%3Fa%3D1&level=2"


def test_a_form_from_another_site_leads_nowhere_else(client):
    as_phone_holder(client)
    answer = ask_level_two(client, "post", referer="http://evil.example/to-khai")
    assert answer["Location"] == "/dang-nhap/?next=%2Fviec-muc-2&level=2"


def test_sign_in_pages_are_kept_by_no_cache(client):
    assert client.get("/dang-nhap/")["Cache-Control"] == "no-store"


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client):
    client.post("/dang-nhap/dien-thoai/", {"phone": "0987654321"})
    cookie = client.cookies["motcua"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "path",
    [
        "/dang-nhap/",
        "/dang-nhap/vneid/",
        "/dang-nhap/dien-thoai/",
        "/dang-ky-tai-khoan/",
        "/dang-ky-tai-khoan/cong-dan/",
        "/dang-ky-tai-khoan/thue-bao/",
        "/dang-xuat/",
    ],
)
def test_every_door_opens_for_a_stranger(path):
    assert Client().get(path).status_code == 200
