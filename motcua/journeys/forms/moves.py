"""A dossier's way from hand to hand, read from its history: what form 06 (phiếu kiểm soát) shows.

A stay begins where the one before ended: whoever hands over and whoever receives share a moment. Pure.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from motcua.agencies.rules.roles import NAMES, Role
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.evolve import evolve
from motcua.dossiers.rules.facts import Actor
from motcua.kernel.working_time import ZONE
from motcua.procedures.rules.plan import Plan, Step

APPLICANT, CONCERNED = "Người nộp hồ sơ", "Người có liên quan"
Verdict = Literal["", "early", "on_time", "late"]


@dataclass(frozen=True)
class Stay:
    """The dossier, or a part of it, with one holder for a while; `person` is who handed it on."""

    leg: str
    holder: str
    task: str
    since: datetime
    until: datetime | None = None
    person: str = ""
    due: datetime | None = None
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        """Tell whether it was handed on before the day it was due, on that day, or late."""
        if self.until is None or self.due is None:
            return ""
        if self.until > self.due:
            return "late"
        same = self.until.astimezone(ZONE).date() == self.due.astimezone(ZONE).date()
        return "on_time" if same else "early"


@dataclass
class _Way:
    """The stays so far: those that are over, and the open one of each part."""

    plan: Plan
    desk: str
    over: list[Stay] = field(default_factory=list)
    open: dict[str, Stay] = field(default_factory=dict)

    def begin(
        self, at: datetime, leg: str, holder: str, task: str, due: datetime | None = None
    ) -> None:
        self.end(at, leg)
        self.open[leg] = Stay(leg, holder, task, at, due=due)

    def end(self, at: datetime, leg: str, by: Actor | None = None, note: str = "") -> None:
        stay = self.open.pop(leg, None)
        if stay is None:
            return
        person = by.name if by and by.kind == "official" else ""
        self.over.append(replace(stay, until=at, person=person, note=note))


def stays(history: Iterable[e.Event], plan: Plan, desk: str) -> list[Stay]:
    """Return who held the dossier and its parts, in the order of receiving; `desk`: the one-stop unit's name."""
    way, dossier = _Way(plan, desk), None
    for event in history:
        dossier = evolve(dossier, event)
        if tell := _TOLD.get(type(event)):
            tell(way, dossier, event)
        if dossier.status.final:
            for leg in list(way.open):
                way.end(event.at, leg, event.by)
    return sorted([*way.over, *way.open.values()], key=lambda stay: stay.since)


def _submitted(way: _Way, dossier: Dossier, event: e.Submitted) -> None:
    way.begin(event.at, "", way.desk, "Kiểm tra và tiếp nhận")


def _received(way: _Way, dossier: Dossier, event: e.Received) -> None:
    way.end(event.at, "", event.by, "Tiếp nhận, hẹn trả kết quả")


def _asked(way: _Way, dossier: Dossier, event: e.SupplementAsked) -> None:
    way.end(event.at, event.leg, event.by, f"Yêu cầu bổ sung lần {event.number}")
    way.begin(event.at, event.leg, APPLICANT, "Bổ sung hồ sơ", event.until)


def _supplemented(way: _Way, dossier: Dossier, event: e.Supplemented) -> None:
    way.end(event.at, event.leg, event.by, "Đã bổ sung")
    if event.leg:
        _at_step(way, dossier, event.leg, event.at)
    elif dossier.clock.received_at is None:
        way.begin(event.at, "", way.desk, "Kiểm tra và tiếp nhận")


def _opened(way: _Way, dossier: Dossier, event: e.LegOpened) -> None:
    _at_step(way, dossier, event.leg, event.at)


def _taken(way: _Way, dossier: Dossier, event: e.StepTaken) -> None:
    silence = "Hết hạn xem, coi như đồng ý" if event.silence else ""
    way.end(event.at, event.leg, event.by, silence)
    if event.next:
        _at_step(way, dossier, event.leg, event.at)


def _sent_back(way: _Way, dossier: Dossier, event: e.LegSentBack) -> None:
    way.end(event.at, event.leg, event.by, f"Trả lại: {event.remark}")
    _at_step(way, dossier, event.leg, event.at)


def _leg_over(words: str) -> Callable[[_Way, Dossier, Any], None]:
    def told(way: _Way, dossier: Dossier, event: Any) -> None:
        way.end(event.at, event.leg, event.by, words)

    return told


def _done(way: _Way, dossier: Dossier, event: e.LegDone) -> None:
    way.end(event.at, event.leg, event.by)
    for result in dossier.available():
        if result.stage == event.leg and result.way == "counter":
            way.begin(event.at, f"={result.id}", way.desk, "Trả kết quả tại quầy")


def _returned(way: _Way, dossier: Dossier, event: e.ResultReturned) -> None:
    receiver = f"Người nhận: {event.receiver}" if event.receiver else ""
    way.end(event.at, f"={event.result}", event.by, receiver)


def _at_step(way: _Way, dossier: Dossier, leg_id: str, at: datetime) -> None:
    """Begin a stay with whoever does the step at which the part stands now."""
    leg = dossier.legs[leg_id]
    step = way.plan.stage(leg_id).step(leg.step)
    due = leg.step_until if step.kind in ("confirm", "consent") else leg.due or dossier.clock.due
    way.begin(at, leg_id, _holder(step, leg.agency_name, leg.party), step.name.vi, due)


def _holder(step: Step, agency: str, party: str) -> str:
    if step.kind == "confirm":
        return APPLICANT
    if step.kind == "consent":
        return CONCERNED
    if step.kind == "ask" or (step.kind == "decide" and party):
        return agency if step.kind == "decide" else f"Hệ thống liên thông “{step.party}”"
    role = str(NAMES[Role(step.role)]) if step.role in set(Role) else ""
    return f"{role}, {agency}" if role else agency


_TOLD: dict[type[e.Event], Callable[[_Way, Dossier, Any], None]] = {
    e.Submitted: _submitted,
    e.Received: _received,
    e.SupplementAsked: _asked,
    e.Supplemented: _supplemented,
    e.LegOpened: _opened,
    e.StepTaken: _taken,
    e.LegSentBack: _sent_back,
    e.LegDone: _done,
    e.LegRefused: _leg_over("Từ chối giải quyết"),
    e.LegCancelled: _leg_over("Không thực hiện nữa"),
    e.ResultReturned: _returned,
}
