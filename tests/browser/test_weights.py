"""How heavy the pages are over the line, with everything they bring: on a bad line this is the time."""

import pytest

from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.house import README
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser]
FIRST = 40 * 1024
LATER = 12 * 1024


def weight(context, url):
    """Return the bytes that came over the line for a page: headers, page, styles, scripts, pictures."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    came: list[float] = []
    line.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    line.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    page.close()
    return sum(came)


@pytest.fixture
def pages(house, at_home):
    """The addresses of home, service, a form page and the tracking page of a filed dossier."""
    mai = at_home()
    mai.files(BIRTH, BEGINNING, MAI_FILES)
    tracking = f"/theo-doi/{mai.code}/"
    mai.begins(BIRTH, BEGINNING)
    mai.presses("Khai tiếp")
    mai.answers(MAI_FILES)
    form = mai.page.url.removeprefix(house.url)
    addresses = {
        "home": "/",
        "search": "/tim/?q=khai+sinh",
        "occasion": "/viec/co-con/",
        "service": f"/dich-vu/{BIRTH}/",
        "form": form,
        "tracking": tracking,
    }
    return mai.context.storage_state(), addresses


def test_first_loads_stay_under_forty_kilobytes_and_later_pages_under_twelve(
    chromium, house, pages
):
    state, addresses = pages
    first = {}
    for name, address in addresses.items():
        context = chromium.new_context(storage_state=state, base_url=house.url)
        first[name] = weight(context, address)
        last = context
    later = {name: weight(last, address) for name, address in addresses.items()}
    assert {name: size for name, size in first.items() if size > FIRST} == {}
    assert {name: size for name, size in later.items() if size > LATER} == {}


def test_the_pictures_of_the_readme_are_light():
    sizes = {name: (README / f"{name}.png").stat().st_size for name in ("home", "form", "tracking")}
    assert {name: size for name, size in sizes.items() if size > 150 * 1024} == {}
