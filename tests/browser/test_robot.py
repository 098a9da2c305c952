"""The browser files every procedure of the catalogue once, scripts off, from its own first example."""

import os
from datetime import datetime

import pytest

from motcua.kernel.working_time import ZONE
from tests.browser.camera import NAMES, Camera
from tests.browser.eye import GRAVE, violations
from tests.browser.line import ITSELF, weighed
from tests.browser.robot import Robot
from tests.browser.story import current_folders, first_whole

pytestmark = [pytest.mark.browser]
TODAY = datetime.now(ZONE).date()
FOLDERS = current_folders(TODAY)


def faults_for_people(page, chromium):
    """Look at the same page with scripts, which the looking needs."""
    context = chromium.new_context(storage_state=page.context.storage_state())
    there = context.new_page()
    there.goto(page.url)
    found = violations(there, GRAVE)
    context.close()
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_procedure_is_filed_without_scripts_from_its_example(folder, chromium, house, walker):
    story = first_whole(folder, TODAY, f"09000007{FOLDERS.index(folder):02}")
    page = walker(story.law)
    camera = Camera(page, folder / "pictures") if "PROCEDURE_PICTURES" in os.environ else None
    seen, faults, came = set(), [], weighed(page)

    def looks(name):
        if name == f"form:{story.face}":
            name = "form"
            faults.extend(faults_for_people(page, chromium))
        seen.add(name)
        if camera and name in NAMES:
            camera.shoot(name)

    Robot(page, house, story, looks).files()
    assert faults == []
    assert {url: size for url, size in came.pages.items() if size > ITSELF} == {}
    assert seen >= {"service", "form", "ways", "check", "receipt"}
