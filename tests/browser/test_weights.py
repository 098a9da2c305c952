"""How heavy the pages are over the line, with everything they bring, and how soon they can be used."""

import pytest

from tests.browser import lighthouse
from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.house import README
from tests.browser.line import FIRST, LATER, SHARED, WITHIN, seconds_until_usable, weighed
from tests.browser.people import Citizen
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser]
JUDGED = ("home", "service", "form", "check", "tracking")
AIM = 98


def weight(context, url):
    page = context.new_page()
    found = weighed(page)
    page.goto(url, wait_until="networkidle")
    page.close()
    return found


@pytest.fixture(scope="module")
def pages(house, chromium, known_faces):
    """Addresses of pages of every kind, and the cookies of who may open them: Mai has filed, and declares again."""
    mai = Citizen(chromium, house, state=known_faces("mother"))
    mai.has_filed(BIRTH, BEGINNING, MAI_FILES)
    tracking = f"/theo-doi/{mai.code}/"
    mai.begins(BIRTH, BEGINNING)
    draft = mai.page.url.removeprefix(house.url)
    mai.presses("Khai tiếp")
    mai.answers(MAI_FILES)
    form = mai.page.url.removeprefix(house.url)
    addresses = {
        "home": "/",
        "search": "/tim/?q=khai+sinh",
        "occasion": "/viec/co-con/",
        "service": f"/dich-vu/{BIRTH}/",
        "start": f"/nop/{BIRTH}/",
        "draft": draft,
        "form": form,
        "papers": f"{draft}giay-to/",
        "check": f"{draft}kiem-tra/",
        "tracking": tracking,
    }
    state = mai.context.storage_state()
    mai.close()
    return state, addresses


@pytest.fixture
def mai(chromium, house, pages):
    """A telephone of Mai's that has never been here, as often as asked: `mai()`."""
    made = []

    def arrive():
        made.append(chromium.new_context(storage_state=pages[0], base_url=house.url))
        return made[-1]

    yield arrive
    for context in made:
        context.close()


def test_first_loads_stay_under_forty_kilobytes_and_later_pages_under_twelve(mai, pages):
    _, addresses = pages
    first = {}
    for name, address in addresses.items():
        last = mai()
        first[name] = weight(last, address).all
    later = {name: weight(last, address).needed for name, address in addresses.items()}
    assert {name: size for name, size in first.items() if size > FIRST} == {}
    assert {name: size for name, size in later.items() if size > LATER} == {}


def test_what_a_form_brings_along_leaves_room_for_any_page(mai, pages):
    """With the weight of each page of each procedure itself (test_robot): no first load is over forty kilobytes."""
    _, addresses = pages
    brought = weight(mai(), addresses["form"]).brought
    assert sum(brought.values()) <= SHARED, brought


def test_the_copy_for_the_time_without_network_is_light_and_comes_once(mai, pages):
    _, addresses = pages
    hers = mai()
    page = hers.new_page()
    first = weighed(page)
    with page.expect_response(lambda answer: "mang-theo" in answer.url):
        page.goto(addresses["draft"])
    page.wait_for_selector("[data-ready-sign]:not([hidden])", state="attached")
    assert 0 < sum(first.copy.values()) <= FIRST
    assert first.all <= FIRST
    again = weighed(page)
    page.goto(addresses["papers"])
    page.wait_for_timeout(4000)
    assert again.copy == {}


def test_pages_can_be_used_in_two_and_a_half_seconds_on_a_bad_line_with_an_old_phone(mai, pages):
    _, addresses = pages
    first = {
        name: min(seconds_until_usable(mai(), address) for _ in range(2))
        for name, address in addresses.items()
    }
    assert {name: took for name, took in first.items() if took > WITHIN} == {}


@pytest.mark.looks
@pytest.mark.parametrize("name", JUDGED)
def test_lighthouse_finds_next_to_nothing(house, pages, name):
    state, addresses = pages
    cookies = {cookie["name"]: cookie["value"] for cookie in state["cookies"]}
    marks = lighthouse.best(name, house.url + addresses[name], cookies, aim=AIM)
    assert min(marks.values()) >= AIM, (marks, lighthouse.faults(name))


def test_the_pictures_of_the_readme_are_light():
    sizes = {name: (README / f"{name}.png").stat().st_size for name in ("home", "form", "tracking")}
    assert {name: size for name, size in sizes.items() if size > 150 * 1024} == {}
