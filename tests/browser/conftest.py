"""Chromium for the tests that look: one browser a run, a fresh person each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from motcua.procedures.rules.procedure import Procedure
from tests.browser.house import USUAL, House, opened
from tests.browser.people import Citizen, Officer
from tests.journeys.followed import commune as commune  # noqa: PLC0414 - a fixture
from tests.journeys.followed import world as world  # noqa: PLC0414 - a fixture

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; without its windows where it can be had so, which takes half the time."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, "These tests need Chromium: apt-get install chromium"
    # Playwright keeps a loop running in this thread; the tests use the database from it all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=USUAL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def someone(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as a new person: `someone(viewport=PHONE, java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def arrive(**how: object) -> Page:
        context = chromium.new_context(**{"viewport": PHONE, "locale": "vi-VN", **how})
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The product, really started, with the country around it: one for all journeys."""
    yield from opened(tmp_path_factory.mktemp("house"))


@pytest.fixture
def citizen(chromium: Browser, house: House) -> Iterator[Callable[..., Citizen]]:
    """Let somebody come: `citizen("mother", journey="the-whole-way", scripts=False)`."""
    came: list[Citizen] = []

    def arrive(key: str = "mother", **how: object) -> Citizen:
        came.append(Citizen(chromium, house, key, **how))  # type: ignore[arg-type]
        return came[-1]

    yield arrive
    for one in came:
        one.close()


@pytest.fixture(scope="session")
def known_faces(chromium: Browser, house: House) -> Callable[[str], object]:
    """Return the cookies of somebody who has signed in by VNeID before."""
    kept: dict[str, object] = {}

    def cookies(key: str) -> object:
        if key not in kept:
            person = Citizen(chromium, house, key)
            person.goes_to("/dang-nhap/?next=/tai-khoan/")
            person.signs_in_by_vneid()
            kept[key] = person.context.storage_state()
            person.close()
        return kept[key]

    return cookies


@pytest.fixture
def at_home(
    citizen: Callable[..., Citizen], known_faces: Callable[[str], object]
) -> Callable[..., Citizen]:
    """Let somebody come who is signed in already: `at_home("mother", journey="withdrawn")`."""

    def arrive(key: str = "mother", **how: object) -> Citizen:
        return citizen(key, state=known_faces(key), **how)

    return arrive


@pytest.fixture(scope="session")
def admitted(chromium: Browser, house: House) -> Callable[[Procedure], Any]:
    """Return the cookies of somebody signed in as a service asks; each kind of sign-in is done once."""
    kept: dict[str, Any] = {"none": None}

    def cookies(law: Procedure) -> Any:
        wanted = law.start.sign_in
        if wanted not in kept:
            person = Citizen(chromium, house, "walker" if wanted == "account" else "mother")
            person.goes_to(f"/nop/{law.slug}/")
            by_phone = wanted == "account"
            person.signs_up_by_phone() if by_phone else person.signs_in_by_vneid()
            kept[wanted] = person.context.storage_state()
            person.close()
        return kept[wanted]

    return cookies


@pytest.fixture
def walker(
    chromium: Browser, house: House, admitted: Callable[[Procedure], Any]
) -> Iterator[Callable[[Procedure], Page]]:
    """Open a page without scripts for a service, signed in as it asks: `walker(law)`."""
    contexts: list[BrowserContext] = []

    def arrive(law: Procedure) -> Page:
        context = chromium.new_context(
            viewport=PHONE,
            locale="vi-VN",
            java_script_enabled=False,
            base_url=house.url,
            storage_state=admitted(law),
        )
        context.set_default_timeout(USUAL)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def officer(chromium: Browser, house: House) -> Iterator[Callable[[str], Officer]]:
    """Let an official work: `officer("mot-cua.nam-thanh-mien")`; each signs in once."""
    there: dict[str, Officer] = {}

    def arrive(username: str) -> Officer:
        if username not in there:
            there[username] = Officer(chromium, house, username)
        return there[username]

    yield arrive
    for one in there.values():
        one.context.close()
