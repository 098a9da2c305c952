"""What of an event is about people, and what is left of it once that is erased: enough to tell the dossier's way.

Kind, moment, the office and the official who acted stay, with codes, dates, amounts and numbers of papers of the
office: they are the archive's (Luật Lưu trữ 33/2024/QH15). Names of citizens and whatever somebody wrote go.
"""

from typing import Any, TypeVar

from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import Actor, Fact, Fault, Handing, Helped, OnBehalf

ERASED = "•••"
"""Stands where words were."""

WORDS: dict[type[Fact], frozenset[str]] = {
    Actor: frozenset({"name", "in_place_of"}),
    Fault: frozenset({"text", "how"}),
    Handing: frozenset({"digits", "authority"}),
    Helped: frozenset({"name"}),
    OnBehalf: frozenset({"giver", "holder"}),
    e.ContactMoved: frozenset({"ending"}),
    e.ConsultationAnswered: frozenset({"answer"}),
    e.Consulted: frozenset({"question"}),
    e.Extended: frozenset({"text"}),
    e.ExtensionDismissed: frozenset({"remark"}),
    e.ExtensionProposed: frozenset({"text"}),
    e.HoldEnded: frozenset({"reason"}),
    e.LegDone: frozenset({"values"}),
    e.LegSentBack: frozenset({"remark"}),
    e.RequestDeclined: frozenset({"remark"}),
    e.ResultChangeDropped: frozenset({"remark"}),
    e.ResultReturned: frozenset({"receiver", "reference"}),
    e.StepTaken: frozenset({"values"}),
    e.WithdrawalAsked: frozenset({"reason"}),
    e.WithdrawalDeclined: frozenset({"remark"}),
}
"""Where words of people stand, by the kind of fact; of an actor only where it is no official."""
_ON_DUTY = frozenset({"official", "agency", "system"})

F = TypeVar("F", bound=Fact)


def without_people(fact: F) -> F:
    """Return the event, or a fact in it, without what is about people; what has nothing of them is returned equal."""
    if isinstance(fact, Actor) and fact.kind in _ON_DUTY:
        return fact
    words = WORDS.get(type(fact), frozenset())
    parts = {
        name: _emptied(part) if name in words else _cleared(part)
        for name in type(fact).model_fields
        for part in (getattr(fact, name),)
    }
    return fact.model_copy(update=parts)


def _emptied(part: Any) -> Any:
    if isinstance(part, dict):
        return {}
    return ERASED if part else part


def _cleared(part: Any) -> Any:
    if isinstance(part, Fact):
        return without_people(part)
    if isinstance(part, tuple):
        return tuple(_cleared(one) for one in part)
    if isinstance(part, dict):
        return {key: _cleared(value) for key, value in part.items()}
    return part
