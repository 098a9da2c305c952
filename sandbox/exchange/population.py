"""The population register: who is known under a number."""

import json
from typing import Any

from sandbox.exchange.facts import Facts
from sandbox.people import Person
from sandbox.web import Box


def look_up(box: Box, number: str) -> dict[str, Any] | None:
    """Return the person's data, or None: the invented people and those who got a number here."""
    person = box.people.get(number)
    if person:
        return _known(box, person)
    row = box.store.one(
        "select q.body from effect e join question q on q.system = e.system and q.id = e.question"
        " where e.system = 'population' and json_extract(e.result, '$.personal_number') = ?",
        number,
    )
    return _issued(number, Facts(json.loads(row["body"])["data"])) if row else None


def _known(box: Box, person: Person) -> dict[str, Any]:
    return {
        "personal_number": person.personal_number,
        "name": person.name,
        "sex": person.sex,
        "date_of_birth": person.birth_date.isoformat(),
        "ethnic_group": person.ethnic_group,
        "nationality": person.nationality,
        "place": person.place,
        "address": person.address,
        "hometown": person.hometown,
        "household_head": _short(box, person.household_head),
        "spouse": _short(box, person.spouse),
        "alive": True,
    }


def _short(box: Box, number: str | None) -> dict[str, str] | None:
    person = box.people.get(number or "")
    return {"personal_number": person.personal_number, "name": person.name} if person else None


def _issued(number: str, facts: Facts) -> dict[str, Any]:
    born = facts.birth_date()
    return {
        "personal_number": number,
        "name": facts.name("child"),
        "sex": "female" if facts.is_female() else "male",
        "date_of_birth": born.isoformat() if born else None,
        "nationality": facts.text("child.nationality", "child_nationality") or "Việt Nam",
        "alive": True,
    }
