"""Officials and their ways in: the first time, a locked desk, what wants a fresh factor, one's own keys and sign-ins."""

import base64
import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.agencies import administering, coming_in
from motcua.agencies.administering import By, Wanted
from motcua.agencies.models import Agency, Official, Passkey, Stay
from motcua.agencies.operations import appoint
from motcua.agencies.rules.refusals import WrongPassword
from motcua.agencies.rules.roles import Role
from motcua.agencies.rules.second_factor import code_at
from motcua.journeys import official_sign_in
from motcua.toolkit.clock import now
from motcua.toolkit.refusals import TooOften
from motcua.toolkit.session_store import SessionStore
from tests.journeys import ground
from tests.signing_in import as_official
from tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db
PASSWORD, COOKIE = "lua dong que sen", "motcua-can-bo"
ABSENCE = "/can-bo/vang-mat/"


@pytest.fixture
def hang(db):
    ground.lay()
    made = Official(
        username="hang", full_name="Vũ Thị Thu Hằng", totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    )
    made.password = coming_in.hashed(made, PASSWORD)
    made.save()
    commune = Agency.objects.get(code="H24.239")
    appoint(official=made, agency=commune, role=Role.FRONT_DESK, at=now())
    return made


@pytest.fixture
def desk(hang):
    client = Client()
    as_official(client, hang)
    return client


def code(official, steps=0):
    return code_at(official.totp_secret, now() + timedelta(seconds=30 * steps))


def words(answer):
    return answer.content.decode()


def change_session(client, **facts):
    session = SessionStore(client.cookies[COOKIE].value)
    session["official"] = {**session["official"], **facts}
    session.save()


def away(client, minutes):
    change_session(client, seen=(now() - timedelta(minutes=minutes)).isoformat())


def long_proven(client):
    change_session(client, proven=(now() - timedelta(minutes=11)).isoformat())


def question(client, what):
    told = json.loads(client.post(f"/can-bo/khoa-truy-cap/{what}/").content)
    padded = told["challenge"] + "=" * (-len(told["challenge"]) % 4)
    return base64.urlsafe_b64decode(padded)


# --- the first time ---


def invited():
    ground.lay()
    by = By(Agency.objects.get(code="H24.239"), None, "k", now())
    wanted = Wanted(Role.FRONT_DESK, date(2999, 1, 1), None)
    return administering.invite(by, username="hoa", full_name="Mai Hoa", wanted=wanted)[1]


def begins(client, invitation, password="bon con trau an co"):
    client.post("/can-bo/bat-dau/", {"username": "hoa", "code": invitation})
    return client.post("/can-bo/bat-dau/mat-khau/", {"password": password})


