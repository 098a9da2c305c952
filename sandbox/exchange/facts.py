"""What a system needs to know, found in the answers it was sent.

The names of the answers belong to the procedure, not to the box: a fact is looked for by the
endings a form would give it, the subject's (the child's, the deceased's) before anybody else's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

_SUBJECT = ("child", "tre", "nks", "subject", "baby", "deceased", "citizen")
_BIRTH_DATE = ("birth_date", "date_of_birth", "birthdate", "born_on", "ngay_sinh", "dob")
_SEX = ("sex", "gender", "gioi_tinh")
_FEMALE = {"female", "f", "nu", "woman", "girl", "1"}
_MALE = {"male", "m", "nam", "man", "boy", "0"}
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{2})[/.](\d{2})[/.](\d{4})")


def flat(fields: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Nested answers as one level: `child` → `birth_date` becomes `child.birth_date`."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        path = f"{before}{name}"
        if isinstance(value, Mapping):
            found[path] = value
            found |= flat(value, f"{path}.")
        else:
            found[path] = value
    return found


class Facts:
    """One question's answers and the results of the legs before it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._fields = flat(_mapping(data.get("fields")))
        self._results = flat(_mapping(data.get("previous_results")))

    @property
    def names(self) -> list[str]:
        """The ids of the fields that were sent."""
        return [name for name, value in self._fields.items() if not isinstance(value, Mapping)]

    def field_like(self, *endings: str) -> str | None:
        """Return the id of the first field that ends so, the child's first."""
        return next(_named(self.names, endings), None)

    def text(self, *endings: str) -> str:
        """Return the value of the first such field that is filled, as text; the subject's first."""
        for name in _named(self._fields, endings):
            value = self._fields[name]
            if isinstance(value, str | int) and value != "":
                return str(value)
        return ""

    def birth_date(self) -> date | None:
        """Return the subject's date of birth, None when it is missing or not a whole date."""
        return self.day(*_BIRTH_DATE)

    def day(self, *endings: str) -> date | None:
        """Return the first whole date of such a field, None when there is none."""
        found = (_date(self._fields[name]) for name in _named(self._fields, endings))
        return next((day for day in found if day), None)

    def is_female(self) -> bool | None:
        """Return the subject's sex, None when it was not sent."""
        word = _plain(self.text(*_SEX)).rpartition(".")[2]
        if word in _FEMALE:
            return True
        return False if word in _MALE else None

    def personal_number(self) -> str:
        """Return the number a leg before this one brought, else the child's own in the answers."""
        for name, value in self._results.items():
            if name.endswith("personal_number") and isinstance(value, str):
                return value
        return self.text("child.personal_number", "child_personal_number")

    def name(self, who: str) -> str:
        """Return the name of `child`, `mother`, `father`, `household_head`…; empty when not sent."""
        names = [f"{who}{joint}{word}" for joint in "._" for word in ("name", "full_name")]
        whole = self.text(*names, who)
        if whole:
            return whole
        before = [f"{who}.", f"{who}_", f"{who}.name.", f"{who}_name."]
        parts = (
            self.text(*(start + part + end for start in before for end in ("_name", "")))
            for part in ("family", "middle", "given")
        )
        return " ".join(part for part in parts if part)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _named(names: Iterable[str], endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the names that end so: earlier endings before later, the subject's before others'."""
    plain = {name: _plain(name) for name in names}
    for ending in endings:
        for ours in (True, False):
            for name, bare in plain.items():
                if bare.startswith(_SUBJECT) is ours and bare.endswith(ending):
                    yield name


@lru_cache(maxsize=4096)  # the names of a form are the same in every question
def _plain(text: str) -> str:
    """Lower case, no diacritics, one kind of joint."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("-", "_")


def _date(value: object) -> date | None:
    if isinstance(value, Mapping):
        value = value.get("value") or value.get("date")
    found = _DATE.match(value) if isinstance(value, str) else None
    if not found:
        return None
    year, month, day = (
        (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
