"""Small values that acts, events and the dossier share."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

ActorKind = Literal["applicant", "person", "official", "agency", "system"]
Confirmation = Literal["", "code", "sheet"]
"""How an applicant confirmed what an official typed: a code to their phone, a signed sheet; empty: they typed it."""
Consenters = dict[str, tuple[str, ...]]
"""Step → the keys of those who must agree there; a key tells nobody a number (docs/why/0011)."""


Change = Literal["correct", "revoke", "reinstate"]
"""What may become of an issued result: đính chính, thu hồi, khôi phục."""


class Fact(BaseModel):
    """A frozen value."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Actor(Fact):
    """Who acts: an applicant, an official in a post, a linked agency by message, or the system itself.

    A `person` is somebody the dossier concerns and who answers for themselves alone; `id` is their key.
    `in_place_of` names the official who is away and for whom this one acts, in the other's post. `signs`, `title`:
    what stands above an official's name on papers, as their post has it then (`agencies/rules/signing_lines`).
    """

    kind: ActorKind
    id: str = ""
    name: str = ""
    role: str = ""
    agency: str = ""
    in_place_of: str = ""
    signs: str = ""
    title: str = ""


SYSTEM = Actor(kind="system", name="motcua")


DateKind = Literal["supplement", "confirm", "consent", "opinion", "extension", "expected"]
"""Which date beside the promised ones: of a request's answer, of a draft's confirmation, of people's consent, of an
opinion, of a drafted apology, of what was expected when it was filed."""


class MovedDate(Fact):
    """A date that moved; `of`: which part, or which question, where the dossier may have several."""

    what: DateKind
    of: str = ""
    was: datetime
    due: datetime


class Helped(Fact):
    """Who filled in beside the applicant, by a code of theirs: family, or the village digital team of `unit`."""

    name: str
    who: Literal["family", "team"]
    unit: str = ""


class OnBehalf(Fact):
    """For whom an applicant files, and by what right.

    Declared in the form: `relation` is the code that was chosen there, `ground` what that is (`parent`, `spouse` …;
    empty where no list says). By a mandate: `mandate` is its id, `holder` who filed in place of `giver`, until when
    it lasts, and whether its paper lies with the dossier.
    """

    ground: str
    relation: str = ""
    mandate: str = ""
    giver: str = ""
    holder: str = ""
    until: datetime | None = None
    paper: bool = False


class Fault(Fact):
    """One coded reason, tied to a field or a paper, with how to mend it."""

    code: str
    text: str
    how: str = ""
    basis: str = ""
    field: str = ""
    paper: str = ""


class Office(Fact):
    """An agency that does a part, and the party that answers for it where it works in its own system."""

    agency: str
    agency_name: str
    party: str = ""


class PlannedLeg(Fact):
    """One leg as fixed at filing: who will do it and how that agency works."""

    id: str
    agency: str
    agency_name: str
    party: str = ""
    after: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    consenters: Consenters = {}


class FeeLine(Fact):
    """One fee as computed at filing."""

    id: str
    name: str
    amount: int
    basis: str = ""


class Handing(Fact):
    """How whoever fetched a result at the counter showed who they are, and confirmed that they have it.

    `digits`: the last three of the number on what was shown, never more. `authority`: what authorises a
    representative, with number and date; empty for the applicant themself.
    """

    proof: Literal["card", "vneid", "passport"]
    digits: str
    authority: str = ""
    confirmed: Literal["code", "sheet"]


class Promised(Fact):
    """A result the dossier will bring, and the way it is handed over."""

    id: str
    stage: str
    way: Literal["online", "counter", "post"]


class Pause(Fact):
    """A stretch in which the clock stood still."""

    reason: Literal["supplement", "fee", "withdrawal"]
    start: datetime
    end: datetime | None = None


Values = dict[str, Any]
