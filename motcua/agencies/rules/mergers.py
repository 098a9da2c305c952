"""The plan of a merger: which agencies become which, from what day, by what decision.

A file that whoever prepares the merger writes and can rehearse; nothing in it is code.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NewAgency(_Part):
    """An agency that begins on the day; the same keys as in `catalogue/agencies`."""

    code: str
    name: str
    unit_name: str = ""
    kind: str
    place_code: str
    province_code: str
    works_in: Literal["motcua", "exchange"] = "motcua"
    exchange_party: str = ""
    address: str
    support_name: str
    support_phone: str
    support_hours: str
    serves: tuple[str, ...] = ()
    """Places it serves besides those of the agencies it follows."""


class Becomes(_Part):
    """Agencies that become one: a new one, or one of those that are there.

    `posts`: `carry` – their people hold the same posts at the successor; `end` – the posts end with the agencies.
    `books`: `continue` names the old agency whose books the successor goes on in; without it the successor's books
    begin anew where an old one kept one.
    """

    old: tuple[str, ...] = Field(alias="from", min_length=1)
    into: str
    posts: Literal["carry", "end"] = "carry"
    continue_books_of: str = ""


class Plan(_Part):
    """A whole merger."""

    decision: str = Field(min_length=1)
    since: date
    new: tuple[NewAgency, ...] = ()
    becomes: tuple[Becomes, ...] = Field(min_length=1)

    @property
    def successors(self) -> dict[str, str]:
        """Old code → the code of what it becomes."""
        return {old: one.into for one in self.becomes for old in one.old}


class PlanUnsoundError(ValueError):
    """A plan that cannot be read; the text holds a line for each thing that is wrong."""


def read_plan(text: str) -> Plan:
    """Return the plan that a YAML text holds. Raises PlanUnsoundError."""
    try:
        told: Any = yaml.safe_load(text)
        return Plan.model_validate(told)
    except yaml.YAMLError as wrong:
        raise PlanUnsoundError(str(wrong)) from wrong
    except ValidationError as wrong:
        lines = [
            f"{'.'.join(map(str, one['loc'])) or 'plan'}: {one['msg']}"
            for one in wrong.errors(include_url=False)
        ]
        raise PlanUnsoundError("\n".join(lines)) from wrong


def problems(
    plan: Plan, known: dict[str, tuple[str, bool]], followed: dict[str, str]
) -> Iterator[str]:
    """Yield what keeps the plan from being carried out.

    `known`: the agencies that are there, by code, with their kind and whether they are open on the day;
    `followed`: those that became others already, with what they became.
    """
    kinds = {code: kind for code, (kind, _open) in known.items()}
    kinds |= {one.code: one.kind for one in plan.new}
    taken = known.keys() - set(followed.values())  # applied before, it is there
    yield from (f"{one.code}: this code is taken" for one in plan.new if one.code in taken)
    seen: set[str] = set()
    for one in plan.becomes:
        yield from _of_one(one, known, kinds)
        yield from (f"{code}: becomes two things at once" for code in one.old if code in seen)
        seen |= set(one.old)
    for code in sorted(seen):
        if followed.get(code, plan.successors[code]) != plan.successors[code]:
            yield f"{code}: became {followed[code]} already"
    yield from (
        f"{into}: becomes another itself" for into in plan.successors.values() if into in seen
    )


def _of_one(
    one: Becomes, known: dict[str, tuple[str, bool]], kinds: dict[str, str]
) -> Iterator[str]:
    if one.into not in kinds:
        yield f"{one.into}: no such agency; write it under `new`"
    for code in one.old:
        if code not in known:
            yield f"{code}: no such agency"
        elif kinds[code] != kinds.get(one.into, kinds[code]):
            yield f"{code} is a {kinds[code]}, {one.into} a {kinds[one.into]}"
    if one.continue_books_of and one.continue_books_of not in one.old:
        yield f"{one.continue_books_of}: its books cannot go on, it does not become {one.into}"
