"""The counter and the hall in Chromium: a number is taken on a telephone, called at the desk, shown in the hall."""

# ruff: noqa: F811 - a fixture of another file is named twice

import pytest

from motcua.agencies.models import Agency
from motcua.kernel.working_time import Calendar
from motcua.visits import halls
from tests.browser.conftest import DESKTOP
from tests.browser.test_desk_pages import aside, at_the_desk, look, office  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "H24.239"


@pytest.fixture
def every_day(monkeypatch):
    """Every day is worked, whenever the test runs."""
    monkeypatch.setattr(Calendar, "is_working", lambda _calendar, _day: True)


def test_a_number_is_taken_called_and_shown(
    office,
    at_the_desk,
    someone,
    look,
    live_server,
    every_day,
):
    hall = aside(lambda: halls.hall_of(Agency.objects.get(code=HERE)))
    citizen = someone()
    citizen.goto(f"{live_server.url}/sanh/{hall.key}/lay-so/")
    look(citizen, "kiosk")
    citizen.get_by_role("button", name="Nộp hồ sơ").click()
    look(citizen, "slip")
    page = f"/can-bo/quay/goi-so/?co-quan={HERE}&quay=2"
    desk = at_the_desk("front_desk", page, viewport=DESKTOP)
    desk.get_by_role("button", name="Gọi người tiếp theo").click()
    assert desk.get_by_text("A001").first.is_visible()
    look(desk, "calling")
    citizen.goto(f"{live_server.url}/sanh/{hall.key}/man-hinh/")
    assert citizen.get_by_text("Quầy 2").is_visible()
    look(citizen, "screen")
