"""The way of a dossier: one timeline over all legs, and who holds it now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext

from motcua.dossiers.consents import person_key
from motcua.dossiers.queries import content
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.facts import Fault
from motcua.dossiers.rules.status import LegState, Status
from motcua.portal.following.reading import Told
from motcua.portal.following.waiting import fee_name, reopened_words
from motcua.procedures.rules.consent import named
from motcua.ui.words import moment_words

Shape = Literal["done", "now", "action", "stopped", "next"]

_SHAPES: dict[LegState, Shape] = {
    LegState.WAITING: "next",
    LegState.OPEN: "now",
    LegState.SUPPLEMENT: "action",
    LegState.DONE: "done",
    LegState.REFUSED: "stopped",
    LegState.CANCELLED: "stopped",
}


@dataclass(frozen=True)
class Station:
    """One station of the way: who, since when, until when, what is being done."""

    title: str
    state: Shape
    label: str
    who: str = ""
    text: str = ""
    since: datetime | None = None
    due: datetime | None = None
    ended: datetime | None = None
    leg: str = ""
    faults: tuple[Fault, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    """Whose consent is asked for, and what each has said."""


@dataclass(frozen=True)
class Holder:
    """Who has to act now."""

    names: tuple[str, ...] = field(default_factory=tuple)
    you: bool = False


def holders(dossier: Dossier, desk: str) -> Holder:
    """Return who has to act now: agencies by name, or the citizen."""
    if dossier.status.final:
        return Holder()
    if dossier.status in (Status.REGISTERED, Status.WITHDRAWING):
        return Holder((desk,))
    working = tuple(
        dict.fromkeys(
            gettext("Những người có liên quan") if leg.awaited else leg.agency_name
            for leg in dossier.legs.values()
            if leg.state is LegState.OPEN
        )
    )
    if working:
        return Holder(working)
    if dossier.status in (Status.SUPPLEMENT, Status.FEE):
        return Holder(you=True)
    return Holder((desk,))


def stations(told: Told) -> list[Station]:
    """Return the way from filing to the last result; one that ended before reception is short."""
    if told.over and not told.dossier.clock.received_at:
        return list(_beginning(told))
    return [*_beginning(told), *(_leg(told, leg) for leg in told.dossier.legs.values()), _end(told)]


def _beginning(told: Told) -> Iterator[Station]:
    dossier, desk = told.dossier, told.agency.unit_name or told.agency.name
    yield Station(
        title=gettext("Đã nộp hồ sơ"),
        state="done",
        label=gettext("Đã xong"),
        ended=dossier.submitted_at,
    )
    title = gettext("Bộ phận một cửa tiếp nhận")
    received = dossier.clock.received_at
    if received:
        yield Station(title, "done", gettext("Đã tiếp nhận"), desk, ended=received)
    elif "" in dossier.requests:
        request = dossier.requests[""]
        yield Station(
            title, "action", gettext("Chờ quý vị bổ sung"), desk, since=request.asked_at,
            due=request.until, faults=request.faults,
        )  # fmt: skip
    elif dossier.status.final:
        yield Station(
            title, "stopped", gettext(dossier.status.words), desk, ended=dossier.ended_at,
            faults=dossier.faults,
        )  # fmt: skip
    else:
        yield Station(
            title, "now", gettext("Đang kiểm tra"), desk, since=dossier.submitted_at,
            text=gettext("Kiểm tra giấy tờ; nếu đủ thì tiếp nhận và hẹn ngày trả kết quả."),
        )  # fmt: skip


def _leg(told: Told, leg: Leg) -> Station:
    dossier = told.dossier
    request = dossier.requests.get(leg.id)
    step = told.step(leg)
    yours = step is not None and step.kind in ("confirm", "attend")
    shape: Shape = "action" if yours else _SHAPES[leg.state]
    over = dossier.status.final and not leg.state.final
    return Station(
        title=told.stage_name(leg.id),
        state="stopped" if over else shape,
        label=gettext("Không thực hiện") if over else _label(leg, yours=yours),
        who=leg.agency_name,
        text="" if over else _doing(told, leg),
        since=leg.opened_at,
        due=_due(dossier, leg),
        ended=leg.ended_at,
        leg=leg.id,
        faults=request.faults if request else leg.faults,
        people=tuple(_people(told, leg)) if leg.asked and not over else (),
    )


def _people(told: Told, leg: Leg) -> Iterator[tuple[str, str]]:
    step = told.stage(leg.id).step(leg.step)
    for person in named(told.published.procedure, step, content(told.row).answers):
        key = person_key(person.number)
        if person.files:
            said = gettext("đồng ý khi nộp hồ sơ")
        elif key in leg.agreed:
            said = gettext("đã đồng ý")
        elif key == leg.declined:
            said = gettext("không đồng ý")
        else:
            said = gettext("chưa trả lời")
        yield person.name, said


def _doing(told: Told, leg: Leg) -> str:
    """Return what is being done in a leg, or what it waits for."""
    step, request = told.step(leg), told.dossier.requests.get(leg.id)
    if request and request.refused:
        return reopened_words()
    if step is None:
        return _waits(told, leg)
    return " ".join([step.name.to(told.language), *_asked(told, leg)])


def _asked(told: Told, leg: Leg) -> list[str]:
    """Return whose opinion is waited for meanwhile, and until when."""
    words = gettext("· Đang lấy ý kiến của {agency}, hạn {until}.")
    return [
        words.format(agency=one.agency_name, until=moment_words(one.until))
        for one in told.dossier.open_consultations
        if one.leg == leg.id
    ]


def _due(dossier: Dossier, leg: Leg) -> datetime | None:
    """Return until when the next word is waited for: the applicant's, the people's, the agency's."""
    if leg.id in dossier.requests:
        return dossier.requests[leg.id].until
    if leg.awaited:
        return leg.step_until
    return None if dossier.clock.standing else leg.due


def _label(leg: Leg, *, yours: bool) -> str:
    if yours:
        return gettext("Chờ quý vị")
    if leg.awaited:
        return gettext("Chờ người có liên quan đồng ý")
    if leg.state is LegState.SUPPLEMENT:
        return gettext("Chờ quý vị bổ sung")
    return gettext(leg.state.words)


def _waits(told: Told, leg: Leg) -> str:
    """Return what a leg waits for before it can begin."""
    if leg.state is not LegState.WAITING:
        return ""
    earlier = [
        told.stage_name(other)
        for other in leg.after
        if told.dossier.legs[other].state is not LegState.DONE
    ]
    unpaid = [fee_name(told, fee.id) for fee in told.dossier.unpaid if fee.id in leg.blocked_by]
    parts = []
    if earlier:
        parts.append(gettext("Bắt đầu khi xong: {what}.").format(what=", ".join(earlier)))
    if unpaid:
        parts.append(gettext("Bắt đầu khi đã nộp: {what}.").format(what=", ".join(unpaid)))
    return " ".join(parts)


def _end(told: Told) -> Station:
    dossier = told.dossier
    title = gettext("Trả kết quả")
    if dossier.status is Status.RETURNED:
        return Station(title, "done", gettext("Đã trả kết quả"), ended=dossier.ended_at)
    if dossier.status is Status.FINISHED:
        return Station(title, "now", gettext("Kết quả đã sẵn sàng"), since=dossier.finished_at)
    if dossier.status.final:
        return Station(
            title, "stopped", gettext(dossier.status.words), ended=dossier.ended_at,
            faults=dossier.faults if dossier.clock.received_at else (),
        )  # fmt: skip
    return Station(title, "next", gettext("Sắp tới"), due=dossier.clock.due)
