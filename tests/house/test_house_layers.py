"""Foreign keys point down, as imports do (import-linter proves the imports)."""

import tomllib

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model

from tests.running import ROOT


def layers() -> list[list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (lines,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return [[room.strip() for room in line.split("|")] for line in lines]


HEIGHTS = {room: -number for number, line in enumerate(layers()) for room in line}


def room_of(model: type[Model]) -> str | None:
    """Return the layer a model belongs to; None for those of libraries, which lie under all."""
    return next((room for room in HEIGHTS if model.__module__.startswith(f"{room}.")), None)


def references() -> list[tuple[type[Model], type[Model], str]]:
    return [
        (model, field.related_model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField) and field.related_model
    ]


def test_a_foreign_key_points_down_or_stays_in_its_room() -> None:
    upward = []
    for model, target, name in references():
        above, below = room_of(model), room_of(target)
        if above and below and above != below and HEIGHTS[above] <= HEIGHTS[below]:
            upward.append(f"{above}.{model.__name__}.{name} → {below}.{target.__name__}")
    assert upward == []


def test_every_room_with_tables_has_its_layer() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("motcua.")]
    assert [model for model in ours if room_of(model) is None] == []
    assert len(ours) > 5


def test_the_guide_for_writers_shows_the_layers_that_are_checked() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = [line.split("  ")[0] for line in guide.split("```")[1].split("\n") if line.strip()]
    told = [[f"motcua.{room.strip()}" for room in line.split("|")] for line in shown]
    assert told == layers()
