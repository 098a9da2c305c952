"""The dossier as its history tells it."""

from datetime import datetime

from motcua.dossiers.rules.facts import (
    Actor,
    Change,
    Consenters,
    Fact,
    Fault,
    FeeLine,
    Pause,
    PlannedLeg,
    Promised,
    Values,
)
from motcua.dossiers.rules.status import LegState, Status


class Leg(Fact):
    """One agency's part."""

    id: str
    agency: str
    agency_name: str
    party: str = ""
    after: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    consenters: Consenters = {}
    state: LegState = LegState.WAITING
    step: str = ""
    opened_at: datetime | None = None
    due: datetime | None = None
    step_since: datetime | None = None
    step_until: datetime | None = None
    ended_at: datetime | None = None
    values: Values = {}
    faults: tuple[Fault, ...] = ()
    remark: str = ""
    reopened: bool = False
    """Whether its first refusal went back to the applicant: the next one is final."""
    asked: tuple[str, ...] = ()
    """Whose consent the present step asks for, by their keys."""
    agreed: frozenset[str] = frozenset()
    declined: str = ""
    """Who did not agree; the first one ends the asking."""
    extra_days: int = 0
    """The working days an extension of the whole added to its own date."""

    @classmethod
    def planned(cls, plan: PlannedLeg) -> "Leg":
        """Return the leg as it waits before its turn."""
        return cls(**plan.model_dump())

    @property
    def awaited(self) -> tuple[str, ...]:
        """Those who have not agreed yet, while the leg stands at the step that asks them."""
        if self.state is not LegState.OPEN:
            return ()
        return tuple(person for person in self.asked if person not in self.agreed)


class Consultation(Fact):
    """A question to another unit or agency, and what that may see of the dossier."""

    number: int
    leg: str
    agency: str
    agency_name: str
    role: str
    question: str
    asked_at: datetime
    asked_by: Actor
    until: datetime
    days: int = 0
    fields: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: Actor | None = None