def offered(client):
    page = words(client.get("/can-bo/bat-dau/xac-thuc/"))
    return re.search(r'class="code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def test_invited_she_sets_a_password_and_an_app_and_gets_ten_codes(client):
    invitation = invited()
    begins(client, invitation)
    digits = code_at(offered(client), now())
    page = words(client.post("/can-bo/bat-dau/xac-thuc/", {"code": digits}))
    assert page.count("<code>") == 10
    assert client.get("/can-bo/").status_code == 200
    again = client.post("/can-bo/bat-dau/", {"username": "hoa", "code": invitation})
    assert again.status_code == 403


def test_a_passkey_is_enough_as_the_second_factor(client):
    invitation = invited()
    begins(client, invitation)
    key, asked = SoftKey(), question(client, "them")
    told = {"_passkey": key.makes(asked), "name": "Máy bàn"}
    assert words(client.post("/can-bo/bat-dau/xac-thuc/", told)).count("<code>") == 10
    other = Client()
    told = {"_passkey": key.signs(question(other, "vao"))}
    assert other.post("/can-bo/dang-nhap/", told)["Location"] == "/can-bo/"
    assert other.get("/can-bo/").status_code == 200


def test_a_password_without_a_second_factor_lets_nobody_in(client):
    invitation = invited()
    begins(client, invitation)
    other = Client()
    other.post("/can-bo/dang-nhap/", {"username": "hoa", "password": "bon con trau an co"})
    other.post("/can-bo/dang-nhap/ma/", {"code": "000000"})
    assert other.get("/can-bo/").status_code == 302
    assert client.get("/can-bo/").status_code == 302


def test_who_began_with_a_code_that_others_used_up_goes_no_further(client):
    """Somebody who read the code on the way, and waits with its page open, gets nothing after its owner."""
    invitation, thief = invited(), Client()
    begins(client, invitation)
    begins(thief, invitation, "mot mat khau khac han")
    thiefs = code_at(offered(thief), now())
    client.post("/can-bo/bat-dau/mat-khau/", {"password": "bon con trau an co"})
    client.post("/can-bo/bat-dau/xac-thuc/", {"code": code_at(offered(client), now())})
    for page, told in (
        ("mat-khau", {"password": "mot mat khau khac han"}),
        ("xac-thuc", {"code": thiefs}),
    ):
        assert thief.post(f"/can-bo/bat-dau/{page}/", told).status_code == 302
    assert thief.get("/can-bo/").status_code == 302
    assert coming_in.check_password(username="hoa", password="bon con trau an co", at=now())


def test_a_well_known_password_is_refused_with_a_word(client):
    invitation = invited()
    assert "dễ đoán" in words(begins(client, invitation, "matkhaumatkhau123"))


# --- the lock ---


def test_after_fifteen_minutes_the_desk_shows_the_lock_and_nothing_else(desk):
    away(desk, 16)
    answer = desk.get("/can-bo/")
    assert answer.status_code == 403
    assert "Màn hình đã khóa" in words(answer)
    assert "Hàng việc" not in words(answer)


def test_the_password_opens_it_and_leads_back(desk):
    away(desk, 16)
    told = {"_prove": "password", "_password": PASSWORD, "_next": ABSENCE}
    assert desk.post("/can-bo/khoa/", told)["Location"] == ABSENCE
    assert desk.get(ABSENCE).status_code == 200


def test_a_wrong_password_keeps_it_locked(desk):
    away(desk, 16)
    answer = desk.post("/can-bo/khoa/", {"_prove": "password", "_password": "sai sai sai sai"})
    assert answer.status_code == 403
    assert desk.get("/can-bo/").status_code == 403


def test_five_wrong_passwords_at_the_lock_are_enough_for_a_while(hang):
    at = now()
    for _ in range(5):
        with pytest.raises(WrongPassword):
            official_sign_in.password_again(official=hang, password="sai sai sai sai", at=at)
    with pytest.raises(TooOften):
        official_sign_in.password_again(official=hang, password=PASSWORD, at=at)


def test_a_known_password_at_the_lock_forgives_no_guess_at_the_second_factor(desk, hang):
    long_proven(desk)
    for _ in range(4):
        desk.post("/can-bo/xac-nhan-lai/", {"_prove": "code", "_code": "000000"})
    desk.post("/can-bo/khoa/", {"lock": "1"})
    opened = desk.post("/can-bo/khoa/", {"_prove": "password", "_password": PASSWORD})
    assert opened.status_code == 302
    fifth = desk.post("/can-bo/xac-nhan-lai/", {"_prove": "code", "_code": "000000"})
    assert fifth.status_code == 429


def test_what_was_typed_goes_on_by_the_press_that_opens_the_lock(desk):
    away(desk, 16)
    typed = {"ly-do": "Đi họp ở tỉnh", "vi-tri": "1", "tu": "2999-01-01"}
    page = desk.post(ABSENCE, typed)
    assert 'value="Đi họp ở tỉnh"' in words(page)
    onward = desk.post(ABSENCE, {**typed, "_prove": "password", "_password": PASSWORD})
    assert 'value="Đi họp ở tỉnh"' in words(onward)
    assert "Màn hình đã khóa" not in words(onward)


def test_twelve_hours_end_it_all(desk):
    change_session(desk, since=(now() - timedelta(hours=12, minutes=1)).isoformat())
    away(desk, 16)
    assert desk.get("/can-bo/")["Location"].startswith("/can-bo/dang-nhap/")


def test_a_page_that_asks_by_itself_keeps_no_desk_open(desk):
    away(desk, 14)
    desk.get("/can-bo/", headers={"x-part": "poll"})
    assert int(desk.get("/can-bo/khoa/", headers={"x-part": "lock"})["X-Left"]) <= 60
    desk.post("/can-bo/khoa/", headers={"x-part": "lock"})
    assert int(desk.get("/can-bo/khoa/", headers={"x-part": "lock"})["X-Left"]) > 800


def test_she_locks_it_herself(desk):
    desk.post("/can-bo/khoa/", {"lock": "1"})
    assert desk.get("/can-bo/").status_code == 403


# --- a fresh factor ---


def test_what_is_sensitive_wants_a_factor_of_the_last_ten_minutes(desk, hang):
    long_proven(desk)
    assert "Xác nhận lại" in words(desk.get("/can-bo/tai-khoan/mat-khau/"))
    told = {"_prove": "password", "_password": PASSWORD}
    assert desk.post("/can-bo/tai-khoan/ma-du-phong/", told).status_code == 403
    told = {"_prove": "code", "_code": code(hang)}
    assert words(desk.post("/can-bo/tai-khoan/ma-du-phong/", told)).count("<code>") == 10


def test_a_key_is_a_fresh_factor_and_answers_once(desk, hang):
    key, asked = SoftKey(), question(desk, "them")
    desk.post("/can-bo/tai-khoan/them-khoa/", {"_passkey": key.makes(asked), "name": "Máy"})
    long_proven(desk)
    told = {"_prove": "passkey", "_passkey": key.signs(question(desk, "lai")), "_next": ABSENCE}
    assert desk.post("/can-bo/xac-nhan-lai/", told)["Location"] == ABSENCE
    long_proven(desk)
    assert desk.post("/can-bo/xac-nhan-lai/", told).status_code == 403


# --- a trusted browser ---


def gives_password(client):
    return client.post("/can-bo/dang-nhap/", {"username": "hang", "password": PASSWORD})


def test_a_trusted_browser_spares_the_code_but_not_for_what_is_sensitive(client, hang):
    gives_password(client)
    client.post("/can-bo/dang-nhap/ma/", {"code": code(hang), "trust": "1"})
    client.post("/can-bo/dang-xuat/")
    assert gives_password(client)["Location"] == "/can-bo/"
    assert client.get("/can-bo/").status_code == 200
    assert "Xác nhận lại" in words(client.get("/can-bo/tai-khoan/mat-khau/"))


def test_a_new_password_ends_the_trust_and_other_sign_ins(client, hang, desk):
    gives_password(client)
    client.post("/can-bo/dang-nhap/ma/", {"code": code(hang), "trust": "1"})
    told = {"old": PASSWORD, "new": "bon con trau an co"}
    assert desk.post("/can-bo/tai-khoan/mat-khau/", told).status_code == 302
    assert desk.get("/can-bo/").status_code == 200
    assert client.get("/can-bo/").status_code == 302
    told = {"username": "hang", "password": told["new"]}
    assert client.post("/can-bo/dang-nhap/", told)["Location"] == "/can-bo/dang-nhap/ma/"


def test_where_trust_is_switched_off_no_browser_is_trusted(client, hang, settings):
    settings.TRUSTED_DEVICE_DAYS = 0
    gives_password(client)
    client.post("/can-bo/dang-nhap/ma/", {"code": code(hang), "trust": "1"})
    client.post("/can-bo/dang-xuat/")
    assert gives_password(client)["Location"] == "/can-bo/dang-nhap/ma/"


# --- one's own ---


def test_she_sees_where_she_is_in_and_ends_it_from_here(desk, hang):
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    gives_password(other)
    other.post("/can-bo/dang-nhap/ma/", {"code": code(hang)})
    assert "Firefox, Windows" in words(desk.get("/can-bo/tai-khoan/"))
    stay = Stay.objects.get(browser="Firefox, Windows")
    desk.post("/can-bo/tai-khoan/dang-xuat/", {"id": str(stay.pk)})
    assert other.get("/can-bo/").status_code == 302
    assert desk.get("/can-bo/").status_code == 200


def test_nobody_touches_a_colleagues_key(desk, hang):
    other = Official.objects.create(username="nhat", full_name="Nhật")
    key = Passkey.objects.create(
        official=other, credential=b"1", public_key=b"1", name="Nhật", made_at=now()
    )
    desk.post("/can-bo/tai-khoan/xoa-khoa/", {"id": str(key.pk)})
    assert Passkey.objects.get() == key


def test_a_code_on_paper_opens_when_the_telephone_is_lost(client, hang):
    paper = coming_in.new_recovery_codes(official=hang)[0]
    gives_password(client)
    assert client.post("/can-bo/dang-nhap/ma/?giay=1", {"code": paper})["Location"] == "/can-bo/"
