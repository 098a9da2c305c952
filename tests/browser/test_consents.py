"""Consenting on a phone in Chromium: found, read, answered – with scripts and without, in both languages."""

import pytest
from django.test import Client

from tests.browser.test_following_pages import SCRIPTS, come, in_the_office, look
from tests.journeys.english import vietnamese_left
from tests.journeys.relatives import BROTHER, SISTER, family, filed
from tests.signing_in import as_citizen

__all__ = ["family", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dossier(family):
    """A dossier that waits for the sister's and the brother's word."""
    found = filed(family)
    in_the_office(found.born)
    return found


def signed_in(someone, live_server, person, **how):
    """Return the phone of somebody who is in by VNeID."""
    client, page = Client(), someone(**how)
    as_citizen(client, person)
    for name, morsel in client.cookies.items():
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}])
    return page


@SCRIPTS
def test_the_sister_finds_it_reads_it_and_agrees(someone, live_server, look, dossier, scripts):
    page = signed_in(someone, live_server, SISTER, java_script_enabled=scripts)
    page.goto(f"{live_server.url}/ho-so-cua-toi/")
    look(page, "consents-mine")
    page.get_by_role("link", name="Xem và trả lời").click()
    look(page, "consents")
    page.get_by_role("link", name="Thẻ BHYT").click()
    look(page, "consent")
    page.get_by_role("button", name="Gửi câu trả lời").click()
    page.get_by_text("Hãy chọn đồng ý hoặc không đồng ý.").first.wait_for()
    look(page, "consent-unanswered")
    page.get_by_text("Tôi đồng ý").click()
    page.get_by_role("button", name="Gửi câu trả lời").click()
    page.get_by_text("Đã ghi: quý vị đồng ý.").wait_for()
    look(page, "consents-done")
    assert len(dossier.now.legs["insurance"].awaited) == 1


def test_the_brother_declines_and_she_is_asked_for_the_paper(someone, live_server, look, dossier):
    page = signed_in(someone, live_server, BROTHER)
    page.goto(f"{live_server.url}/dong-y/{dossier.code}/insurance/")
    hers = come(someone, live_server, dossier)
    hers.goto(f"{live_server.url}/theo-doi/{dossier.code}/")
    look(hers, "consent-tracking")
    page.get_by_text("Tôi không đồng ý").click()
    page.get_by_role("button", name="Gửi câu trả lời").click()
    page.get_by_text("Đã ghi: quý vị không đồng ý.").wait_for()
    hers.reload()
    hers.get_by_text("Mọi việc đã xảy ra").click()
    look(hers, "consent-declined")
    hers.get_by_role("link", name="Xem và bổ sung").click()
    look(hers, "consent-paper")
    hers.goto(f"{live_server.url}/ngon-ngu/en?next=/theo-doi/{dossier.code}/")
    assert vietnamese_left(hers.content()) == []


def test_whoever_reads_english_consents_in_english(someone, live_server, look, dossier):
    page = signed_in(someone, live_server, SISTER)
    page.goto(f"{live_server.url}/ngon-ngu/en?next=/dong-y/")
    assert vietnamese_left(page.content()) == []
    page.get_by_role("link", name="Thẻ BHYT").click()
    look(page, "consent-english")
    assert vietnamese_left(page.content()) == []
    page.goto(f"{live_server.url}/dong-y/H24.284-260302-9999/insurance/")
    look(page, "consent-not-asked")
    assert vietnamese_left(page.content()) == []
