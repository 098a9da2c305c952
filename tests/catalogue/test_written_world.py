"""What the catalogue's files tell of places and offices on a day, without a database."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from motcua.journeys.refusals import NobodyServes
from motcua.journeys.written_world import WrittenWorld

THEN, NOW = (
    WrittenWorld(Path(settings.CATALOGUE), day) for day in (date(2024, 1, 15), date(2026, 11, 23))
)


def named(world: WrittenWorld, code: str) -> str:
    found = world.commune(code)
    return found.full_name if found else ""


def test_a_code_names_the_commune_of_the_day() -> None:
    assert named(THEN, "11284") == "Xã Chi Lăng Nam, Huyện Thanh Miện, Tỉnh Hải Dương"
    assert named(NOW, "11284") == "Xã Nam Thanh Miện, Thành phố Hải Phòng"


def test_a_commune_that_ended_is_only_known_in_its_time() -> None:
    assert named(THEN, "11287") == "Xã Thanh Giang, Huyện Thanh Miện, Tỉnh Hải Dương"
    assert named(NOW, "11287") == ""


def test_the_offices_are_those_of_the_day() -> None:
    assert THEN.serving("commune_committee", "11287").code == "H23.23.15"
    assert NOW.serving("commune_committee", "11284").code == "H24.284"
    for world, commune in ((NOW, "11287"), (THEN, "11284")):
        with pytest.raises(NobodyServes):
            world.serving("commune_committee", commune)


def test_the_police_of_then_answer_by_message_too() -> None:
    assert THEN.serving("commune_police", "11287").party == "residence"
