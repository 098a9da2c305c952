"""The parts of a dossier's page, each ready for its component."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.deliveries import queries as deliveries
from motcua.deliveries.models import Delivery
from motcua.desk.pages import language
from motcua.desk.telling import applicant_words, result_words, stage_words, step_of, value_shown
from motcua.desk.words import Due, due_words, role_words
from motcua.documents.issuing import verification_url
from motcua.documents.models import Document, IssuedPaper
from motcua.documents.rules.pages import Page
from motcua.dossiers.rules.clock import whole_promise
from motcua.dossiers.rules.dossier import Leg
from motcua.dossiers.rules.status import LegState, Status
from motcua.journeys.case import TodaysWorld
from motcua.journeys.looking import Opened
from motcua.notices import queries as notices
from motcua.payments import queries as payments
from motcua.payments.models import Demand
from motcua.procedures.rules.showing import table
from motcua.ui.promises import day_reason
from motcua.ui.words import masked, masked_email

LEG_SHAPES = {
    LegState.WAITING: "new",
    LegState.OPEN: "running",
    LegState.SUPPLEMENT: "action",
    LegState.DONE: "done",
    LegState.REFUSED: "stopped",
    LegState.CANCELLED: "stopped",
}


@dataclass(frozen=True)
class LegLine:
    """Where one leg stands, and whose turn it is."""

    name: str
    agency: str
    state: str
    shape: str
    holder: str
    due: Due | None
    ended_at: datetime | None
    remark: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Picture:
    """One page of a paper to look at, or a PDF to save."""

    href: str
    small: str
    name: str
    number: int
    is_image: bool
    width: int
    height: int
    size: int


@dataclass(frozen=True)
class PaperCard:
    """A paper with its pages."""

    name: str
    pages: tuple[Picture, ...]
    at: datetime


def declaration(opened: Opened) -> list[dict[str, Any]]:
    """Return the declaration as sections of rows, as far as it may be seen."""
    sections = table(
        opened.published.definition, opened.answers, TodaysWorld(opened.at), language()
    )
    return [
        {
            "title": title,
            "rows": [
                {"label": field.label.to(language()), "value": words} for field, words in rows
            ],
        }
        for title, rows in sections
    ]


def papers(opened: Opened, kept: list[Document]) -> list[PaperCard]:
    """Return papers with the permission-checked addresses of their pages."""
    names = {paper.id: paper.name.to(language()) for paper in opened.published.procedure.papers}
    return [
        PaperCard(
            name=names.get(document.key, document.name),
            pages=tuple(
                _picture(opened, document, page, number)
                for number, page in enumerate(document.page_list, start=1)
            ),
            at=document.changed_at,
        )
        for document in kept
    ]


def _picture(opened: Opened, document: Document, page: Page, number: int) -> Picture:
    args = [opened.row.code, document.pk, page.id]
    return Picture(
        href=reverse("desk:page", args=args),
        small=reverse("desk:small", args=args),
        name=page.name,
        number=number,
        is_image=page.is_image,
        width=page.width,
        height=page.height,
        size=page.size,
    )


def legs(opened: Opened) -> list[LegLine]:
    """Return the legs: state, whose turn, until when."""
    return [_leg(opened, leg) for leg in opened.dossier.legs.values()]


def _leg(opened: Opened, leg: Leg) -> LegLine:
    inside = opened.sight.leg(leg.id)
    running = not leg.state.final and leg.opened_at is not None
    due = leg.due if leg.state is LegState.OPEN else None
    return LegLine(
        name=stage_words(opened, leg.id),
        agency=leg.agency_name,
        state=gettext(leg.state.words),
        shape=LEG_SHAPES[leg.state],
        holder=_holder(opened, leg),
        due=due_words(due, opened.at, opened.law.calendar) if running else None,
        ended_at=leg.ended_at,
        remark=leg.remark if inside else "",
        values=_values(opened, leg) if inside else (),
    )


def _values(opened: Opened, leg: Leg) -> tuple[tuple[str, str], ...]:
    asked = {
        value.id: value
        for step in opened.published.procedure.plan.stage(leg.id).steps
        for value in step.asks
    }
    return tuple(
        (asked[name].label.to(language()), value_shown(asked[name], told))
        for name, told in leg.values.items()
        if name in asked
    )


def _holder(opened: Opened, leg: Leg) -> str:
    """Say whose turn it is."""
    if leg.state is LegState.SUPPLEMENT:
        return applicant_words()
    if leg.state is LegState.WAITING:
        return _awaited(opened, leg)
    if leg.state is not LegState.OPEN:
        return ""
    step = step_of(opened, leg.id, leg.step)
    name = step.name.to(language())
    if step.kind == "confirm":
        return f"{applicant_words()} – {name}"
    if step.kind == "ask" or (step.kind == "decide" and leg.party):
        return f"{leg.agency_name if step.kind == 'decide' else step.party} – {name}"
    return f"{role_words(step.role or '')} – {name}"


def _awaited(opened: Opened, leg: Leg) -> str:
    if opened.dossier.clock.received_at is None:
        return gettext("Bộ phận một cửa tiếp nhận")
    before = [stage_words(opened, other) for other in leg.after]
    unpaid = [fee.name for fee in opened.dossier.unpaid if fee.id in leg.blocked_by]
    return gettext("Chờ: {what}").format(what="; ".join([*before, *unpaid]))


def clock(opened: Opened) -> dict[str, Any]:
    """Return the promised date with its derivation, day by day."""
    dossier = opened.dossier
    found = whole_promise(opened.law, dossier.clock)
    ended = dossier.finished_at or dossier.ended_at
    due = dossier.clock.due or (None if dossier.clock.received_at else dossier.expected)
    limit = opened.published.procedure.plan.limit
    units = {
        "working_days": gettext("ngày làm việc"),
        "days": gettext("ngày"),
        "working_hours": gettext("giờ làm việc"),
    }
    return {
        "received_at": dossier.clock.received_at,
        "due": None if ended else due_words(due, opened.at, opened.law.calendar),
        "promised": found.due if found else None,
        "expected": dossier.expected,
        "ended": ended,
        "standing": dossier.clock.standing and not ended,
        "limit": f"{limit.amount} {units[limit.unit]}",
        "days": [(day.date, day_reason(day, language())) for day in found.steps] if found else [],
        "provisional": bool(found and found.provisional),
    }


@dataclass(frozen=True)
class FeeLine:
    """A fee and whether it is paid."""

    name: str
    amount: int
    basis: str
    state: str
    shape: str
    receipt: str = ""


def fees(opened: Opened) -> list[FeeLine]:
    """Return the fees: all to the receiving agency, to a linked one those its part waits for."""
    mine = {
        fee
        for leg in opened.dossier.legs.values()
        if leg.id in opened.sight.legs
        for fee in leg.blocked_by
    }
    demands = {demand.key.rsplit(":", 1)[1]: demand for demand in _demands(opened)}
    return [
        _fee(opened, fee.id, demands.get(fee.id))
        for fee in opened.dossier.fees.values()
        if opened.sight.whole or fee.id in mine
    ]


def _demands(opened: Opened) -> list[Demand]:
    return payments.demands_about(opened.row.code) if opened.dossier.fees else []


_WITHOUT_RESULTS = (Status.DECLINED, Status.STOPPED)


def _fee(opened: Opened, fee_id: str, demand: Demand | None) -> FeeLine:
    fee = opened.dossier.fees[fee_id]
    paid = fee_id in opened.dossier.settled
    words = {
        Demand.State.CANCELLED: (gettext("Không thu nữa"), "stopped"),
        Demand.State.REFUNDED: (gettext("Đã hoàn lại"), "stopped"),
        Demand.State.WAIVED: (gettext("Được miễn"), "done"),
    }
    state, shape = (gettext("Đã nộp"), "done") if paid else (gettext("Chưa nộp"), "action")
    if demand is not None:
        state, shape = words.get(Demand.State(demand.state), (state, shape))
        if demand.state == Demand.State.PAID:  # also when the money came after the end
            ended = opened.dossier.status in _WITHOUT_RESULTS
            back = (gettext("Đã nộp; hồ sơ đã dừng, cần xét hoàn lại"), "action")
            state, shape = back if ended else (gettext("Đã nộp"), "done")
    receipt = demand.receipt.full_number if demand and hasattr(demand, "receipt") else ""
    return FeeLine(fee.name, fee.amount, fee.basis, state, shape, receipt)


@dataclass(frozen=True)
class NoticeLine:
    """What the applicant was told, by which road, and whether it arrived."""

    title: str
    to: str
    road: str
    state: str
    shape: str
    at: datetime


def sent_notices(opened: Opened) -> list[NoticeLine]:
    """Return the notices, addresses masked; only to the receiving agency."""
    if not opened.sight.whole:
        return []
    roads = {"sms": gettext("Tin nhắn"), "email": gettext("Thư điện tử")}
    states = {
        "queued": (gettext("Đang gửi"), "running"),
        "sent": (gettext("Đã gửi"), "running"),
        "delivered": (gettext("Đã đến nơi"), "done"),
        "failed": (gettext("Không gửi được"), "stopped"),
    }
    return [
        NoticeLine(
            title=_notice_title(notice.template),
            to=masked_email(notice.to) if "@" in notice.to else masked(notice.to),
            road=roads.get(notice.road, notice.road),
            state=states[notice.state][0],
            shape=states[notice.state][1],
            at=notice.created_at,
        )
        for notice in notices.told_about(opened.row.code)
    ]


def _notice_title(template: str) -> str:
    titles = {
        "submitted": gettext("Đã nhận hồ sơ nộp"),
        "received": gettext("Tiếp nhận và hẹn trả"),
        "declined": gettext("Không tiếp nhận hồ sơ"),
        "supplement_asked": gettext("Đã yêu cầu bổ sung"),
        "supplement_received": gettext("Đã nhận bổ sung"),
        "draft_to_confirm": gettext("Bản dự thảo chờ xác nhận"),
        "fee_due": gettext("Khoản cần nộp"),
        "fee_paid": gettext("Đã nộp"),
        "leg_done": gettext("Một phần việc đã xong"),
        "leg_refused": gettext("Một phần việc bị từ chối"),
        "result_ready": gettext("Có kết quả"),
        "result_sent_by_post": gettext("Kết quả đã gửi bưu điện"),
        "withdrawn": gettext("Đã rút hồ sơ"),
        "stopped": gettext("Dừng xử lý"),
    }
    return titles.get(template, template)


@dataclass(frozen=True)
class ResultLine:
    """One result: whether it is there, how it goes to the person, and the signed paper."""

    name: str
    state: str
    shape: str
    delivery: str = ""
    paper: IssuedPaper | None = None
    href: str = ""
    verify: str = ""


def results(opened: Opened) -> list[ResultLine]:
    """Return the results, as far as they may be seen."""
    issued = {paper.kind: paper for paper in opened.issued()}
    going = {}
    if opened.sight.whole:
        about = deliveries.deliveries_about(opened.row.code)
        going = {delivery.result_key: delivery for delivery in about}
    legs_ = opened.dossier.legs
    return [
        _result(opened, promised.id, issued.get(promised.id), going.get(promised.id))
        for promised in opened.dossier.promised.values()
        if opened.sight.result_of(legs_[promised.stage], legs_.values())
    ]


def _result(
    opened: Opened, result: str, paper: IssuedPaper | None, delivery: Delivery | None
) -> ResultLine:
    stage = opened.dossier.promised[result].stage
    leg = opened.dossier.legs[stage]
    state, shape = gettext("Chưa có"), "new"
    if leg.state in (LegState.REFUSED, LegState.CANCELLED):
        state, shape = gettext("Không có"), "stopped"
    elif result in opened.dossier.returned:
        state, shape = gettext("Đã trả"), "done"
    elif paper:
        state, shape = gettext("Đã ký, chờ trả"), "action"
    elif leg.state is LegState.DONE:
        state, shape = gettext("Đang ký và đóng dấu"), "running"
    return ResultLine(
        name=result_words(opened, result),
        state=state,
        shape=shape,
        delivery=_delivery(delivery),
        paper=paper,
        href=reverse("desk:issued", args=[opened.row.code, paper.pk]) if paper else "",
        verify=verification_url(paper.token) if paper else "",
    )


def _delivery(delivery: Delivery | None) -> str:
    if delivery is None:
        return ""
    ways = {
        "online": gettext("nhận trực tuyến"),
        "counter": gettext("nhận tại quầy"),
        "post": gettext("nhận qua bưu điện"),
    }
    states = {
        "handed_over": gettext("đã giao cho {name}").format(name=delivery.receiver_name),
        "created": gettext("bưu điện đã nhận đơn"),
        "picked_up": gettext("bưu điện đã lấy thư"),
        "in_transit": gettext("đang chuyển"),
        "out_for_delivery": gettext("đang phát"),
        "failed_attempt": gettext("phát chưa được"),
        "delivered": gettext("đã phát"),
        "returned": gettext("bưu điện hoàn lại"),
        "lost": gettext("bưu điện báo thất lạc"),
    }
    letter = getattr(delivery, "letter", None)
    parts = [ways.get(delivery.way, ""), states.get(delivery.state, "")]
    if letter is not None and letter.tracking_number:
        parts.append(gettext("số hiệu {number}").format(number=letter.tracking_number))
    elif letter is not None and letter.dead:
        parts.append(gettext("hệ thống bưu điện chưa nhận đơn"))
    return ", ".join(part for part in parts if part)
