"""A service that asks for VNeID of level 2: what a phone's code does not do there, and how its person goes on."""

from dataclasses import replace

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, Draft
from motcua.identity.models import SignIn
from motcua.journeys import filing
from motcua.journeys.actors import filer
from motcua.portal.following import access
from motcua.toolkit.clock import now
from tests.fake_vneid import HOA
from tests.journeys.doors import _supplement_begun
from tests.journeys.office import _procedure
from tests.journeys.test_attacks import holding
from tests.journeys.test_own_ways import by_vneid, vneid, words  # noqa: F401 - a fixture
from tests.journeys.test_uploads import PHOTO, Sender
from tests.rooms.test_identity_accounts import COMPANY
from tests.rules.heart import said
from tests.signing_in import as_citizen, as_phone_holder

BINH = replace(HOA, subject="binh", personal_number="030090000002", full_name="Lê Văn Bình")


@pytest.fixture
def strict(office):
    start = {"sign_in": "level_2", "place_question": said("Ở đâu?")}
    made = _procedure(code="9.000003", slug="muc-hai-thu", start=start)
    return office._published(made)


@pytest.fixture
def hers(office, strict):
    """Hoa's dossier of that service."""
    account = as_citizen(Client())
    row = office.filed()
    Dossier.objects.update(version=strict.id, account=account)
    row.refresh_from_db()
    return row


def lent(client, row):
    """Let the browser follow the dossier, as whoever proved its phone."""
    client.cookies[f"xem-{row.code}"] = access._SIGNER.sign(row.code)
    return client


def test_a_code_to_the_phone_follows_it_but_does_not_withdraw_it(client, hers):
    lent(client, hers)
    assert client.get(f"/theo-doi/{hers.code}/").status_code == 200
    asked = client.get(f"/theo-doi/{hers.code}/rut/")
    assert "level=2" in asked["Location"]


def test_nor_does_it_lay_papers_into_a_supplement_or_look_at_those_there(client, office, strict):
    hers = office.received()
    page = _supplement_begun(office, hers)
    Dossier.objects.update(version=strict.id, account=as_citizen(Client()))
    there = f"/ho-so/{hers.code}/bo-sung/birth"
    asked = lent(client, hers).get(f"{there}/tep/{page.pk}/{page.page_list[0].id}")
    assert "level=2" in asked["Location"]
    sent = Sender(client, f"{there}/gui/birth_note/").begins(PHOTO, first=PHOTO)
    assert (sent.status_code, sent.json()["code"]) == (403, "identity.level-too-low")
    as_citizen(client)
    assert Sender(client, f"{there}/gui/birth_note/").begins(PHOTO).status_code == 201


def test_whoever_proves_to_be_somebody_else_is_a_stranger_there(client, hers):
    as_citizen(lent(client, hers), BINH)
    assert client.get(f"/theo-doi/{hers.code}/rut/").status_code == 404


def test_its_person_at_that_level_is_not_asked_again(client, hers):
    as_citizen(client)
    assert client.get(f"/theo-doi/{hers.code}/rut/").status_code == 200


def test_what_she_typed_comes_back_after_she_has_proved_more(client, hers, vneid):  # noqa: F811
    as_citizen(client)
    SignIn.objects.update(level=1)
    address = f"/theo-doi/{hers.code}/rut/"
    asked = client.post(address, {"reason": "Khai nhầm tên cháu"})
    assert asked["Location"].startswith("/dang-nhap/")
    assert by_vneid(client, vneid, next=address, level="2")["Location"] == address
    assert "Khai nhầm tên cháu" in words(client.get(address))
    assert "Khai nhầm tên cháu" not in words(client.get(address))


def begun(strict, account):
    return filing.begin(
        published=strict, chosen=filing.Begin(commune="11239"), account=account, level=2, at=now()
    )


def test_a_draft_in_a_strange_browser_is_not_filed_without_its_person(strict):
    client = holding(*begun(strict, as_citizen(Client())))
    address = f"/khai/{Draft.objects.get().pk}/kiem-tra/"
    assert client.get(f"/khai/{Draft.objects.get().pk}/").status_code == 200
    for answer in (client.get(address), client.post(address, {"pledge": "1"})):
        assert "level=2" in answer["Location"]


def test_nor_by_somebody_else_of_the_same_level(strict):
    client = holding(*begun(strict, as_citizen(Client())))
    as_citizen(client, BINH)
    answer = client.get(f"/khai/{Draft.objects.get().pk}/kiem-tra/")
    assert answer.status_code == 403
    assert "một tài khoản khác bắt đầu" in words(answer)


def test_a_phone_holder_is_told_that_the_number_comes_along(client, strict):
    as_phone_holder(client)
    page = words(client.get(client.get("/nop/muc-hai-thu/")["Location"]))
    assert "sẽ được nối với VNeID" in page
    assert 'name="join"' in page


def test_an_organisation_files_only_where_the_service_says_so(client, strict):
    as_citizen(client, replace(HOA, organisation=COMPANY))
    answer = client.get("/nop/muc-hai-thu/")
    assert answer.status_code == 403
    assert "dành cho cá nhân" in words(answer)


def test_the_history_names_the_organisation_and_through_whom(office):
    account = as_citizen(Client(), replace(HOA, organisation=COMPANY))
    by = filer(Draft(), account)
    assert by.name == "Công ty Gốm Chu Đậu (Nguyễn Thị Hoa, Giám đốc)"
