"""What figures are made of: a dossier or a part of one, as its events tell it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from motcua.dossiers.rules.status import Status

Pausing = Literal["supplement", "fee", "withdrawal"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One event that touches the clock or gives a reason: the history without what it is about.

    `due` is the promised date the event told, None where the clock stood or did not change; `number` counts
    the supplement requests of one agency; `reasons` are codes with their words.
    """

    kind: str
    at: datetime
    due: datetime | None = None
    number: int = 0
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's part (leg) of a dossier; `status` is the whole dossier's."""

    dossier: int
    leg: str
    agency: str
    state: str
    step: str
    digest: str
    status: Status
    opened_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Tell whether somebody has this part to do now, its clock not standing still."""
        return self.state == "open" and self.status not in STANDING

    def late(self, at: datetime) -> bool:
        """Tell whether the part went, or goes at `at`, past its own date."""
        if self.due_at is None or (self.ended_at is None and not self.running):
            return False
        return (self.ended_at or at) > self.due_at


@dataclass(frozen=True, slots=True)
class Doer:
    """An official of the agency, and how many acts of theirs the dossier saw in the window."""

    id: str
    name: str
    acts: int


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier of the receiving agency; `came_at`: when it came from an office that this one follows."""

    dossier: int
    digest: str
    status: Status
    channel: str
    submitted_at: datetime
    expected_at: datetime
    received_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    ended_at: datetime | None = None
    came_at: datetime | None = None
    full: bool = True
    proven: bool = False
    papers: bool = False
    electronic: bool = False
    paid: bool = False
    paid_online: bool = False
    marks: tuple[Mark, ...] = ()
    parts: tuple[Part, ...] = ()
    doers: tuple[Doer, ...] = ()
    holders: tuple[tuple[str, str], ...] = ()
    """Who of the agency has a piece of its work in hand now: id and name."""

    @property
    def over(self) -> datetime | None:
        """When the processing was over: finished, or ended without a result (QĐ 766: status 9, 10, then 3, 8)."""
        return self.finished_at or self.ended_at

    def here(self, moment: datetime | None) -> bool:
        """Tell whether that happened at this office: what was before the dossier came is the earlier office's."""
        return moment is not None and (self.came_at is None or moment >= self.came_at)

    @property
    def withdrawn(self) -> bool:
        """Tell whether the applicant took it back."""
        return any(mark.kind == "Withdrawn" for mark in self.marks)

    @property
    def extended(self) -> bool:
        """Tell whether its promised date was moved with an apology: once at most (NĐ 61/2018 Đ19.9)."""
        return any(mark.kind == "Extended" for mark in self.marks)

    @property
    def supplements(self) -> int:
        """How often one and the same agency asked the applicant for a supplement, at most."""
        return max(
            (mark.number for mark in self.marks if mark.kind == "SupplementAsked"), default=0
        )


STANDING = frozenset({Status.SUPPLEMENT, Status.FEE, Status.WITHDRAWING})
"""Where the clock of a received dossier stands still."""