class Request(Fact):
    """A supplement request that waits for the applicant."""

    number: int
    faults: tuple[Fault, ...]
    asked_at: datetime
    until: datetime
    leg: str = ""
    refused: bool = False
    reopened_fields: tuple[str, ...] = ()
    reopened_papers: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that reopen."""
        faulty = {fault.field for fault in self.faults if fault.field}
        return frozenset(faulty | set(self.reopened_fields))

    @property
    def papers(self) -> frozenset[str]:
        """The papers that reopen."""
        return self.must_bring | set(self.reopened_papers)

    @property
    def must_bring(self) -> frozenset[str]:
        """The papers without which the request is not answered: those found faulty."""
        return frozenset(fault.paper for fault in self.faults if fault.paper)


class Extension(Fact):
    """A promised date moved, or to be moved, by so many working days; `reason` is coded, `text` the apology."""

    days: int
    was: datetime
    due: datetime
    at: datetime
    reason: str
    text: str


class ResultChange(Fact):
    """A change of an issued result that no leader has signed yet; `seq`: its place in the history."""

    result: str
    change: Change
    reason: Fault
    decision: str
    fields: tuple[str, ...]
    by: Actor
    at: datetime
    seq: int


class Prepared(Fact):
    """A second request that no leader has approved yet."""

    number: int
    faults: tuple[Fault, ...]
    by: Actor
    at: datetime


class Clock(Fact):
    """What the promised date is computed from; `proposal` is an extension that nobody has signed yet."""

    received_at: datetime | None = None
    restarted_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    due: datetime | None = None
    extension: Extension | None = None
    proposal: Extension | None = None

    @property
    def standing(self) -> bool:
        """Tell whether the clock stands still."""
        return any(pause.end is None for pause in self.pauses)

    @property
    def extra_days(self) -> int:
        """The working days an extension adds to the present count; one that began anew has none."""
        if self.extension is None:
            return 0
        earlier = self.restarted_at is not None and self.extension.at < self.restarted_at
        return 0 if earlier else self.extension.days

    def proposed(self, due: datetime) -> "Clock":
        """Return the clock with its drafted extension from the date promised now to this one."""
        if self.proposal is None or self.due is None:
            return self
        moved = self.proposal.model_copy(update={"was": self.due, "due": due})
        return self.model_copy(update={"proposal": moved})

    def paused(self, pause: Pause) -> "Clock":
        """Return the clock standing still; a date that will move by itself needs no extension now."""
        changes = {"pauses": (*self.pauses, pause), "due": None, "proposal": None}
        return self.model_copy(update=changes)

    def resumed(self, at: datetime, due: datetime | None, *, restart: bool = False) -> "Clock":
        """Return the clock going on (or anew)."""
        pauses = tuple(
            pause if pause.end else pause.model_copy(update={"end": at}) for pause in self.pauses
        )
        changes = {"pauses": pauses, "due": due}
        return self.model_copy(update=changes | ({"restarted_at": at} if restart else {}))


class Dossier(Fact):
    """A dossier folded from its events."""

    code: str
    procedure: str
    version: str
    agency: str
    channel: str
    applicant: str
    submitted_at: datetime
    expected: datetime
    status: Status
    legs: dict[str, Leg]
    fees: dict[str, FeeLine]
    settled: frozenset[str] = frozenset()
    promised: dict[str, Promised]
    returned: frozenset[str] = frozenset()
    revoked: frozenset[str] = frozenset()
    editions: dict[str, int] = {}
    changes: dict[str, ResultChange] = {}
    clock: Clock = Clock()
    requests: dict[str, Request] = {}
    requests_made: dict[str, int] = {}
    prepared: dict[str, Prepared] = {}
    before_withdrawal: Status | None = None
    consultations: dict[int, Consultation] = {}
    faults: tuple[Fault, ...] = ()
    finished_at: datetime | None = None
    ended_at: datetime | None = None
    restrictions: dict[str, datetime] = {}
    """By which requests the use of its data is restricted, each since when."""
    seq: int = 0

    def leg(self, leg_id: str) -> Leg:
        """Return the leg; KeyError when the dossier has none of that name."""
        return self.legs[leg_id]

    @property
    def to_approve(self) -> dict[str, Prepared]:
        """The prepared requests that may still go out: before reception, or while their leg is at that step."""
        return {
            leg: prepared
            for leg, prepared in self.prepared.items()
            if (self.legs[leg].state is LegState.OPEN if leg else self.status is Status.REGISTERED)
        }

    @property
    def restricted_since(self) -> datetime | None:
        """Since when the use of its data is restricted; what was revealed before counts no more."""
        return max(self.restrictions.values(), default=None)

    @property
    def unpaid(self) -> tuple[FeeLine, ...]:
        """The fees still to pay."""
        return tuple(fee for fee in self.fees.values() if fee.amount and fee.id not in self.settled)

    @property
    def owed(self) -> tuple[FeeLine, ...]:
        """The unpaid fees that no leg waits for: due before a result is handed over, and before the end."""
        waited = {fee for leg in self.legs.values() for fee in leg.blocked_by}
        return tuple(fee for fee in self.unpaid if fee.id not in waited)

    @property
    def without_requests(self) -> Status:
        """Where the dossier stands once nothing is asked of the applicant any more."""
        return Status.PROCESSING if self.clock.received_at else Status.REGISTERED

    @property
    def open_consultations(self) -> tuple[Consultation, ...]:
        """The questions still to be answered: one whose part is over is nobody's work any more."""
        if self.status.final or self.finished_at:
            return ()
        asked = self.consultations.values()
        return tuple(
            one for one in asked if not one.answered_at and not self.legs[one.leg].state.final
        )

    def blocked(self, leg: Leg) -> bool:
        """Tell whether a fee must be paid before the leg may begin."""
        return any(fee.id in leg.blocked_by for fee in self.unpaid)

    def ready(self, leg: Leg) -> bool:
        """Tell whether a waiting leg may begin: all it waits for is done and paid."""
        return (
            leg.state is LegState.WAITING
            and all(self.legs[other].state is LegState.DONE for other in leg.after)
            and not self.blocked(leg)
        )

    def available(self) -> tuple[Promised, ...]:
        """Return the results that exist and are not with the person yet."""
        return tuple(
            result
            for result in self.promised.values()
            if result.id not in self.returned | self.revoked
            and self.legs[result.stage].state is LegState.DONE
        )

    def edition(self, result: str) -> int:
        """Return which paper of a result counts: the first, or a later one that corrects it."""
        return self.editions.get(result, 1)
