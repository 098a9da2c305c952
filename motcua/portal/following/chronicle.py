"""The history in plain words: what happened, when, by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from motcua.agencies.rules.roles import NAMES, Role
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import Actor
from motcua.help.rules.helping import WHO_WORDS, Who
from motcua.journeys.behalf import behalf_words
from motcua.portal.following.reading import Told
from motcua.portal.following.waiting import fee_name
from motcua.ui.promises import moved_words
from motcua.ui.words import moment_words, money_words


@dataclass(frozen=True)
class Line:
    """One event as people read it."""

    at: datetime
    who: str
    text: str
    remark: str = ""


def chronicle(told: Told) -> list[Line]:
    """Return what happened, newest first; what only moves the machinery is left out."""
    lines = []
    for event in told.events:
        said = _WORDS.get(type(event))
        text = said(told, event) if said else ""
        if text:
            lines.append(Line(event.at, _who(told, event), text, _remark(event)))
    return lines[::-1]


def _who(told: Told, event: e.Event) -> str:
    """Return who acted, by office and name; nobody for what happens by itself."""
    actor = event.by
    if actor.kind == "agency":  # a register's part is told by the step's own name
        leg = told.dossier.legs.get(getattr(event, "leg", ""))
        return leg.agency_name if leg and leg.party == actor.id else ""
    if actor.kind == "applicant":
        return _who_applied(told, actor)
    if actor.kind == "person":
        return actor.name
    if actor.kind == "official":
        role = gettext(NAMES[Role(actor.role)]) if actor.role in set(Role) else actor.role
        return f"{actor.name}, {role}" if actor.name else role
    return ""


def _who_applied(told: Told, actor: Actor) -> str:
    """Return the applicant as whoever looks calls them: both sides of a mandate see who did what."""
    if actor.in_place_of:
        words = gettext("{name} (thay {away})")
        return words.format(name=actor.name, away=actor.in_place_of)
    return told.row.applicant_name if told.holder else gettext("Quý vị")


_REMARKS: dict[type[e.Event], str] = {
    e.LegSentBack: "remark",
    e.WithdrawalDeclined: "remark",
    e.WithdrawalAsked: "reason",
    e.Extended: "text",
    e.Recounted: "reason",
    e.Transferred: "decision",
    e.HoldEnded: "reason",
}
"""Under which name an event keeps what somebody wrote about it."""


def _remark(event: e.Event) -> str:
    if isinstance(event, e.ResultCorrected | e.ResultRevoked | e.ResultReinstated):
        return event.reason.text
    if isinstance(event, e.SupplementAsked | e.Declined | e.Stopped | e.LegRefused):
        return "; ".join(gettext(fault.text) for fault in event.faults if fault.text)
    kept = _REMARKS.get(type(event))
    return str(getattr(event, kept)) if kept else ""


Words = Callable[[Told, Any], str]


def _fixed(words: str) -> Words:
    return lambda _told, _event: gettext(words)


def _of_leg(words: str) -> Words:
    return lambda told, event: gettext(words).format(leg=told.stage_name(event.leg))


def _asked(told: Told, event: e.SupplementAsked) -> str:
    until = moment_words(event.until)
    if event.refused:
        words = gettext("Chưa giải quyết phần “{leg}”, được sửa một lần, hạn {until}")
        return words.format(leg=told.stage_name(event.leg), until=until)
    if event.leg:
        words = gettext("Yêu cầu bổ sung cho phần “{leg}”, hạn {until}")
        return words.format(leg=told.stage_name(event.leg), until=until)
    return gettext("Yêu cầu bổ sung hồ sơ, hạn {until}").format(until=until)


def _people_asked(told: Told, event: e.ConsentAwaited) -> str:
    words = gettext("Hỏi ý kiến những người có liên quan về phần “{leg}”, hạn {until}")
    return words.format(leg=told.stage_name(event.leg), until=moment_words(event.until))


def _agreed(told: Told, event: e.ConsentGiven) -> str:
    words = gettext("Đồng ý với phần “{leg}” của hồ sơ do {applicant} nộp")
    return words.format(leg=told.stage_name(event.leg), applicant=told.row.applicant_name)


def _disagreed(told: Told, event: e.ConsentDeclined) -> str:
    words = gettext("Không đồng ý với phần “{leg}” của hồ sơ do {applicant} nộp")
    return words.format(leg=told.stage_name(event.leg), applicant=told.row.applicant_name)


def _taken(told: Told, event: e.StepTaken) -> str:
    stage = told.stage(event.leg)
    if event.silence:
        return gettext("Hết hạn xem dự thảo, coi như quý vị đồng ý")
    if stage.step(event.step).kind == "confirm":
        return gettext("Đồng ý với bản dự thảo")
    if not event.next:
        return ""  # the leg's end tells it
    return gettext("Xong bước: {step}").format(step=stage.step(event.step).name.to(told.language))


def _returned(told: Told, event: e.ResultReturned) -> str:
    words = {
        "online": gettext("Trả kết quả trực tuyến: {what}"),
        "counter": gettext("Trả kết quả tại quầy cho {receiver}: {what}"),
        "post": gettext("Bưu điện đã giao: {what}"),
    }[event.way]
    what = told.result(event.result).name.to(told.language)
    said = words.format(what=what, receiver=event.receiver)
    if event.handing is None:
        return said
    confirmed = {
        "code": gettext("xác nhận bằng mã gửi đến điện thoại"),
        "sheet": gettext("người nhận ký phiếu giao"),
    }[event.handing.confirmed]
    proxy = gettext("nhận thay") if event.handing.authority else ""
    return f"{said} ({', '.join(part for part in (proxy, confirmed) if part)})"


def _settled(told: Told, event: e.FeeSettled) -> str:
    return gettext("Đã nhận {amount}: {fee} (biên lai {number})").format(
        amount=money_words(event.amount), fee=fee_name(told, event.fee), number=event.reference
    )


def _submitted(told: Told, event: e.Submitted) -> str:
    confirmed = {
        "code": gettext("quý vị xác nhận bằng mã gửi đến điện thoại"),
        "sheet": gettext("quý vị xác nhận bằng chữ ký trên tờ khai"),
        "": "",
    }[event.confirmed]
    if event.typed_by is None:
        said = helped_words(gettext("Đã nộp hồ sơ"), event)
        if event.on_behalf is None:
            return said
        words = behalf_words(event.on_behalf, told.published, told.language)
        return gettext("{said} ({for_whom})").format(said=said, for_whom=words)
    words = gettext("Đã nộp hồ sơ giấy, cán bộ {name} nhập; {confirmed}")
    return words.format(name=event.typed_by.name, confirmed=confirmed)


def helped_words(said: str, event: e.Submitted) -> str:
    """Add who filled in beside the applicant, when somebody did."""
    names = [f"{one.name}, {gettext(WHO_WORDS[Who(one.who)])}" for one in event.helped_by]
    return (
        gettext("{said} (khai giúp: {names})").format(said=said, names="; ".join(names))
        if names
        else said
    )


def _received(_told: Told, event: e.Received) -> str:
    return gettext("Tiếp nhận hồ sơ, hẹn trả {due}").format(due=moment_words(event.due))


def _extended(_told: Told, event: e.Extended) -> str:
    words = gettext("Xin lỗi và hẹn lại: {due} thay cho {was}")
    return words.format(due=moment_words(event.due), was=moment_words(event.was))


def _recounted(_told: Told, event: e.Recounted) -> str:
    said = moved_words(one for one in event.others if one.what != "extension")  # nobody signed it
    if event.due and event.was and event.due != event.was:
        words = gettext("Ngày hẹn đổi theo lịch làm việc: {due} thay cho {was}")
        said.insert(0, words.format(due=moment_words(event.due), was=moment_words(event.was)))
    elif event.legs:
        said.insert(0, gettext("Hạn của một phần việc tính lại theo lịch làm việc"))
    return "; ".join(said)


def _transferred(_told: Told, event: e.Transferred) -> str:
    names = dict.fromkeys(office.agency_name for office in event.offices.values())
    return gettext("Nay do {offices} giải quyết tiếp").format(offices=", ".join(names))


def _consulted(_told: Told, event: e.Consulted) -> str:
    words = gettext("Lấy ý kiến của {agency}, hạn trả lời {until}")
    return words.format(agency=event.agency_name, until=moment_words(event.until))


def _opinion(told: Told, event: e.ConsultationAnswered) -> str:
    asked = told.dossier.consultations[event.number]
    return gettext("Đã có ý kiến của {agency}").format(agency=asked.agency_name)


def _declined(told: Told, event: e.Declined) -> str:
    received = told.dossier.clock.received_at is not None
    return gettext("Trả hồ sơ, không giải quyết") if received else gettext("Không tiếp nhận hồ sơ")


def _of_result(words: str) -> Words:
    def said(told: Told, event: Any) -> str:
        what = told.result(event.result).name.to(told.language)
        return gettext(words).format(what=what, number=getattr(event, "decision", ""))

    return said


def _noop(words: str) -> str:
    """Mark words for translation; they are translated when they are said."""
    return words


_WORDS: dict[type[e.Event], Words] = {
    e.Submitted: _submitted,
    e.Received: _received,
    e.Declined: _declined,
    e.SupplementAsked: _asked,
    e.Supplemented: _fixed(_noop("Gửi phần bổ sung")),
    e.SupplementLapsed: _fixed(_noop("Hết hạn bổ sung")),
    e.LegOpened: _of_leg(_noop("Bắt đầu: {leg}")),
    e.StepTaken: _taken,
    e.ConsentAwaited: _people_asked,
    e.ConsentGiven: _agreed,
    e.ConsentDeclined: _disagreed,
    e.LegSentBack: _of_leg(_noop("Trả lại để sửa: {leg}")),
    e.LegDone: _of_leg(_noop("Xong: {leg}")),
    e.LegRefused: _of_leg(_noop("Đã từ chối: {leg}")),
    e.LegCancelled: _of_leg(_noop("Không thực hiện nữa: {leg}")),
    e.FeeSettled: _settled,
    e.FeeAwaited: _fixed(_noop("Chờ quý vị nộp phí, lệ phí; thời hạn tạm dừng")),
    e.FeeNoLongerAwaited: _fixed(_noop("Thời hạn tính tiếp")),
    e.WithdrawalAsked: _fixed(_noop("Yêu cầu rút hồ sơ")),
    e.WithdrawalDeclined: _fixed(_noop("Chưa đồng ý cho rút hồ sơ")),
    e.Extended: _extended,
    e.Recounted: _recounted,
    e.Transferred: _transferred,
    e.ContactMoved: lambda _told, event: gettext(
        "Từ nay nhắn tin đến số điện thoại mới của quý vị, tận cùng {ending}"
    ).format(ending=event.ending),
    e.Restricted: lambda _told, event: gettext(
        "Hạn chế sử dụng dữ liệu theo yêu cầu {number} của quý vị"
    ).format(number=event.request),
    e.HoldEnded: lambda _told, event: gettext(
        "Thôi giữ hồ sơ theo yêu cầu {number} của quý vị"
    ).format(number=event.request),
    e.Consulted: _consulted,
    e.ConsultationAnswered: _opinion,
    e.Withdrawn: _fixed(_noop("Hồ sơ đã được rút")),
    e.Stopped: _fixed(_noop("Dừng giải quyết hồ sơ")),
    e.Finished: _fixed(_noop("Các cơ quan đã giải quyết xong")),
    e.ResultReturned: _returned,
    e.ResultCorrected: _of_result(_noop("Đính chính: {what}; bản mới thay bản cũ")),
    e.ResultRevoked: _of_result(_noop("Thu hồi: {what}, quyết định số {number}")),
    e.ResultReinstated: _of_result(_noop("Khôi phục: {what}, quyết định số {number}")),
    e.Closed: _fixed(_noop("Đã trả hết kết quả")),
}
