"""Checking a dossier: which of its parts an office has looked at, and what it found there.

Marks are working notes of one office, not events: they decide nothing, and the citizen reads of them only
what a supplement request says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from motcua.dossiers.rules.facts import Fault
from motcua.kernel.refusal import Refusal, noop

UnitKind = Literal["section", "paper"]
Verdict = Literal["open", "accepted", "faulted"]
Standing = Literal["unseen", "again", "accepted", "faulted"]


class MarkedMeanwhile(Refusal):
    """A colleague marked the same part since the page was opened."""

    code: ClassVar[str] = "dossiers.marked-meanwhile"
    text: ClassVar[str] = noop(
        "{who} vừa kiểm tra mục này lúc {when}. Điều vừa bấm chưa được ghi. "
        "Hãy xem đánh giá mới rồi sửa nếu vẫn cần."
    )
    status: ClassVar[int] = 409


class ReasonDoesNotFit(Refusal):
    """The reason is of another kind of field or paper, or there is no such reason."""

    code: ClassVar[str] = "dossiers.reason-does-not-fit"
    text: ClassVar[str] = noop(
        "Lý do này không dùng cho mục “{label}”. Hãy chọn lý do trong danh sách."
    )


class NothingToCheck(Refusal):
    """The dossier is over, or has no such part that this office may see."""

    code: ClassVar[str] = "dossiers.nothing-to-check"
    text: ClassVar[str] = noop(
        "Mục này không còn để kiểm tra. Hãy tải lại trang để xem hồ sơ mới nhất."
    )
    status: ClassVar[int] = 409


@dataclass(frozen=True)
class Unit:
    """One part of a dossier that is looked at as a whole; `of` changes when its contents do."""

    kind: UnitKind
    target: str
    of: str

    @property
    def key(self) -> str:
        """The unit's name on pages and in addresses."""
        return f"{self.kind}:{self.target}"


@dataclass(frozen=True)
class Mark:
    """What an office found at a unit, who says so and when."""

    verdict: Verdict
    faults: tuple[Fault, ...]
    of: str
    by: str
    at: datetime
    revision: int


@dataclass(frozen=True)
class Checked:
    """A unit with its mark, as it counts today."""

    unit: Unit
    mark: Mark | None

    @property
    def standing(self) -> Standing:
        """How the unit stands: a mark upon contents that have changed since must be made again."""
        if self.mark is None or self.mark.verdict == "open":
            return "unseen"
        if self.mark.of != self.unit.of:
            return "again"
        return self.mark.verdict

    @property
    def counts(self) -> bool:
        """Tell whether the unit, as it is now, has been looked at."""
        return self.standing in ("accepted", "faulted")

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults that hold for the contents of today."""
        return self.mark.faults if self.mark and self.standing == "faulted" else ()

    @property
    def revision(self) -> int:
        """What a page shows as seen: 0 where nobody has marked yet."""
        return self.mark.revision if self.mark else 0


def checked(units: Iterable[Unit], marks: Mapping[str, Mark]) -> tuple[Checked, ...]:
    """Return every unit with its mark (marks by unit key)."""
    return tuple(Checked(unit, marks.get(unit.key)) for unit in units)


def faults_of(found: Iterable[Checked]) -> tuple[Fault, ...]:
    """Return all that one complete supplement request has to say, in the order of the form."""
    return tuple(fault for one in found for fault in one.faults)


def with_fault(faults: Iterable[Fault], fault: Fault) -> tuple[Fault, ...]:
    """Return the faults with this one; the same reason at the same place is told once, as told last."""
    return (*without(faults, fault.field, fault.paper, fault.code), fault)


def without(faults: Iterable[Fault], field: str, paper: str, code: str) -> tuple[Fault, ...]:
    """Return the faults without the reason at that place."""
    gone = (field, paper, code)
    return tuple(kept for kept in faults if (kept.field, kept.paper, kept.code) != gone)
