"""What a form needs to know of the world: places, code lists, health facilities."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class Commune:
    """A commune as it stands today."""

    code: str
    province: str
    full_name: str


class World(Protocol):
    """Facts by look-up; the agencies room tells them, tests bring their own."""

    def commune(self, code: str) -> Commune | None:
        """Return the commune in force, None when there is none of that code."""

    def label(self, code_list: str, code: str, language: str) -> str | None:
        """Return the words of a code, None when the list has no such code."""

    def codes(self, code_list: str, only: str = "") -> tuple[str, ...]:
        """Return the codes of a list in the order of showing; `only` names a column that says yes."""

    def address(self, code_list: str, code: str) -> str:
        """Return where a health facility of the list is, empty when the list does not tell."""


@dataclass(frozen=True)
class Circumstances:
    """What is known before the form: the day, the road, the place, who files for whom."""

    today: date
    channel: str = "online"
    province: str = ""
    commune: str = ""
    for_whom: str = "self"
    relation: str = ""
    level: int = 0

    def values(self) -> dict[str, str | int]:
        """Return them as expressions name them."""
        return {
            "today": self.today.isoformat(),
            "channel": self.channel,
            "filing.place.province": self.province,
            "filing.place.commune": self.commune,
            "filing.for_whom": self.for_whom,
            "filing.relation": self.relation,
            "filing.signed_in_level": self.level,
        }
