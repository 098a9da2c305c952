"""The invented people of the box."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("people.yaml")


@dataclass(frozen=True)
class Person:
    """One person as VNeID and the population register know them."""

    key: str
    name: str
    personal_number: str
    tech_id: str
    sex: str
    birth_date: date
    password: str
    passcode: str
    phone: str
    email: str
    level: int
    ethnic_group: str
    nationality: str
    place: str
    address: str
    hometown: str
    household_head: str
    spouse: str | None

    @property
    def sex_words(self) -> str:
        return "Nam" if self.sex == "male" else "Nữ"

    @property
    def international_phone(self) -> str:
        return "+84" + self.phone[1:]


def load() -> dict[str, Person]:
    """Return the people by personal number."""
    found = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {entry["personal_number"]: Person(**entry) for entry in found}
