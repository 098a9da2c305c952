"""Who may follow a dossier, and what guessers learn: nothing."""

import re

import pytest
from django.test import Client

from motcua.identity.models import OneTimeCode
from motcua.journeys.tracking_address import check_of, tracking_path
from motcua.portal.following import access
from motcua.toolkit.jobs import run_due
from tests.journeys.followed import PHONE, filed
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db
UNKNOWN = "H24.284-260302-9999"


@pytest.fixture
def dossier(commune):
    return filed(commune)


def same_but_for_codes(answer, code):
    text = answer.content.decode().replace(code, "MÃ")
    return answer.status_code, re.sub(r'name="(csrfmiddlewaretoken|phieu)" value="[^"]+"', "", text)


def code_sent(world):
    run_due()
    texts = [letter.body for letter in world.sms.letters.values() if letter.to == PHONE]
    return re.search(r"\b(\d{6})\b", texts[-1])[1]


def asked(client, code):
    page = client.post("/theo-doi/", {"ma": code}).content.decode()
    return re.search(r'name="phieu" value="([^"]+)"', page)[1]


def test_whose_account_filed_it_may_follow(commune):
    owner, stranger = Client(), Client()
    mine = filed(commune, account=as_phone_holder(owner))
    as_phone_holder(stranger, phone="+84912000000", name="Lê Văn Lạ")
    assert owner.get(f"/theo-doi/{mine.code}/").status_code == 200
    assert stranger.get(f"/theo-doi/{mine.code}/").status_code == 404


def test_a_stranger_cannot_tell_a_foreign_code_from_one_that_never_was(dossier):
    stranger = Client()
    foreign = stranger.get(f"/theo-doi/{dossier.code}/")
    unknown = stranger.get(f"/theo-doi/{UNKNOWN}/")
    assert same_but_for_codes(foreign, dossier.code) == same_but_for_codes(unknown, UNKNOWN)


def test_a_signed_in_stranger_cannot_tell_them_apart_either(dossier, client):
    as_phone_holder(client)
    foreign = client.get(f"/theo-doi/{dossier.code}/")
    unknown = client.get(f"/theo-doi/{UNKNOWN}/")
    assert same_but_for_codes(foreign, dossier.code) == same_but_for_codes(unknown, UNKNOWN)


@pytest.mark.parametrize(
    "path",
    [
        "bien-nhan/{}/", "bien-nhan/{}.pdf", "theo-doi/{}/rut/", "ho-so/{}/bo-sung/quay/",
        "ho-so/{}/ban-du-thao/birth/", "ho-so/{}/ban-du-thao/birth/birth_paper.pdf",
        "ho-so/{}/thanh-toan/residence_fee/", "ho-so/{}/thanh-toan/residence_fee/bien-lai.pdf",
        "ho-so/{}/ket-qua/00000000-0000-4000-8000-000000000000",
    ],
)  # fmt: skip
def test_every_other_door_is_shut_to_strangers_alike(dossier, client, path):
    as_phone_holder(client)
    foreign, unknown = (client.get("/" + path.format(code)) for code in (dossier.code, UNKNOWN))
    assert foreign.status_code == unknown.status_code == 404
    assert same_but_for_codes(foreign, dossier.code) == same_but_for_codes(unknown, UNKNOWN)


def test_a_forged_or_old_cookie_opens_nothing(dossier, client):
    client.cookies[f"xem-{dossier.code}"] = f"{dossier.code}:1abcde:forged"
    assert client.get(f"/theo-doi/{dossier.code}/").status_code == 404


def test_the_cookie_of_one_dossier_does_not_open_another(dossier, commune, client):
    dossier.let_in(client)
    other = filed(commune)
    client.cookies[f"xem-{other.code}"] = client.cookies[f"xem-{dossier.code}"].value
    assert client.get(f"/theo-doi/{other.code}/").status_code == 404


def test_the_cookie_is_kept_from_scripts(dossier):
    from django.http import HttpResponse

    answer = HttpResponse()
    access.grant(answer, dossier.code)
    (cookie,) = answer.cookies.values()
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_asking_for_a_code_says_and_does_the_same_for_any_dossier(dossier, client):
    known = client.post("/theo-doi/", {"ma": dossier.code})
    unknown = client.post("/theo-doi/", {"ma": UNKNOWN})
    assert same_but_for_codes(known, dossier.code) == same_but_for_codes(unknown, UNKNOWN)


