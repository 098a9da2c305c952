"""What comes of a dossier, for its page: fees paid, messages sent, results and how they reach the person."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.deliveries import queries as deliveries
from motcua.deliveries.models import Delivery
from motcua.desk.act_links import ActLink, links_of_result
from motcua.desk.telling import result_words
from motcua.documents.issuing import verification_url
from motcua.documents.models import IssuedPaper
from motcua.dossiers.rules.status import LegState
from motcua.journeys.looking import Opened
from motcua.notices import queries as notices
from motcua.payments import queries as payments
from motcua.payments.models import Demand
from motcua.ui.words import masked, masked_email


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
            ended = opened.dossier.status.without_results
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
        "returned": gettext("Trả hồ sơ, không giải quyết"),
        "supplement_asked": gettext("Đã yêu cầu bổ sung"),
        "supplement_received": gettext("Đã nhận bổ sung"),
        "draft_to_confirm": gettext("Bản dự thảo chờ xác nhận"),
        "fee_due": gettext("Khoản cần nộp"),
        "fee_paid": gettext("Đã nộp"),
        "leg_done": gettext("Một phần việc đã xong"),
        "leg_refused": gettext("Một phần việc bị từ chối"),
        "leg_reopened": gettext("Một phần việc được sửa lại một lần"),
        "consent_asked": gettext("Hỏi ý kiến người có liên quan"),
        "result_ready": gettext("Có kết quả"),
        "result_sent_by_post": gettext("Kết quả đã gửi bưu điện"),
        "extended": gettext("Xin lỗi và hẹn lại"),
        "recounted": gettext("Ngày hẹn đổi theo lịch làm việc"),
        "more_time": gettext("Hạn trả lời lùi theo lịch làm việc"),
        "transferred": gettext("Cơ quan mới giải quyết tiếp"),
        "result_corrected": gettext("Kết quả được đính chính"),
        "result_revoked": gettext("Kết quả bị thu hồi"),
        "result_reinstated": gettext("Kết quả có giá trị trở lại"),
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
    acts: tuple[ActLink, ...] = ()
    earlier: tuple[tuple[str, datetime], ...] = ()
    """Papers in whose place another one stands: where to get them, when they were signed."""


def results(opened: Opened) -> list[ResultLine]:
    """Return the results, as far as they may be seen."""
    issued: dict[str, list[IssuedPaper]] = {}
    for paper in opened.issued():
        issued.setdefault(paper.kind, []).append(paper)
    going = {}
    if opened.sight.whole:
        about = deliveries.deliveries_about(opened.row.code)
        going = {delivery.result_key: delivery for delivery in about}
    legs_ = opened.dossier.legs
    return [
        _result(opened, promised.id, issued.get(promised.id, []), going.get(promised.id))
        for promised in opened.dossier.promised.values()
        if opened.sight.result_of(legs_[promised.stage], legs_.values())
    ]


def _result(
    opened: Opened, result: str, papers: list[IssuedPaper], delivery: Delivery | None
) -> ResultLine:
    paper = papers[-1] if papers else None
    state, shape = _standing(opened, result, paper)
    return ResultLine(
        name=result_words(opened, result),
        state=state,
        shape=shape,
        delivery=_delivery(delivery),
        paper=paper,
        href=reverse("desk:issued", args=[opened.row.code, paper.pk]) if paper else "",
        verify=verification_url(paper.token) if paper else "",
        acts=tuple(links_of_result(opened, result)),
        earlier=tuple(
            (reverse("desk:issued", args=[opened.row.code, old.pk]), old.signed_at)
            for old in papers[:-1]
        ),
    )


def _standing(opened: Opened, result: str, paper: IssuedPaper | None) -> tuple[str, str]:
    """Say where a result stands, and give it the shape of that."""
    dossier = opened.dossier
    state = dossier.legs[dossier.promised[result].stage].state
    told = (
        (state in (LegState.REFUSED, LegState.CANCELLED), gettext("Không có"), "stopped"),
        (result in dossier.revoked, gettext("Đã thu hồi"), "stopped"),
        (result in dossier.changes, gettext("Chờ lãnh đạo ký thay đổi"), "action"),
        (result in dossier.returned, gettext("Đã trả"), "done"),
        (paper is not None, gettext("Đã ký, chờ trả"), "action"),
        (state is LegState.DONE, gettext("Đang ký và đóng dấu"), "running"),
        (True, gettext("Chưa có"), "new"),
    )
    return next((words, shape) for holds, words, shape in told if holds)


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
