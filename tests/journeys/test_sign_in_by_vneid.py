"""A citizen comes in by VNeID, through the pages."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from motcua.identity.models import Account, Person
from motcua.identity.operations import account_of_proven
from motcua.toolkit.clock import now
from motcua.toolkit.wiring import adapter
from tests.fake_vneid import HOA, FakeVneid

pytestmark = pytest.mark.django_db
BACK = "/dang-nhap/vneid/tro-ve"


@pytest.fixture
def vneid(settings):
    settings.IDENTITY_PROVIDER = "tests.fake_vneid.FakeVneid"
    provider = adapter("IDENTITY_PROVIDER")
    provider.__dict__.update(FakeVneid().__dict__)
    return provider


def leave_for_vneid(client, **asked):
    answer = client.post("/dang-nhap/vneid/", asked)
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)["state"][0]


def sign_in(client, vneid, person=HOA, **asked):
    return client.get(BACK, vneid.agree(leave_for_vneid(client, **asked), person))


def name_shown(client):
    answer = client.get("/tai-khoan/")
    return answer.status_code == 200 and "Nguyễn Thị Hoa" in answer.content.decode()


def test_the_first_sign_in_shows_what_was_shared_and_leads_on(client, vneid):
    shared = client.get(sign_in(client, vneid, next="/tai-khoan/")["Location"])
    page = shared.content.decode()
    assert "030 194 000 001" in page
    assert 'href="/tai-khoan/"' in page


def test_the_second_sign_in_leads_straight_to_where_she_was(client, vneid):
    account_of_proven(proven=HOA, at=now())
    assert sign_in(client, vneid, next="/ho-so/1")["Location"] == "/ho-so/1"


def test_who_is_in_sees_her_account(client, vneid):
    sign_in(client, vneid)
    assert name_shown(client)


def test_the_session_key_changes_at_sign_in(client, vneid):
    leave_for_vneid(client)
    before = client.cookies["motcua"].value
    sign_in(client, vneid)
    assert client.cookies["motcua"].value != before


def test_she_may_refuse_and_is_told_the_other_way_in(client, vneid):
    answer = client.get(BACK, vneid.refuse(leave_for_vneid(client)))
    assert answer.status_code == 403
    assert "chọn cách đăng nhập khác" in answer.content.decode()
    assert not name_shown(client)


def test_a_silent_vneid_leads_to_the_other_way_in(client, vneid):
    vneid.down = True
    answer = client.post("/dang-nhap/vneid/")
    assert answer.status_code == 503
    assert "VNeID đang không trả lời" in answer.content.decode()
    assert 'href="/dang-nhap/"' in answer.content.decode()


def test_a_vneid_that_falls_silent_half_way_leads_on_too(client, vneid):
    back = vneid.agree(leave_for_vneid(client))
    vneid.down = True
    assert client.get(BACK, back).status_code == 503


def test_a_link_from_a_stranger_signs_nobody_in(client, vneid):
    answer = client.get(BACK, vneid.agree("state-of-somebody-else"))
    assert answer.status_code == 400
    assert not name_shown(client)


def test_a_return_works_once(client, vneid):
    back = vneid.agree(leave_for_vneid(client))
    client.get(BACK, back)
    client.cookies.clear()
    assert client.get(BACK, back).status_code == 400


def test_the_back_key_after_signing_in_does_no_harm(client, vneid):
    back = vneid.agree(leave_for_vneid(client))
    client.get(BACK, back)
    assert client.get(BACK, back)["Location"] == "/"
    assert name_shown(client)


def test_two_tabs_may_leave_and_the_first_still_comes_back(client, vneid):
    first = leave_for_vneid(client, next="/mot")
    leave_for_vneid(client, next="/hai")
    account_of_proven(proven=HOA, at=now())
    assert client.get(BACK, vneid.agree(first))["Location"] == "/mot"


def test_an_act_of_level_two_asks_vneid_for_level_two(client, vneid):
    leave_for_vneid(client, level="2")
    assert vneid.asked_level == 2


def test_a_level_too_low_says_where_to_raise_it(client, vneid):
    low = replace(HOA, level=1)
    answer = client.get(BACK, vneid.agree(leave_for_vneid(client, level="2"), low))
    assert answer.status_code == 403
    assert "cơ quan công an" in answer.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "javascript:x", "ho-so"]
)
def test_nobody_is_sent_to_another_site(client, vneid, path):
    account_of_proven(proven=HOA, at=now())
    assert sign_in(client, vneid, next=path)["Location"] == "/"


def test_another_person_on_the_same_phone_is_another_session(client, vneid):
    sign_in(client, vneid)
    binh = replace(
        HOA, subject="tech-binh", personal_number="030090000002", full_name="Lê Văn Bình"
    )
    sign_in(client, vneid, binh)
    assert not name_shown(client)
    assert Person.objects.count() == 2


def test_signing_out_needs_a_button_and_forgets_her(client, vneid):
    sign_in(client, vneid)
    client.get("/dang-xuat/")
    assert name_shown(client)
    client.post("/dang-xuat/")
    assert not name_shown(client)


def test_signing_out_everywhere_ends_the_other_device(client, vneid, client_b):
    sign_in(client, vneid)
    sign_in(client_b, vneid)
    client.post("/dang-xuat/", {"everywhere": "1"})
    assert not name_shown(client_b)


@pytest.fixture
def client_b():
    from django.test import Client

    return Client()
