"""Pictures of procedures: where the leaflets look for them, a telephone wide, light."""

from datetime import date

import pytest
from PIL import Image

from motcua.procedures.rules.catalogue import read_folder
from tests.browser.camera import MOST_BYTES, NAMES, SCREEN
from tests.browser.story import CATALOGUE, current_folders

FOLDERS = current_folders(date(2026, 11, 26))
PICTURES = sorted((CATALOGUE / "procedures").glob("*/*/pictures/*.png"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_procedure_in_force_stands_in_the_folder_of_its_slug(folder):
    assert read_folder(folder).procedure.slug == folder.name


@pytest.mark.parametrize("picture", PICTURES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_a_picture_is_a_telephone_s_screen_and_light(picture):
    with Image.open(picture) as shown:
        assert shown.size == (SCREEN["width"], SCREEN["height"])
    assert picture.stem in NAMES
    assert picture.stat().st_size <= MOST_BYTES
