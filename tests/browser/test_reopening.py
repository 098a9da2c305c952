"""Mending a part that was refused a first time, on a phone in Chromium."""

import pytest

from motcua.dossiers.rules.facts import SYSTEM
from tests.browser.test_following_pages import SCRIPTS, come, in_the_office, look
from tests.journeys.relatives import family, filed
from tests.journeys.test_reopening import PAID, refused

__all__ = ["family", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@SCRIPTS
def test_she_mends_what_the_police_refused(someone, live_server, look, family, scripts):
    dossier = filed(family)
    in_the_office(lambda: refused(dossier.born().act(SYSTEM, PAID)))
    page = come(someone, live_server, dossier, java_script_enabled=scripts)
    page.goto(f"{live_server.url}/theo-doi/{dossier.code}/")
    look(page, "reopened-tracking")
    page.get_by_role("link", name="Xem và bổ sung").click()
    look(page, "reopened")
    page.get_by_label("Họ tên của trẻ").fill("Trần Bảo Ân")
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    page.get_by_text("Hồ sơ đang ở đâu?").wait_for()
    assert dossier.now.requests == {}
