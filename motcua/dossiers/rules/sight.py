"""What an office gets to see of a dossier: the receiving one all of it, a linked one its allow-list.

Default deny: no post, or a post that handles no dossiers, sees nothing (Luật Bảo vệ dữ liệu cá nhân 2025, Điều 3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from motcua.dossiers.rules.dossier import Consultation, Dossier, Leg
from motcua.procedures.rules.definition import Answers, Definition
from motcua.procedures.rules.plan import Role, Sees

HANDLING = frozenset(get_args(Role))
"""Roles that handle dossiers; an administrator is not among them."""


@dataclass(frozen=True)
class Sight:
    """What may be seen: `whole` by the receiving agency; else what the legs' lists allow.

    `asked`: the consultations put to these people. Whoever is only consulted sees, while the answer is waited
    for, what the asker has ticked (NĐ 61/2018 Đ19.5).
    """

    whole: bool
    legs: frozenset[str]
    lists: tuple[Sees | Literal["all"], ...] = ()
    asked: frozenset[int] = frozenset()

    @property
    def only_asked(self) -> bool:
        """Tell whether they have no part in the dossier but a question put to them."""
        return not self.whole and not self.legs

    def consultation(self, one: Consultation) -> bool:
        """Tell whether question and answer may be seen: by who asked and by who was asked."""
        return self.leg(one.leg) or one.number in self.asked

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


Seats = frozenset[tuple[str, str]]
"""The posts of somebody: agency and role."""


def sight(definition: Definition, dossier: Dossier, seats: Seats) -> Sight | None:
    """Return what people in these posts see; None when the dossier is none of their business."""
    agencies = {agency for agency, _ in seats}
    mine = [leg for leg in dossier.legs.values() if leg.agency in agencies]
    asked = frozenset(one.number for one in dossier.consultations.values() if _put_to(one, seats))
    whole = dossier.agency in agencies
    if not whole and not mine and not asked:
        return None
    plan = definition.procedure.plan
    lists = [plan.stage(leg.id).sees for leg in mine]
    ticked = [
        Sees(fields=one.fields, papers=one.papers)
        for one in dossier.open_consultations
        if one.number in asked
    ]
    legs = frozenset(leg.id for leg in mine)
    return Sight(whole, legs, () if whole else (*lists, *ticked), asked)


def _put_to(one: Consultation, seats: Seats) -> bool:
    return (one.agency, one.role) in seats or (one.agency, "leader") in seats
