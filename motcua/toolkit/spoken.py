"""The languages of the house, declared as data: `locale/<code>/language.yaml`.

A language is added by its folder alone (docs/how-to/add-a-language.md).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Language:
    """A language people may choose.

    `letters`: its script as ranges of a regular expression, where that is not the Latin one; whatever stands in other
    letters on a page is marked as Vietnamese. `working`: officials work in it too. `note`: said at the foot of every
    page, in the language itself. `scope`: files whose texts are all translated.
    """

    code: str
    name: str
    order: int = 100
    letters: str = ""
    working: bool = False
    note: str = ""
    scope: tuple[str, ...] = ()


def read_languages(folder: Path) -> dict[str, Language]:
    """Return the languages under `folder` by code, in their order. Raises TypeError for an unknown key."""
    found = [_read(path) for path in folder.glob("*/language.yaml")]
    return {item.code: item for item in sorted(found, key=lambda item: (item.order, item.code))}


def _read(path: Path) -> Language:
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    scope = tuple(told.pop("scope", ()))
    return Language(code=path.parent.name, scope=scope, **told)
