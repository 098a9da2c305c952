"""A citizen comes in by the portal account of the broadcast, through the pages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.identity.models import Account, OneTimeCode, Person
from motcua.identity.operations import open_phone_account
from motcua.identity.rules.people import PersonDetails
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from motcua.toolkit.work import ANSWER, TICKET
from tests.rooms.test_toolkit_work import solved

pytestmark = pytest.mark.django_db
DETAILS = {
    "full_name": "Lê Văn Bình",
    "birth_date__day": "2",
    "birth_date__month": "9",
    "birth_date__year": "1990",
    "sex": "male",
    "personal_number": "",
    "email": "",
}
BINH = "0987 654 321"


def binh_has_an_account():
    told = PersonDetails(full_name="Lê Văn Bình", birth_date="1990", sex="male")
    return open_phone_account(phone="+84987654321", details=told, at=now())[0]


def sent_code():
    found = re.search(r"\b[0-9]{6}\b", Notice.objects.latest("pk").body)
    assert found
    return found[0]


def wrong_code():
    return f"{(int(sent_code()) + 1) % 1000000:06}"


def ask_for_code(client, number=BINH, **more):
    return client.post("/dang-nhap/dien-thoai/", {"phone": number, **more})


def type_code(client, code):
    return client.post("/dang-nhap/ma/", {"code": code})


def words(answer):
    return answer.content.decode()


def is_in(client):
    return client.get("/tai-khoan/").status_code == 200


def clock_goes(seconds):
    """Let time pass for the codes, by making them older."""
    for code in OneTimeCode.objects.all():
        code.created_at -= timedelta(seconds=seconds)
        code.expires_at -= timedelta(seconds=seconds)
        code.save()


def test_registering_goes_in_the_order_of_the_broadcast(client):
    assert "Công dân" in words(client.get("/dang-ky-tai-khoan/"))
    assert "Thuê bao di động" in words(client.get("/dang-ky-tai-khoan/cong-dan/"))
    number = client.post("/dang-ky-tai-khoan/thue-bao/", {"phone": BINH, "next": "/ho-so/1"})
    told = client.post(number["Location"], DETAILS)
    assert told["Location"] == "/dang-nhap/ma/"
    assert type_code(client, sent_code())["Location"] == "/ho-so/1"
    assert is_in(client)
    person = Person.objects.get()
    assert (person.full_name, person.birth_date, person.sex) == (
        "Lê Văn Bình",
        "1990-09-02",
        "male",
    )


def test_who_has_an_account_needs_number_and_code_only(client):
    account = binh_has_an_account()
    ask_for_code(client, next="/ho-so/1")
    assert type_code(client, sent_code())["Location"] == "/ho-so/1"
    assert is_in(client)
    assert Account.objects.get().pk == account.pk


def test_an_unknown_number_is_asked_who_it_is_only_after_the_code(client):
    ask_for_code(client)
    assert type_code(client, sent_code())["Location"] == "/dang-ky-tai-khoan/thong-tin/"
    assert client.post("/dang-ky-tai-khoan/thong-tin/", DETAILS)["Location"] == "/"
    assert is_in(client)


def test_known_and_unknown_numbers_see_the_same_pages(client):
    binh_has_an_account()
    seen = []
    for number in ("0987654321", "0987654322"):
        browser = Client()
        answer = ask_for_code(browser, number)
        page = words(browser.get(answer["Location"]))
        page = re.sub(r'value="[^"]{32,}"', "", page)
        seen.append((answer.status_code, answer["Location"], page.replace("322", "321")))
    assert seen[0] == seen[1]


def test_known_and_unknown_numbers_cost_the_same_work(client):
    binh_has_an_account()
    asked = []
    for number in ("0987654320", "0987654321", "0987654322"):
        with CaptureQueriesContext(connection) as seen:
            ask_for_code(Client(), number)
        asked.append([re.sub(r"\d+", "", query["sql"])[:60] for query in seen])
    assert asked[1] == asked[2]


def test_registering_a_known_number_changes_nothing_and_signs_in(client):
    binh_has_an_account()
    client.post("/dang-ky-tai-khoan/thue-bao/", {"phone": BINH})
    client.post("/dang-ky-tai-khoan/thong-tin/", {**DETAILS, "full_name": "Ai Đó"})
    type_code(client, sent_code())
    assert is_in(client)
    assert Person.objects.get().full_name == "Lê Văn Bình"


def test_the_code_may_be_typed_with_spaces(client):
    binh_has_an_account()
    ask_for_code(client)
    code = sent_code()
    type_code(client, f" {code[:3]} {code[3:]} ")
    assert is_in(client)


def test_a_wrong_code_says_how_many_tries_are_left(client):
    ask_for_code(client)
    answer = type_code(client, wrong_code())
    assert answer.status_code == 422
    assert "còn 4 lần" in words(answer)
    assert "Gửi lại mã" in words(answer)


def test_an_empty_code_costs_no_try(client):
    ask_for_code(client)
    assert type_code(client, " ").status_code == 422
    assert OneTimeCode.objects.get().tries == 0


def test_a_late_code_offers_a_new_one_that_works(client):
    binh_has_an_account()
    ask_for_code(client)
    clock_goes(301)
    answer = type_code(client, sent_code())
    assert "không còn hiệu lực" in words(answer)
    client.post("/dang-nhap/ma/", {"_resend": "1"})
    type_code(client, sent_code())
    assert is_in(client)


def test_too_many_wrong_codes_offer_a_new_one_that_works(client):
    binh_has_an_account()
    ask_for_code(client)
    wrong = wrong_code()
    answers = [words(type_code(client, wrong)) for _ in range(5)]
    assert "sai 5 lần" in answers[-1]
    clock_goes(31)
    client.post("/dang-nhap/ma/", {"_resend": "1"})
    type_code(client, sent_code())
    assert is_in(client)


def test_asking_again_too_soon_says_when_and_keeps_the_code_good(client):
    binh_has_an_account()
    ask_for_code(client)
    answer = client.post("/dang-nhap/ma/", {"_resend": "1"})
    assert answer.status_code == 429
    assert re.search(r"đợi (30|29) giây", words(answer))
    type_code(client, sent_code())
    assert is_in(client)


def test_the_timer_is_in_the_page_itself(client):
    page = words(client.get(ask_for_code(client)["Location"]))
    assert re.search(r'data-wait="(30|29)"', page)
    assert re.search(r"Có thể gửi lại mã sau (30|29) giây", page)


def test_typing_the_number_twice_keeps_the_first_code_good(client):
    binh_has_an_account()
    ask_for_code(client)
    code = sent_code()
    again = ask_for_code(client)
    assert again.status_code == 429
    type_code(client, code)
    assert is_in(client)


def test_whoever_typed_the_number_twice_goes_on_from_the_page_that_says_wait(client):
    binh_has_an_account()
    ask_for_code(client)
    page = words(ask_for_code(client))
    assert 'action="/dang-nhap/ma/"' in page


def test_a_number_typed_at_the_wrong_door_first_keeps_its_code_good(client):
    ask_for_code(client)  # without an account, at the door of those who have one
    code = sent_code()
    client.post("/dang-ky-tai-khoan/thue-bao/", {"phone": BINH})
    client.post("/dang-ky-tai-khoan/thong-tin/", DETAILS)
    type_code(client, code)
    assert is_in(client)


def test_a_code_is_worthless_in_another_browser(client):
    binh_has_an_account()
    ask_for_code(client)
    thief = Client()
    ask_for_code(thief)
    type_code(thief, sent_code())
    assert not is_in(thief)


def test_a_second_click_on_confirm_finds_her_in(client):
    binh_has_an_account()
    ask_for_code(client, next="/ho-so/1")
    old_key = client.cookies["motcua"].value
    code = sent_code()
    type_code(client, code)
    late = Client()
    late.cookies["motcua"] = old_key
    answer = late.post("/dang-nhap/ma/", {"code": code})
    assert answer.status_code == 302
    assert "motcua" not in answer.cookies
    assert is_in(client)


def test_the_number_is_never_shown_whole_nor_kept_in_the_address(client):
    answer = ask_for_code(client)
    page = words(client.get(answer["Location"]))
    assert "987654321" not in page + answer["Location"]
    assert "098••••321" in page


@pytest.mark.parametrize("number", ["", "abc", "02203 123 456", "0123"])
def test_a_number_that_gets_no_message_is_refused_beside_its_field(client, number):
    answer = ask_for_code(client, number)
    assert answer.status_code == 422
    assert 'href="#phone"' in words(answer)
    assert not OneTimeCode.objects.exists()


def test_missing_details_are_all_named_at_once(client):
    client.post("/dang-ky-tai-khoan/thue-bao/", {"phone": BINH})
    answer = client.post("/dang-ky-tai-khoan/thong-tin/", {})
    assert answer.status_code == 422
    page = words(answer)
    assert all(f'href="#{place}' in page for place in ("full_name", "birth_date", "sex"))


def test_a_number_that_looks_odd_is_asked_about_once(client):
    odd = {**DETAILS, "personal_number": "030 194 000 001"}
    client.post("/dang-ky-tai-khoan/thue-bao/", {"phone": BINH})
    answer = client.post("/dang-ky-tai-khoan/thong-tin/", odd)
    assert "không khớp với năm sinh" in words(answer)
    assert 'name="accepted" value="030194000001"' in words(answer)
    again = client.post("/dang-ky-tai-khoan/thong-tin/", {**odd, "accepted": "030194000001"})
    assert again["Location"] == "/dang-nhap/ma/"


def test_a_birth_year_alone_is_enough(client):
    year_only = {
        **DETAILS,
        "birth_date__day": "",
        "birth_date__month": "",
        "birth_date__year": "1950",
    }
    client.post("/dang-ky-tai-khoan/thue-bao/", {"phone": BINH})
    client.post("/dang-ky-tai-khoan/thong-tin/", year_only)
    type_code(client, sent_code())
    assert Person.objects.get().birth_date == "1950"


@pytest.mark.parametrize("year", ["2199", "94", "abcd"])
def test_an_impossible_birth_year_is_refused(client, year):
    client.post("/dang-ky-tai-khoan/thue-bao/", {"phone": BINH})
    answer = client.post("/dang-ky-tai-khoan/thong-tin/", {**DETAILS, "birth_date__year": year})
    assert 'href="#birth_date__day"' in words(answer)


def test_details_without_a_number_lead_back_to_the_start(client):
    answer = client.get("/dang-ky-tai-khoan/thong-tin/")
    assert answer.status_code == 400
    assert 'href="/dang-nhap/"' in words(answer)


def test_where_portal_accounts_are_closed_only_vneid_is_offered(client, settings):
    settings.PORTAL_ACCOUNTS = False
    assert "/dang-nhap/dien-thoai/" not in words(client.get("/dang-nhap/"))
    assert ask_for_code(client).status_code == 404
    assert client.get("/dang-ky-tai-khoan/").status_code == 404


def test_one_address_cannot_send_without_end(client):
    answers = [ask_for_code(Client(), f"09876{number:05}").status_code for number in range(31)]
    assert answers == [302] * 15 + [429] * 16


def test_near_the_limit_the_page_carries_the_number_on_and_the_work_lets_it_through(client):
    for number in range(15):
        ask_for_code(Client(), f"09876{number:05}")
    page = ask_for_code(client)
    shown = words(page)
    assert f'name="phone" value="{BINH}"' in shown
    riddle = page.context["riddle"]
    there = ask_for_code(client, **{TICKET: riddle.ticket, ANSWER: solved(riddle)})
    assert there["Location"] == "/dang-nhap/ma/"
