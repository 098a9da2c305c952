"""When a sign-in ends while somebody types: nothing typed is lost, and the way back leads to the same page."""

import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.identity.operations import open_phone_account
from motcua.identity.rules.people import PersonDetails
from motcua.journeys import filing
from motcua.toolkit.clock import now
from tests.journeys.test_sign_in_by_phone import BINH, ask_for_code, sent_code, type_code
from tests.journeys.test_sign_in_sessions import away_for, session_of
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(commune, client):
    """A page of a draft that a signed-in mother began in this browser."""
    as_citizen(client)
    begun = client.post("/nop/thu/", {"place__province": "31", "place__commune": "11284"})
    return f"{begun['Location']}trang/child/"


def saved(client, page, name):
    values = {"child.full_name": name, "_autosave": "1", "_key": uuid.uuid4().hex}
    return client.post(page, values)


def test_what_is_typed_after_the_sign_in_ended_is_kept_and_there_when_she_is_back(client, page):
    away_for(client, seen=31)
    assert saved(client, page, "Trần Bảo An").status_code == 200
    as_citizen(client)
    assert 'value="Trần Bảo An"' in client.get(page).content.decode()


def test_the_way_back_leads_to_the_page_she_was_on(client, page):
    shown = client.get(page).content.decode()
    again = re.search(r'href="(/dang-nhap/\?next=[^"]+)"', shown)
    assert again
    assert page.replace("/", "%2F") in again[1]


NAME = {"child.full_name": "Trần Bảo An"}
WHOEVER = PersonDetails(full_name="Nguyễn Thị Mai", birth_date="1996", sex="female")


@pytest.fixture
def binh(office, client):
    """A father on a phone without scripts that opens his draft by his sign-in alone; the page he is on."""
    account = as_phone_holder(client)
    draft, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=account, level=0,
        at=now(),
    )  # fmt: skip
    return f"/khai/{draft.pk}/trang/child/"


def comes_back(client, sent, number=BINH):
    """Sign in where the answer leads, and go where that leads."""
    onward = parse_qs(urlsplit(sent["Location"]).query)["next"][0]
    ask_for_code(client, number, next=onward)
    return client.get(type_code(client, sent_code())["Location"])


def told(page):
    return Draft.objects.get(pk=page.split("/")[2]).answers.get("child.full_name")


def test_what_he_sent_after_the_sign_in_ended_is_done_when_he_is_back(client, binh):
    away_for(client, seen=31)
    sent = client.post(binh, {**NAME, "_revision": "1"})
    assert "cũng không mất" in client.get(sent["Location"]).content.decode()
    assert told(binh) is None
    shown = comes_back(client, sent)
    assert (shown.status_code, told(binh)) == (422, "Trần Bảo An")  # as if he had never been away
    assert client.get(binh).status_code == 200


def test_what_one_person_sent_is_never_done_for_the_next_who_signs_in_here(client, binh):
    away_for(client, seen=31)
    sent = client.post(binh, NAME)
    open_phone_account(phone="+84912345001", details=WHOEVER, at=now())
    assert comes_back(client, sent, "0912345001").status_code == 404
    assert told(binh) is None


def test_what_was_sent_waits_half_an_hour_for_its_person(client, binh):
    away_for(client, seen=31)
    sent = client.post(binh, NAME)
    session = session_of(client)
    session["interrupted"][0]["at"] = (now() - timedelta(minutes=31)).isoformat()
    session.save()
    assert (comes_back(client, sent).status_code, told(binh)) == (200, None)


def test_a_page_opened_after_the_sign_in_ended_asks_to_sign_in_and_scripts_are_told(client, binh):
    away_for(client, seen=31)
    assert client.get(binh, headers={"X-Part": "fields"}).status_code == 404
    as_phone_holder(client)
    away_for(client, seen=31)
    assert client.get(binh)["Location"].endswith("%2Ftrang%2Fchild%2F")


def test_nothing_is_kept_of_whoever_knows_no_draft(client, binh):
    answer = Client().post(binh.replace(binh.split("/")[2], str(uuid.uuid4())), NAME)
    assert (answer.status_code, answer.cookies.get("motcua")) == (404, None)
