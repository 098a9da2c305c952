"""What has happened to a dossier: the only truth. Events are added, never changed or deleted."""

from datetime import date, datetime
from typing import Any, Literal

from motcua.dossiers.rules.facts import (
    Actor,
    Change,
    Confirmation,
    Consenters,
    Fact,
    Fault,
    FeeLine,
    Handing,
    Helped,
    MovedDate,
    Office,
    OnBehalf,
    PlannedLeg,
    Promised,
    Values,
)


class Event(Fact):
    """Something that happened, when and by whom."""

    at: datetime
    by: Actor


class Submitted(Event):
    """The dossier exists.

    What came on paper was typed by an official (`typed_by`) and confirmed by the applicant: by a code sent
    to their phone, or by their signature on the printed declaration. `helped_by`: who filled in with them. `on_behalf`: for
    whom they file, as they declared it or by a mandate.
    """

    code: str
    procedure: str
    version: str
    agency: str
    channel: str
    legs: tuple[PlannedLeg, ...]
    fees: tuple[FeeLine, ...]
    results: tuple[Promised, ...]
    expected: datetime
    typed_by: Actor | None = None
    confirmed: Confirmation = ""
    helped_by: tuple[Helped, ...] = ()
    on_behalf: OnBehalf | None = None


class Received(Event):
    """The desk took it in; the promised date counts from here."""

    due: datetime


class Declined(Event):
    """It ends without a result. `late`: returned later than the law lets an office appraise (NĐ 61/2018 Đ19.4)."""

    faults: tuple[Fault, ...]
    late: bool = False


class SupplementAsked(Event):
    """The applicant must supply something; the clock stands still.

    `refused`: it is a leg's first refusal, which reopens `fields` and `papers` besides what the faults name.
    """

    number: int
    faults: tuple[Fault, ...]
    until: datetime
    leg: str = ""
    approved_by: str = ""
    refused: bool = False
    fields: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class Supplemented(Event):
    """The applicant supplied it; the clock goes on."""

    number: int
    fields: tuple[str, ...]
    papers: tuple[str, ...]
    due: datetime | None
    leg: str = ""
    leg_due: datetime | None = None
    restarted: bool = False
    consenters: dict[str, Consenters] = {}


class RequestPrepared(Event):
    """A second request waits for a leader's approval; the applicant is not asked yet."""

    number: int
    faults: tuple[Fault, ...]
    leg: str = ""


class RequestDeclined(Event):
    """The leader handed a prepared request back: nothing is asked."""

    remark: str
    leg: str = ""


class SupplementLapsed(Event):
    """Nothing came in time."""

    number: int
    due: datetime | None
    leg: str = ""


class LegOpened(Event):
    """An agency has its part to do."""

    leg: str
    step: str
    due: datetime | None


class StepTaken(Event):
    """A step of a leg is done; `next` is the step that waits now, empty at the end."""

    leg: str
    step: str
    next: str
    values: Values
    silence: bool = False
    until: datetime | None = None


class LegSentBack(Event):
    """A leg returns to an earlier step with a remark."""

    leg: str
    step: str
    to: str
    remark: str


class ConsentAwaited(Event):
    """These people (by their keys) are asked, each for themselves; whoever was asked before is asked anew."""

    leg: str
    step: str
    people: tuple[str, ...]
    until: datetime


class ConsentGiven(Event):
    """One person agrees."""

    leg: str
    step: str
    person: str


class ConsentDeclined(Event):
    """One person does not agree."""

    leg: str
    step: str
    person: str


class LegAsked(Event):
    """A message with the question must go to a register or agency."""

    leg: str
    step: str
    party: str
    task: str
    supplemented: bool = False


class LegDone(Event):
    """The agency's part is done; its values are the result's data."""

    leg: str
    values: Values


class LegRefused(Event):
    """The agency refused its part. `late`: later than it may appraise what it received (NĐ 61/2018 Đ19.4)."""

    leg: str
    faults: tuple[Fault, ...]
    late: bool = False


class LegCancelled(Event):
    """The part is not needed any more."""

    leg: str
    reason: Literal["withdrawn", "stopped", "declined", "earlier_refused"]


