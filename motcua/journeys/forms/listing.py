"""Which forms a history has given rise to. Each belongs to one event and never changes after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.rules import events as e
from motcua.journeys.forms.sets import Kind

SLUGS: dict[Kind, str] = {
    "receipt": "tiep-nhan",
    "supplement": "bo-sung",
    "refusal": "tu-choi",
    "extension": "xin-loi",
    "stop": "dung",
    "control": "kiem-soat",
}
NUMBERS: dict[Kind, str] = {
    "receipt": "01", "supplement": "02", "refusal": "03", "extension": "04", "stop": "05",
    "control": "06",
}  # fmt: skip
"""The forms' numbers in TT 03/2025/TT-VPCP."""


@dataclass(frozen=True)
class Form:
    """One form: which, and the event it tells of by its place in the history (from 1)."""

    kind: Kind
    seq: int
    event: e.Event

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return f"{SLUGS[self.kind]}-{self.seq}"

    @property
    def leg(self) -> str:
        """The part it is about, empty for the dossier as a whole."""
        return "" if self.kind == "control" else getattr(self.event, "leg", "")

    @property
    def at(self) -> datetime:
        """When what it tells happened."""
        return self.event.at

    @property
    def turn(self) -> int:
        """Which request it is, of several; otherwise 1."""
        return getattr(self.event, "number", 1) if self.kind == "supplement" else 1


_KINDS: dict[type[e.Event], Kind] = {
    e.Received: "receipt",
    e.SupplementAsked: "supplement",
    e.Declined: "refusal",
    e.LegRefused: "refusal",
    e.Extended: "extension",
    e.Withdrawn: "stop",
    e.Stopped: "stop",
}


def forms_of(history: Sequence[e.Event]) -> list[Form]:
    """Return the forms, in the order in which they came to be."""
    found = [
        Form(kind, seq, event)
        for seq, event in enumerate(history, start=1)
        if (kind := _KINDS.get(type(event)))
    ]
    refused = {form.leg for form in found if isinstance(form.event, e.LegRefused)}
    return [form for form in found if not _repeats(form, refused)]


def _repeats(form: Form, refused: set[str]) -> bool:
    """Tell whether a refusal of the whole only sums up the refusals of its parts."""
    return isinstance(form.event, e.Declined) and bool(refused) and form.event.by.kind == "system"


def form_of(history: Sequence[e.Event], slug: str) -> Form | None:
    """Return the form of that name, None when the history knows none."""
    return next((form for form in forms_of(history) if form.slug == slug), None)


def control_sheet(history: Sequence[e.Event]) -> Form:
    """Return form 06 as of the last event: the office's own, and never the citizen's."""
    return Form("control", len(history), history[-1])


def control_sheet_of(history: Sequence[e.Event], slug: str) -> Form | None:
    """Return form 06 as of the event that the name tells, None for any other name."""
    kind, _, place = slug.rpartition("-")
    if kind != SLUGS["control"] or not place.isdecimal() or not 0 < int(place) <= len(history):
        return None
    return control_sheet(history[: int(place)])