def test_asking_for_a_code_costs_the_same_queries_for_any_dossier(
    dossier, client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for code in (UNKNOWN, dossier.code, UNKNOWN):
        with CaptureQueriesContext(connection) as seen:
            client.post("/theo-doi/", {"ma": code})
        counts.append(len(seen))
    assert len(set(counts[1:])) == 1


def test_a_wrong_try_is_answered_the_same_for_any_dossier(dossier, client):
    answers = []
    for code in (dossier.code, UNKNOWN):
        ticket = asked(client, code)
        run_due()
        answer = client.post("/theo-doi/ma-xac-nhan/", {"phieu": ticket, "code": "000000"})
        answers.append(same_but_for_codes(answer, code))
    assert answers[0] == answers[1]


def test_the_code_goes_to_the_phone_of_the_dossier_and_opens_it(dossier, client, world):
    ticket = asked(client, dossier.code)
    answer = client.post(
        "/theo-doi/ma-xac-nhan/", {"phieu": ticket, "code": code_sent(world)}, follow=True
    )
    assert answer.redirect_chain == [(f"/theo-doi/{dossier.code}/", 302)]
    assert answer.status_code == 200


def test_the_code_of_another_browser_opens_nothing_here(dossier, client, world):
    asked(client, dossier.code)
    code = code_sent(world)
    OneTimeCode.objects.update(created_at="2026-01-01T00:00Z")
    other = Client()
    ticket = asked(other, dossier.code)
    answer = other.post("/theo-doi/ma-xac-nhan/", {"phieu": ticket, "code": code})
    assert answer.status_code == 422


def test_five_wrong_codes_use_a_code_up(dossier, client, world):
    ticket = asked(client, dossier.code)
    right = code_sent(world)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        client.post("/theo-doi/ma-xac-nhan/", {"phieu": ticket, "code": wrong})
    answer = client.post("/theo-doi/ma-xac-nhan/", {"phieu": ticket, "code": right})
    assert answer.status_code == 422


def test_asking_is_limited_by_address(commune, client):
    answers = [client.post("/theo-doi/", {"ma": UNKNOWN}).status_code for _ in range(31)]
    assert answers[-1] == 429


def test_a_code_that_is_none_is_explained(commune, client):
    answer = client.post("/theo-doi/", {"ma": "abc"})
    assert answer.status_code == 422
    assert "Mã hồ sơ chưa đúng" in answer.content.decode()


def test_on_a_shared_phone_the_right_can_be_given_back(dossier, client):
    dossier.let_in(client)
    assert client.get(f"/theo-doi/{dossier.code}/").status_code == 200
    client.post(f"/theo-doi/{dossier.code}/dong/")
    assert client.get(f"/theo-doi/{dossier.code}/").status_code == 404


def test_who_holds_the_receipt_sees_where_it_stands_and_no_names(dossier, client):
    page = client.get(tracking_path(dossier.code)).content.decode()
    assert "Mới đăng ký" in page
    assert "Trung tâm Phục vụ hành chính công xã Nam Thanh Miện" in page
    assert "Trần" not in page
    assert "Nguyễn Thị Mai" not in page


def test_a_wrong_check_is_answered_like_a_code_that_never_was(
    dossier, client, django_assert_num_queries
):
    other = "00000000" if check_of(dossier.code) != "00000000" else "11111111"
    with django_assert_num_queries(0):
        foreign = client.get(f"/theo-doi/{dossier.code}/{other}/")
        unknown = client.get(f"/theo-doi/{UNKNOWN}/{other}/")
    assert same_but_for_codes(foreign, dossier.code) == same_but_for_codes(unknown, UNKNOWN)


def test_the_page_of_a_receipt_is_new_as_soon_as_something_happened(dossier, client):
    first = client.get(tracking_path(dossier.code)).content.decode()
    dossier.received()
    second = client.get(tracking_path(dossier.code)).content.decode()
    assert ("Mới đăng ký" in first, "Đang xử lý" in second) == (True, True)


def test_the_state_is_told_in_english_too(dossier, client):
    path = tracking_path(dossier.code)
    vietnamese = client.get(path).content.decode()
    client.cookies["django_language"] = "en"
    english = client.get(path).content.decode()
    assert ('lang="vi"' in vietnamese, '<html lang="en"' in english) == (True, True)
    assert f"next={path}" in english


def test_the_state_costs_one_query(dossier, client, django_assert_max_num_queries):
    client.get(tracking_path(dossier.code))
    with django_assert_max_num_queries(1):
        assert client.get(tracking_path(dossier.code)).status_code == 200


def test_machines_read_the_state_as_json(dossier, client):
    dossier.received()
    told = client.get(tracking_path(dossier.code), headers={"Accept": "application/json"}).json()
    assert told["status"]["number"] == 4
    assert told["holders"] == ["Ủy ban nhân dân xã Nam Thanh Miện"]


def test_messages_carry_the_address_that_needs_no_sign_in(dossier, world):
    texts = [letter.body for letter in world.sms.letters.values()]
    assert any(tracking_path(dossier.code) in text for text in texts)
