"""The invented organisations of the box, and who acts for them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from sandbox.people import Person

_FILE = Path(__file__).with_name("organisations.yaml")


@dataclass(frozen=True)
class Organisation:
    """One organisation as VNeID knows it."""

    code: str
    name: str
    tech_id: str
    officers: dict[str, str]


@cache
def load() -> dict[str, Organisation]:
    """Return the organisations by code."""
    found = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {entry["code"]: Organisation(**entry) for entry in found}


def served_by(person: Person) -> list[Organisation]:
    """Return the organisations that a person acts for."""
    return [one for one in load().values() if person.personal_number in one.officers]
