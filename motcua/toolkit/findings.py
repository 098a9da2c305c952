"""What the worker found out lies in a file of the home folder, where every process reads it without asking anew."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings


def keep(name: str, facts: Mapping[str, Any]) -> None:
    """Write down what was found, in place of what was found before; moments as text."""
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(dict(facts), file, default=str)
    Path(draft).replace(place)


def found(name: str) -> dict[str, Any] | None:
    """Return what was found last, None when nobody has looked yet."""
    try:
        told: dict[str, Any] = json.loads(_place(name).read_bytes())
    except (OSError, ValueError):
        return None
    return told


def _place(name: str) -> Path:
    return Path(settings.HOME) / "run" / f"{name}.json"
