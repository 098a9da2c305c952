"""Of every table it is said which officials see its rows; and who may step out from behind the second wall."""

import re

from django.apps import apps
from django.conf import settings
from django.db import models

from motcua.config import walled

STEP_ASIDE = {
    "dossiers/emergencies.py": "an emergency names a dossier of others; only its own row is written",
    "journeys/held_files.py": "whose a file set apart would be is told by a reference; its code comes back",
    "journeys/one_time_codes.py": "a code is between the house and a person; none comes back",
    "journeys/recovering.py": "an account is found by a card and a number; one that fits is written down",
    "journeys/recording_mandates.py": "what two people asked for by phone makes room for their paper",
}  # fmt: skip


def test_of_every_table_it_is_said_who_sees_its_rows():
    assert walled.undecided() == []


def test_a_new_table_of_which_nothing_is_said_fails(monkeypatch):
    class Meta:
        app_label = "nowhere"

    made = {"__module__": __name__, "Meta": Meta, "name": models.TextField()}
    fresh = type("Fresh", (models.Model,), made)
    del apps.all_models["nowhere"]
    known = apps.get_models()
    monkeypatch.setattr(walled.apps, "get_models", lambda: [*known, fresh])
    assert "nowhere_fresh: say in motcua/config/walled.py who sees its rows" in walled.undecided()


def test_only_these_step_aside():
    house = settings.ROOT / "motcua"
    found = {
        str(file.relative_to(house))
        for file in house.rglob("*.py")
        if re.search(r"\bwall\.aside\(", file.read_text(encoding="utf-8"))
    }
    assert found == set(STEP_ASIDE)