class FeeSettled(Event):
    """A fee is settled."""

    fee: str
    amount: int
    reference: str


class FeeAwaited(Event):
    """Nothing can go on before a fee is paid; the clock stands still."""


class FeeNoLongerAwaited(Event):
    """The dossier goes on; the clock too."""

    due: datetime | None


class WithdrawalAsked(Event):
    """The applicant wants it back."""

    reason: str


class WithdrawalDeclined(Event):
    """It goes on where it was."""

    remark: str
    due: datetime | None


class Withdrawn(Event):
    """It ends because the applicant took it back."""


class ExtensionProposed(Event):
    """An apology is drafted: signed, it would move the promised date from `was` to `due`."""

    due: datetime
    was: datetime
    days: int
    reason: str
    text: str


class ExtensionDismissed(Event):
    """The draft was not signed; the promised date stays."""

    remark: str


class Extended(Event):
    """The promised date moved from `was` to `due`, with an apology; `legs`: the new dates of the parts at work."""

    due: datetime
    was: datetime
    days: int
    reason: str
    text: str
    legs: dict[str, datetime] = {}


class Consulted(Event):
    """Another unit or agency is asked for its opinion, until a date: so many working days, or 0: the part's own date."""

    number: int
    leg: str
    agency: str
    agency_name: str
    role: str
    question: str
    until: datetime
    days: int = 0
    fields: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class ConsultationAnswered(Event):
    """Who was asked gave the opinion."""

    number: int
    leg: str
    answer: str


class Stopped(Event):
    """It ends because it cannot go on."""

    faults: tuple[Fault, ...]


class Finished(Event):
    """All parts are over: this moment counts for on time."""

    on_time: bool


class ResultReturned(Event):
    """A result reached the person."""

    result: str
    way: str
    receiver: str
    reference: str
    handing: Handing | None = None


class Closed(Event):
    """Every result is with the person."""


class ResultChangeProposed(Event):
    """An issued result shall change, once a leader has signed; what `fields` said and shall say lies beside it."""

    result: str
    leg: str
    change: Change
    reason: Fault
    decision: str = ""
    fields: tuple[str, ...] = ()


class ResultChangeDropped(Event):
    """The change is not made."""

    result: str
    leg: str
    remark: str


class ResultCorrected(Event):
    """Another paper stands in the place of the issued one; `proposed`: where the proposal stands in the history."""

    result: str
    leg: str
    reason: Fault
    fields: tuple[str, ...]
    edition: int
    proposed: int


class ResultRevoked(Event):
    """The issued paper counts no more."""

    result: str
    leg: str
    reason: Fault
    decision: str


class ResultReinstated(Event):
    """The revoked paper counts again."""

    result: str
    leg: str
    reason: Fault
    decision: str


class Recounted(Event):
    """The calendar changed and the dates with it: the whole's, those of the parts in `legs`, and the others.

    `due` and `was` are the same where the whole does not move, and None where it has no date now.
    """

    due: datetime | None
    was: datetime | None
    legs: dict[str, datetime] = {}
    others: tuple[MovedDate, ...] = ()
    day: date
    reason: str
    decision: str = ""


class Restricted(Event):
    """The use of its data is restricted, as the request of this number asks."""

    request: str


class HoldEnded(Event):
    """What the request of this number held is let go; a restriction of the use ends with it."""

    request: str
    reason: str


class ContactMoved(Event):
    """Messages go to another number of the person from now on; `ending`: its last three digits. What was declared stays."""

    ending: str


class Transferred(Event):
    """Offices have become others (old code → what it is now), and the dossier goes on there."""

    offices: dict[str, Office]
    decision: str


def _kinds(base: type[Event]) -> dict[str, type[Event]]:
    return {kind.__name__: kind for kind in base.__subclasses__()}


KINDS = _kinds(Event)


def stored(event: Event) -> tuple[str, dict[str, Any]]:
    """Return the event's kind and its data as JSON values."""
    return type(event).__name__, event.model_dump(mode="json")


def restored(kind: str, data: dict[str, Any]) -> Event:
    """Return the event of a stored row; KeyError for a kind that never was."""
    return KINDS[kind].model_validate(data)
