"""“Tài khoản của tôi”, through the pages: ways in joined and changed, devices signed out, what was shared."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from motcua.identity import links, sign_ins
from motcua.identity.models import Account, Link, Person, SignIn
from motcua.identity.operations import open_phone_account
from motcua.identity.queries import phone_account
from motcua.identity.rules.people import PersonDetails
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from motcua.toolkit.wiring import adapter
from tests.fake_vneid import HOA, FakeVneid
from tests.journeys.test_sign_in_by_phone import sent_code, words
from tests.rooms.test_identity_accounts import COMPANY
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
NUMBER = "/tai-khoan/so-dien-thoai/"
HERS = "+84912000123"


@pytest.fixture
def vneid(settings):
    settings.IDENTITY_PROVIDER = "tests.fake_vneid.FakeVneid"
    provider = adapter("IDENTITY_PROVIDER")
    provider.__dict__.update(FakeVneid().__dict__)
    return provider


def by_vneid(client, vneid, person=HOA, **asked):
    left = client.post("/dang-nhap/vneid/", asked)
    state = parse_qs(urlsplit(left["Location"]).query)["state"][0]
    return client.get("/dang-nhap/vneid/tro-ve", vneid.agree(state, person))


def takes_number(client, number="0912 000 123"):
    client.post(NUMBER, {"phone": number})
    return client.post(f"{NUMBER}ma/", {"code": sent_code()})


def page(client):
    return words(client.get("/tai-khoan/"))


def some_time_ago(**ago):
    SignIn.objects.update(began_at=now() - timedelta(**ago))


def test_she_adds_a_number_and_comes_in_by_it(client):
    as_citizen(client)
    assert takes_number(client)["Location"] == "/tai-khoan/?xong=so"
    assert phone_account(HERS).person.full_name == HOA.full_name


def test_the_old_number_is_told_that_a_new_one_took_its_place(client):
    as_citizen(client)
    takes_number(client)
    told = Notice.objects.get(template="number_replaced", road="sms")
    assert (told.to, "123" in told.body) == (HOA.phone, True)


def test_an_account_of_her_own_number_comes_along_and_both_sides_are_told(client):
    details = PersonDetails(full_name=HOA.full_name, birth_date="1994", email="cu@vi-du.vn")
    open_phone_account(phone=HERS, details=details, at=now())
    as_citizen(client)
    takes_number(client)
    assert Link.objects.count() == 1
    told = Notice.objects.filter(template="way_joined").values_list("to", flat=True)
    assert set(told) == {HERS, HOA.phone, "cu@vi-du.vn", HOA.email}


def test_the_number_of_somebody_else_is_refused_in_plain_words(client):
    as_phone_holder(Client(), phone=HERS)
    as_citizen(client)
    answer = takes_number(client)
    assert answer.status_code == 409
    assert "tài khoản của một người khác" in words(answer)


def test_a_wrong_code_takes_no_number(client):
    as_citizen(client)
    client.post(NUMBER, {"phone": "0912 000 123"})
    wrong = f"{(int(sent_code()) + 1) % 1000000:06}"
    assert client.post(f"{NUMBER}ma/", {"code": wrong}).status_code == 422
    assert phone_account(HERS) is None


def test_asking_for_the_same_number_again_keeps_its_code_good(client):
    as_citizen(client)
    client.post(NUMBER, {"phone": "0912 000 123"})
    again = client.post(NUMBER, {"phone": "0912 000 123"})
    assert f'action="{NUMBER}ma/"' in words(again)
    client.post(f"{NUMBER}ma/", {"code": sent_code()})
    assert phone_account(HERS)


def test_signed_in_long_ago_she_proves_herself_anew_and_comes_back_there(client, vneid):
    as_citizen(client)
    some_time_ago(minutes=11)
    asked = client.get(NUMBER)["Location"]
    assert "lai=1" in asked
    assert "đổi số điện thoại đăng nhập" in words(client.get(asked))
    assert by_vneid(client, vneid, next=NUMBER, level="1")["Location"] == NUMBER
    assert client.get(NUMBER).status_code == 200


def test_a_phone_is_joined_to_vneid_by_its_holder(client, vneid):
    as_phone_holder(client, name=HOA.full_name, phone=HERS)
    Person.objects.update(birth_date="1994")
    by_vneid(client, vneid, join="1", next="/tai-khoan/?xong=noi")
    assert "Gỡ được đến hết ngày" in page(client)
    assert Link.objects.get().account.kind == Account.Kind.PHONE


def test_whoever_is_somebody_else_by_vneid_joins_nothing(client, vneid):
    as_phone_holder(client)
    answer = by_vneid(client, vneid, join="1")
    assert answer.status_code == 409
    assert "trước đây của người khác" in words(answer)
    assert not Link.objects.exists()


def test_vneid_alone_never_joins_a_number_that_merely_claims_her(client, vneid):
    told = PersonDetails(
        full_name=HOA.full_name, birth_date="1994-05-02", personal_number=HOA.personal_number
    )
    open_phone_account(phone=HERS, details=told, at=now())
    by_vneid(client, vneid, join="1")
    assert not Link.objects.exists()


def test_a_link_is_undone_by_one_press_and_both_sides_are_told(client):
    details = PersonDetails(full_name=HOA.full_name, birth_date="1994")
    phone, _ = open_phone_account(phone=HERS, details=details, at=now())
    mine = as_citizen(client)
    link = links.join(account_id=phone.pk, person_id=mine.person_id, at=now())
    assert client.post(f"/tai-khoan/noi/{link.pk}/go/")["Location"] == "/tai-khoan/?xong=go"
    assert phone_account(HERS).person_id != mine.person_id
    assert Notice.objects.filter(template="way_parted", road="sms").count() == 2


def test_a_lost_device_is_signed_out_from_here(client):
    as_citizen(client)
    lost = Client()
    as_citizen(lost)
    other = SignIn.objects.latest("pk").pk
    client.post(f"/tai-khoan/thiet-bi/{other}/thoat/")
    assert lost.get("/tai-khoan/").status_code == 302
    assert "Đã thoát" in page(client)


def test_every_other_device_is_signed_out_and_this_one_stays(client):
    others = [Client(), Client()]
    for browser in (*others, client):
        as_citizen(browser)
    client.post("/tai-khoan/thiet-bi/thoat-khac/")
    assert [browser.get("/tai-khoan/").status_code for browser in others] == [302, 302]
    assert "Điện thoại Android" in page(client)


def test_whoever_signs_out_is_out_in_the_list_too(client):
    account = as_citizen(client)
    client.post("/dang-xuat/")
    assert sign_ins.sign_ins_of(account.person_id)[0].ended_at is not None


def test_the_account_page_costs_the_same_with_twenty_sign_ins(client, django_assert_num_queries):
    account = as_citizen(client)
    for _ in range(20):
        sign_ins.begin(account_id=account.pk, level=1, device="", at=now())
    client.get("/tai-khoan/")
    with django_assert_num_queries(7):
        client.get("/tai-khoan/")


def test_by_phone_alone_what_vneid_said_stays_hidden(client):
    mine = as_citizen(Client())
    links.take_number(phone=HERS, person_id=mine.person_id, opens=True, at=now())
    as_phone_holder(client, phone=HERS)
    assert "030 194 000 001" not in page(client)
    assert "chỉ hiện khi quý vị đăng nhập bằng VNeID" in page(client)


def test_where_portal_accounts_are_closed_a_phone_is_out_at_once(client, settings):
    as_phone_holder(client)
    settings.PORTAL_ACCOUNTS = False
    assert client.get("/tai-khoan/")["Location"].startswith("/dang-nhap/")


def test_where_portal_accounts_are_closed_an_old_numbers_dossiers_still_come_along(
    client, settings
):
    details = PersonDetails(full_name=HOA.full_name, birth_date="1994")
    phone, _ = open_phone_account(phone=HERS, details=details, at=now())
    settings.PORTAL_ACCOUNTS = False
    mine = as_citizen(client)
    takes_number(client)
    assert Account.objects.get(pk=phone.pk).person_id == mine.person_id


def test_without_a_way_in_the_page_says_what_to_do(client):
    told = words(client.get("/dang-nhap/khong-vao-duoc/"))
    assert "Mất điện thoại hoặc đổi số" in told
    assert "cơ quan công an" in told


def fell_silent(phone, days=61):
    account = as_phone_holder(Client(), phone=phone)
    Account.objects.update(last_sign_in=now() - timedelta(days=days))
    return account


def proves_phone(client):
    client.post("/dang-nhap/dien-thoai/", {"phone": "0987 654 321", "next": "/ho-so/1"})
    return client.post("/dang-nhap/ma/", {"code": sent_code()})


def test_after_sixty_silent_days_the_code_alone_opens_nobody(client):
    fell_silent("+84987654321")
    assert proves_phone(client)["Location"] == "/dang-nhap/chu-so/"
    assert client.get("/tai-khoan/").status_code == 302


def test_its_person_says_the_birth_date_and_is_in(client):
    fell_silent("+84987654321")
    proves_phone(client)
    answer = client.post("/dang-nhap/chu-so/", {"birth_date__year": "1960"})
    assert answer["Location"] == "/ho-so/1"
    assert "Lê Văn Bình" in page(client)


def test_three_birth_dates_a_day_and_no_more(client):
    fell_silent("+84987654321")
    proves_phone(client)
    tried = [
        client.post("/dang-nhap/chu-so/", {"birth_date__year": str(year)}).status_code
        for year in (1961, 1962, 1963, 1960)
    ]
    assert tried == [422, 422, 422, 429]


def test_the_new_holder_begins_anew_and_sees_nothing_of_the_former(client):
    former = fell_silent("+84987654321")
    proves_phone(client)
    asked = client.post("/dang-nhap/chu-so/", {"_new": "1"})
    assert asked["Location"] == "/dang-ky-tai-khoan/thong-tin/"
    client.post(
        asked["Location"], {"full_name": "Đỗ Thị Mơ", "birth_date__year": "2001", "sex": "female"}
    )
    assert "Đỗ Thị Mơ" in page(client)
    assert phone_account("+84987654321").pk != former.pk


def test_from_the_account_one_comes_to_all_that_is_ones_own(client):
    as_phone_holder(client)
    shown = page(client)
    for path in ("/ho-so-cua-toi/", "/uy-quyen/", "/du-lieu/", "/tai-khoan/da-chia-se/"):
        assert f'href="{path}"' in shown
    assert 'class="back" href="/tai-khoan/"' in words(client.get("/uy-quyen/"))
    assert 'class="back" href="/tai-khoan/"' in words(client.get("/du-lieu/"))


def test_a_birth_date_is_shown_as_far_as_it_is_known_and_a_number_by_its_ends(client):
    as_phone_holder(client)
    shown = page(client)
    assert "__" not in shown
    assert "1960" in shown
    assert "098••••321" in shown


def test_other_devices_are_signed_out_only_where_there_are_any(client):
    as_phone_holder(client)
    assert "Đăng xuất mọi thiết bị khác" not in page(client)
    as_phone_holder(Client())
    assert "Đăng xuất mọi thiết bị khác" in page(client)


def test_an_officer_of_an_organisation_is_told_for_whom(client):
    as_citizen(client, replace(HOA, organisation=COMPANY))
    assert "Công ty Gốm Chu Đậu (Giám đốc)" in page(client)
