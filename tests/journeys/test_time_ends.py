"""When a sign-in ends while somebody types: nothing typed is lost, and the way back leads to the same page."""

import re
import uuid

import pytest

from tests.journeys.test_sign_in_sessions import away_for
from tests.signing_in import as_citizen

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
