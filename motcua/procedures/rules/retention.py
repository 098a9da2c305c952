"""How long what is kept: the classes of `catalogue/personal.yaml`, and when something of a class is due.

Only so long as its purpose needs it (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 3); what the archive law
keeps longer or for ever is a class with its ground.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from motcua.procedures.rules.reading import read_document, take
from motcua.procedures.rules.texts import Declared, Id, Text

FILE = Path(__file__).resolve().parents[3] / "catalogue" / "personal.yaml"
_YEAR = 12


class RetentionClass(Declared):
    """How long one class is kept, from the end of a dossier or from when it was written; and by which law."""

    id: Id
    name: Text
    months: Annotated[int, Field(gt=0)] | None = None
    forever: bool = False
    starts: Literal["end", "written"]
    ground: Annotated[str, Field(min_length=1)]
    confirmed: bool

    @model_validator(mode="after")
    def _shape(self) -> "RetentionClass":
        if self.forever and self.months:
            raise ValueError("`forever` and `months` exclude each other")
        return self

    def due(self, since: datetime | None) -> datetime | None:
        """Return when what began then is to be erased; None: never, or nobody knows yet."""
        if since is None or self.months is None:
            return None
        months = since.month - 1 + self.months
        year, month = since.year + months // _YEAR, months % _YEAR + 1
        return since.replace(year=year, month=month, day=min(since.day, monthrange(year, month)[1]))

    def latest(self, at: datetime) -> datetime | None:
        """Return the moment from before which everything of the class is due at `at`."""
        if self.months is None:
            return None
        months = at.year * _YEAR + at.month - 1 - self.months
        year, month = months // _YEAR, months % _YEAR + 1
        return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


class PersonalLaw(Declared):
    """The file: which code lists are sensitive, and the classes."""

    sensitive_lists: tuple[Id, ...] = ()
    classes: Annotated[tuple[RetentionClass, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _once(self) -> "PersonalLaw":
        if len({one.id for one in self.classes}) < len(self.classes):
            raise ValueError("a class is declared twice")
        return self


@dataclass(frozen=True)
class Retention:
    """The classes in force here: `confirmed` names those that this installation has confirmed itself."""

    law: PersonalLaw
    confirmed: frozenset[str] = frozenset()

    @cached_property
    def classes(self) -> dict[str, RetentionClass]:
        """The classes by id."""
        return {one.id: one for one in self.law.classes}

    def erases(self, name: str) -> bool:
        """Tell whether things of the class are erased by themselves: it has a time, and that is confirmed."""
        known = self.classes.get(name)
        return bool(known and known.months) and self.is_confirmed(name)

    def is_confirmed(self, name: str) -> bool:
        """Tell whether somebody has compared the time with the law."""
        known = self.classes.get(name)
        return bool(known) and (name in self.confirmed or bool(known and known.confirmed))


@lru_cache(maxsize=1)
def personal_law() -> PersonalLaw:
    """Return the classes of the catalogue, read once a process. Raises Unreadable."""
    return take(read_document(FILE, "catalogue/personal.yaml"), PersonalLaw)


def retention(confirmed: Collection[str] = ()) -> Retention:
    """Return the classes with what this installation has confirmed."""
    return Retention(personal_law(), frozenset(confirmed))
