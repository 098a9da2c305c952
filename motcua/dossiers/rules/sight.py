"""What an office gets to see of a dossier: the receiving one all of it, a linked one its allow-list.

Default deny: no post, or a post that handles no dossiers, sees nothing (Luật Bảo vệ dữ liệu cá nhân 2025, Điều 3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.procedures.rules.definition import Answers, Definition
from motcua.procedures.rules.plan import Role, Sees

HANDLING = frozenset(get_args(Role))
"""Roles that handle dossiers; an administrator is not among them."""


@dataclass(frozen=True)
class Sight:
    """What may be seen: `whole` by the receiving agency; else what the legs' lists allow."""

    whole: bool
    legs: frozenset[str]
    lists: tuple[Sees | Literal["all"], ...] = ()

    @property
    def all_declared(self) -> bool:
        """Tell whether every field and paper may be seen."""
        return self.whole or "all" in self.lists

    def field(self, name: str) -> bool:
        """Tell whether a field may be seen."""
        return self.all_declared or any(_allows(sees, name) for sees in self.lists)

    def paper(self, key: str) -> bool:
        """Tell whether a paper may be seen."""
        return self.all_declared or any(
            isinstance(sees, Sees) and key in sees.papers for sees in self.lists
        )

    def answers(self, definition: Definition, answers: Answers) -> dict[str, Any]:
        """Return the answers that may be seen."""
        seen: dict[str, Any] = {}
        for sees in ("all",) if self.whole else self.lists:
            seen.update(definition.visible_to(sees, answers))
        return {name: answers[name] for name in answers if name in seen}

    def leg(self, leg: str) -> bool:
        """Tell whether what happened inside a leg – remarks, values, faults – may be seen."""
        return self.whole or leg in self.legs

    def result_of(self, leg: Leg, all_legs: Iterable[Leg]) -> bool:
        """Tell whether a leg's result may be seen: one's own, and those one's own leg builds on."""
        built_on = {other for mine in all_legs if mine.id in self.legs for other in mine.after}
        return self.leg(leg.id) or leg.id in built_on


def _allows(sees: Sees | str, name: str) -> bool:
    return isinstance(sees, Sees) and sees.allows(name)


def sight(definition: Definition, dossier: Dossier, agencies: frozenset[str]) -> Sight | None:
    """Return what people of these agencies see; None when the dossier is none of their business."""
    mine = [leg for leg in dossier.legs.values() if leg.agency in agencies]
    whole = dossier.agency in agencies
    if not whole and not mine:
        return None
    plan = definition.procedure.plan
    lists = tuple(plan.stage(leg.id).sees for leg in mine)
    return Sight(whole, frozenset(leg.id for leg in mine), () if whole else lists)
