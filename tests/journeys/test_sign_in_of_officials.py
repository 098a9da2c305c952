"""Officials come in by password and second factor, beside and apart from citizens."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from motcua.agencies.models import Official
from motcua.agencies.operations import create_official
from motcua.agencies.rules.second_factor import code_at
from motcua.desk.signing_in.session import desk_path, official_of, the_official, turned_away
from motcua.toolkit.clock import now
from motcua.toolkit.session_store import SessionStore
from tests.signing_in import as_citizen, as_official

pytestmark = pytest.mark.django_db
PASSWORD = "lua dong que sen"
COOKIE = "motcua-can-bo"


@pytest.fixture
def hang():
    return create_official(username="hang", full_name="Vũ Thị Thu Hằng", password=PASSWORD)


def give_password(client, password=PASSWORD, **more):
    asked = {"username": "hang", "password": password, **more}
    return client.post("/can-bo/dang-nhap/", asked)


def give_code(client, official, steps=0):
    at = now() + timedelta(seconds=30 * steps)
    return client.post("/can-bo/dang-nhap/ma/", {"code": code_at(official.totp_secret, at)})


def words(answer):
    return answer.content.decode()


def a_page_of_the_desk(request):
    return turned_away(request) or HttpResponse(the_official(request).full_name)


def open_desk(client, path="/can-bo/ho-so", method="get"):
    request = getattr(RequestFactory(), method)(path)
    cookie = client.cookies.get(COOKIE)
    request.session = SessionStore(cookie.value if cookie else None)
    return a_page_of_the_desk(request)


def test_password_and_second_factor_open_the_desk(client, hang):
    assert give_password(client)["Location"] == "/can-bo/dang-nhap/ma/"
    assert give_code(client, hang)["Location"] == "/can-bo/"
    assert words(open_desk(client)) == "Vũ Thị Thu Hằng"


def test_the_password_alone_opens_nothing(client, hang):
    give_password(client)
    assert open_desk(client).status_code == 302


def test_the_second_factor_alone_opens_nothing(client, hang):
    assert give_code(client, hang)["Location"] == "/can-bo/dang-nhap/"
    assert open_desk(client).status_code == 302


def test_a_wrong_password_says_what_to_do_and_not_which_part_is_wrong(client, hang):
    wrong = give_password(client, "sai sai sai sai")
    unknown = client.post("/can-bo/dang-nhap/", {"username": "ai", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 403
    text = "Tên đăng nhập hoặc mật khẩu chưa đúng"
    assert text in words(wrong)
    assert text in words(unknown)


def test_the_password_is_never_sent_back(client, hang):
    assert "sai sai sai sai" not in words(give_password(client, "sai sai sai sai"))


def test_a_wrong_code_asks_again(client, hang):
    give_password(client)
    answer = client.post("/can-bo/dang-nhap/ma/", {"code": "000000"})
    assert answer.status_code == 403
    give_code(client, hang)
    assert open_desk(client).status_code == 200


def test_a_code_opens_once(client, hang):
    give_password(client)
    give_code(client, hang)
    thief = Client()
    give_password(thief)
    assert "đã được dùng" in words(give_code(thief, hang))


def test_she_comes_back_to_the_page_she_wanted(client, hang):
    asked = open_desk(client, "/can-bo/ho-so/7?tab=1")["Location"]
    assert asked == "/can-bo/dang-nhap/?next=%2Fcan-bo%2Fho-so%2F7%3Ftab%3D1"
    give_password(client, next="/can-bo/ho-so/7?tab=1")
    assert give_code(client, hang)["Location"] == "/can-bo/ho-so/7?tab=1"


@pytest.mark.parametrize("told", ["https://evil.example/can-bo/", "//evil.example", "/ho-so", None])
def test_signing_in_leads_only_to_the_desk(told):
    assert desk_path(told) == "/can-bo/"


def test_a_dismissed_official_is_out_at_once(client, hang):
    as_official(client, hang)
    Official.objects.update(is_active=False)
    assert open_desk(client).status_code == 302


def test_the_half_way_is_five_minutes_long(client, hang):
    give_password(client)
    session = SessionStore(client.cookies[COOKIE].value)
    kept = session["official-half-way"]
    session["official-half-way"] = {**kept, "at": (now() - timedelta(minutes=6)).isoformat()}
    session.save()
    assert give_code(client, hang)["Location"] == "/can-bo/dang-nhap/"


def test_the_officials_cookie_is_seen_under_their_own_path_only(client, hang):
    answer = give_password(client)
    assert answer.cookies[COOKIE]["path"] == "/can-bo/"
    assert answer.cookies[COOKIE]["httponly"]
    assert "motcua" not in answer.cookies


def test_a_citizen_is_no_official(client):
    as_citizen(client)
    request = RequestFactory().get("/can-bo/")
    request.session = SessionStore(client.cookies["motcua"].value)
    assert official_of(request) is None


def test_an_official_who_signs_out_stays_signed_in_as_a_citizen(client, hang):
    as_citizen(client)
    as_official(client, hang)
    client.post("/can-bo/dang-xuat/")
    assert open_desk(client).status_code == 302
    assert client.get("/tai-khoan/").status_code == 200


def test_signing_out_needs_a_button(client, hang):
    as_official(client, hang)
    client.get("/can-bo/dang-xuat/")
    assert open_desk(client).status_code == 200


def test_a_form_sent_too_late_leads_to_the_desk(client):
    assert open_desk(client, "/can-bo/ho-so/7/nhan", "post")["Location"].endswith("%2Fcan-bo%2F")
