"""A dossier's history in words: what happened, when, who did it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from motcua.agencies.queries import agency
from motcua.desk.counter.words import handing_words
from motcua.desk.pages import language
from motcua.desk.words import role_words
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import Actor, Confirmation, Fault, Helped
from motcua.help.rules.helping import WHO_WORDS, Who
from motcua.journeys.behalf import behalf_words
from motcua.journeys.looking import Opened
from motcua.kernel import money, partial_date, personal_number
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.consent import consent_steps
from motcua.procedures.rules.plan import ResultValue, Step
from motcua.ui.promises import moved_words
from motcua.ui.words import day_words, moment_words


@dataclass(frozen=True)
class Told:
    """One entry of the history, as the timeline shows it."""

    title: str
    at: datetime
    who: str = ""
    text: str = ""
    state: str = "done"


def told(opened: Opened, *, since: int = 0) -> list[Told]:
    """Return the history after the `since`-th event, latest first."""
    entries = [_told(opened, event) for event in opened.history[since:] if _concerns(opened, event)]
    return entries[::-1]


def _concerns(opened: Opened, event: e.Event) -> bool:
    """Tell whether an event is any of their business: to who was only asked, question and answer are."""
    return not opened.sight.only_asked or _put_to_them(opened, event)


def _put_to_them(opened: Opened, event: e.Event) -> bool:
    if not isinstance(event, e.Consulted | e.ConsultationAnswered):
        return False
    return event.number in opened.sight.asked


def _told(opened: Opened, event: e.Event) -> Told:
    title, text = _WORDS[type(event)](opened, event)
    inside = getattr(event, "leg", "")
    shown = opened.sight.leg(inside) if inside else opened.sight.whole
    shown = shown or _put_to_them(opened, event)
    return Told(
        title=title,
        at=event.at,
        who=who(opened, event.by),
        text=text if shown else "",
        state="stopped" if isinstance(event, _STOPS) else "done",
    )


_STOPS = (e.Declined, e.LegRefused, e.LegCancelled, e.Stopped, e.Withdrawn, e.SupplementLapsed)


def who(opened: Opened, by: Actor) -> str:
    """Say who acted; an applicant's name only to whoever may see it."""
    if by.kind == "official":
        return f"{acting_words(by)} – {role_words(by.role)}, {agency(by.agency).name}"
    if by.kind == "applicant":
        seen = opened.named and opened.sight.field(opened.published.procedure.applicant.name)
        name = (acting_words(by) if by.in_place_of else opened.row.applicant_name) if seen else ""
        return gettext("Người nộp hồ sơ: {name}").format(name=name) if name else applicant_words()
    if by.kind == "person":
        return by.name if _people_seen(opened) else person_words()
    if by.kind == "agency":
        return gettext("Hệ thống liên thông “{party}”").format(party=by.id)
    return gettext("Hệ thống tự ghi")


def acting_words(by: Actor) -> str:
    """Return the name of who acted, and whose place they took."""
    if not by.in_place_of:
        return by.name
    return gettext("{name} (thay {away})").format(name=by.name, away=by.in_place_of)


def applicant_words() -> str:
    """Return how the applicant is called where the name is not shown."""
    return gettext("Người nộp hồ sơ")


def person_words() -> str:
    """Return how somebody the dossier concerns is called where the name is not shown."""
    return gettext("Người có liên quan")


def _people_seen(opened: Opened) -> bool:
    """Tell whether the rows that name the people asked may be seen."""
    stages = opened.published.procedure.plan.stages
    groups = {step.of for stage in stages for step in consent_steps(stage)}
    return opened.named and any(opened.sight.field(group) for group in groups if group)


def fault_words(faults: tuple[Fault, ...]) -> str:
    """Return the reasons as one text."""
    told = [(_said(fault.text).rstrip("."), _said(fault.how)) for fault in faults]
    return " ".join(f"{text}. {how}".strip() for text, how in told)


def _said(words: str) -> str:
    """Return words of the house in the language of the page; an agency's stay as it wrote them."""
    return gettext(words) if words else ""


def stage_words(opened: Opened, leg: str) -> str:
    """Return the name of a leg."""
    return opened.published.procedure.plan.stage(leg).name.to(language())


def step_of(opened: Opened, leg: str, step: str) -> Step:
    """Return a step of a leg."""
    return opened.published.procedure.plan.stage(leg).step(step)


def result_words(opened: Opened, result: str) -> str:
    """Return the name of a result."""
    names = {item.id: item.name.to(language()) for item in opened.published.procedure.results}
    return names.get(result, result)


Words = Callable[[Opened, Any], tuple[str, str]]


def _submitted(opened: Opened, event: e.Submitted) -> tuple[str, str]:
    ways = {
        "online": gettext("Nộp trực tuyến."),
        "counter": gettext("Nộp tại quầy."),
        "post": gettext("Nộp qua bưu điện."),
    }
    told = [ways.get(event.channel, "")]
    if event.typed_by:
        told.append(gettext("Người nhập: {name}.").format(name=event.typed_by.name))
    told.append(confirmation_words(event.confirmed))
    if opened.sight.whole:  # whoever has only a part in it needs no name of a grandson
        told += [helped_words(one) for one in event.helped_by]
        if event.on_behalf:
            words = behalf_words(event.on_behalf, opened.published, language())
            told.append(f"{words[:1].upper()}{words[1:]}.")
            told += [gettext("Giấy ủy quyền nằm cùng giấy tờ.")] if event.on_behalf.paper else []
    return gettext("Đã nộp hồ sơ"), " ".join(part for part in told if part)


def helped_words(one: Helped) -> str:
    """Say who filled in beside the applicant, and of which village's team they are."""
    unit = f" {one.unit}" if one.unit else ""
    who = gettext(WHO_WORDS[Who(one.who)])
    return gettext("Khai giúp: {name}, {who}.").format(name=one.name, who=f"{who}{unit}")


def confirmation_words(confirmed: Confirmation) -> str:
    """Say how an applicant confirmed what an official typed for them."""
    return {
        "code": gettext("Người nộp xác nhận bằng mã gửi đến điện thoại."),
        "sheet": gettext("Người nộp xác nhận bằng chữ ký trên tờ khai."),
        "": "",
    }[confirmed]


def _received(_opened: Opened, event: e.Received) -> tuple[str, str]:
    text = gettext("Hẹn trả kết quả: {due}.").format(due=moment_words(event.due))
    return gettext("Đã tiếp nhận hồ sơ"), text


def _declined(opened: Opened, event: e.Declined) -> tuple[str, str]:
    received = opened.dossier.clock.received_at
    title = gettext("Từ chối giải quyết") if received else gettext("Không tiếp nhận hồ sơ")
    late = _late_words() if event.late else ""
    return title, " ".join(part for part in (fault_words(event.faults), late) if part)


def _late_words() -> str:
    return gettext("Trả lại muộn hơn 03 ngày làm việc kể từ ngày tiếp nhận.")


def _asked(opened: Opened, event: e.SupplementAsked) -> tuple[str, str]:
    title = gettext("Yêu cầu bổ sung lần {n}").format(n=event.number)
    if event.refused:
        title = gettext("Chưa giải quyết, cho sửa một lần")
    if event.leg:
        title = f"{title} – {stage_words(opened, event.leg)}"
    until = gettext("Bổ sung trước {until}.").format(until=moment_words(event.until))
    approved = (
        gettext("Lãnh đạo đồng ý: {name}.").format(name=event.approved_by)
        if event.approved_by and event.number > 1
        else ""
    )
    return title, " ".join(part for part in (fault_words(event.faults), until, approved) if part)


def _supplemented(opened: Opened, event: e.Supplemented) -> tuple[str, str]:
    fields = opened.published.definition.fields
    papers = {paper.id: paper.name.to(language()) for paper in opened.published.procedure.papers}
    changed = [fields[name].label.to(language()) for name in event.fields if name in fields]
    brought = [papers.get(paper, paper) for paper in event.papers]
    title = gettext("Đã bổ sung lần {n}").format(n=event.number)
    return title, "; ".join([*changed, *brought])


def _prepared(opened: Opened, event: e.RequestPrepared) -> tuple[str, str]:
    title = gettext("Trình lãnh đạo yêu cầu bổ sung lần {n}").format(n=event.number)
    title = f"{title} – {stage_words(opened, event.leg)}" if event.leg else title
    return title, fault_words(event.faults)


def _lapsed(_opened: Opened, _event: e.SupplementLapsed) -> tuple[str, str]:
    return gettext("Quá hạn bổ sung"), ""


def _opened(opened: Opened, event: e.LegOpened) -> tuple[str, str]:
    due = gettext("Hạn: {due}.").format(due=moment_words(event.due)) if event.due else ""
    return gettext("Bắt đầu: {leg}").format(leg=stage_words(opened, event.leg)), due


def _taken(opened: Opened, event: e.StepTaken) -> tuple[str, str]:
    step = step_of(opened, event.leg, event.step)
    name = step.name.to(language())
    if event.silence:
        silence = gettext("Hết thời hạn xác nhận mà không có ý kiến: coi như đồng ý.")
        return name, silence
    return name, value_words(step, event.values)


def value_words(step: Step, values: dict[str, Any]) -> str:
    """Return the values an official typed or a register told, with their names."""
    asked = {item.id: item for item in step.asks}
    return "; ".join(
        f"{asked[name].label.to(language())}: {value_shown(asked[name], told)}"
        for name, told in values.items()
        if name in asked
    )


def value_shown(asked: ResultValue, told: Any) -> str:
    """Return a value as people write it."""
    try:
        if asked.type == "date":
            return partial_date.show(partial_date.read(str(told)))
        if asked.type == "personal_number":
            return personal_number.show(personal_number.read(str(told)))
        if asked.type == "money":
            return money.show(money.read(str(told)))
    except Refusal:  # another system's writing: shown as it came
        pass
    return str(told)


def _people_asked(opened: Opened, event: e.ConsentAwaited) -> tuple[str, str]:
    title = gettext("Hỏi ý kiến người có liên quan: {leg}").format(
        leg=stage_words(opened, event.leg)
    )
    text = ngettext("{n} người, hạn {until}.", "{n} người, hạn {until}.", len(event.people))
    return title, text.format(n=len(event.people), until=moment_words(event.until))


def _agreed(opened: Opened, event: e.ConsentGiven) -> tuple[str, str]:
    return gettext("Đồng ý: {leg}").format(leg=stage_words(opened, event.leg)), ""


def _disagreed(opened: Opened, event: e.ConsentDeclined) -> tuple[str, str]:
    return gettext("Không đồng ý: {leg}").format(leg=stage_words(opened, event.leg)), ""


def _back(opened: Opened, event: e.LegSentBack) -> tuple[str, str]:
    step = step_of(opened, event.leg, event.to).name.to(language())
    return gettext("Trả lại bước “{step}”").format(step=step), event.remark


def _question(opened: Opened, event: e.LegAsked) -> tuple[str, str]:
    step = step_of(opened, event.leg, event.step).name.to(language())
    text = gettext("Gửi tới “{party}”.").format(party=event.party)
    return gettext("Đã gửi liên thông: {step}").format(step=step), text


def _leg_done(opened: Opened, event: e.LegDone) -> tuple[str, str]:
    return gettext("Xong: {leg}").format(leg=stage_words(opened, event.leg)), ""


def _leg_refused(opened: Opened, event: e.LegRefused) -> tuple[str, str]:
    title = gettext("Đã từ chối: {leg}").format(leg=stage_words(opened, event.leg))
    late = _late_words() if event.late else ""
    return title, " ".join(part for part in (fault_words(event.faults), late) if part)


def _leg_cancelled(opened: Opened, event: e.LegCancelled) -> tuple[str, str]:
    words = {
        "withdrawn": gettext("Vì người dân rút hồ sơ."),
        "stopped": gettext("Vì hồ sơ đã dừng giải quyết."),
        "declined": gettext("Vì hồ sơ không đủ điều kiện giải quyết."),
        "earlier_refused": gettext("Vì bước trước bị từ chối."),
    }
    leg = stage_words(opened, event.leg)
    return gettext("Dừng: {leg}").format(leg=leg), words[event.reason]


def _settled(opened: Opened, event: e.FeeSettled) -> tuple[str, str]:
    fee = opened.dossier.fees.get(event.fee)
    text = gettext("{amount}, biên lai {receipt}.").format(
        amount=money.show(event.amount), receipt=event.reference
    )
    return gettext("Đã thu: {fee}").format(fee=fee.name if fee else event.fee), text


def _withdrawal(_opened: Opened, event: e.WithdrawalAsked) -> tuple[str, str]:
    return gettext("Yêu cầu rút hồ sơ"), event.reason


def _kept(_opened: Opened, event: e.WithdrawalDeclined) -> tuple[str, str]:
    return gettext("Chưa đồng ý cho rút hồ sơ"), event.remark


def _proposed(_opened: Opened, event: e.ExtensionProposed) -> tuple[str, str]:
    text = gettext("Nếu lãnh đạo ký: hẹn {due} thay cho {was}. {text}").format(
        due=moment_words(event.due), was=moment_words(event.was), text=event.text
    )
    return gettext("Đã soạn văn bản xin lỗi, đề nghị gia hạn"), text


def _dismissed(_opened: Opened, event: e.ExtensionDismissed) -> tuple[str, str]:
    return gettext("Không gia hạn, giữ ngày hẹn"), event.remark


def _extended(_opened: Opened, event: e.Extended) -> tuple[str, str]:
    text = gettext("Hẹn {due} thay cho {was}. {text}").format(
        due=moment_words(event.due), was=moment_words(event.was), text=event.text
    )
    return gettext("Đã xin lỗi và gia hạn"), text


def _recounted(_opened: Opened, event: e.Recounted) -> tuple[str, str]:
    grounds = gettext("{day}: {reason} ({decision}).").format(
        day=day_words(event.day), reason=event.reason, decision=event.decision or "–"
    )
    said = [f"{one}." for one in moved_words(event.others)]
    if event.due and event.was:
        words = gettext("Hẹn {due} thay cho {was}.")
        said.insert(0, words.format(due=moment_words(event.due), was=moment_words(event.was)))
    return gettext("Ngày hẹn tính lại theo lịch làm việc"), " ".join([*said, grounds])


def _transferred(_opened: Opened, event: e.Transferred) -> tuple[str, str]:
    names = dict.fromkeys(office.agency_name for office in event.offices.values())
    text = gettext("{offices} ({decision}).").format(
        offices=", ".join(names), decision=event.decision
    )
    return gettext("Cơ quan mới giải quyết tiếp"), text


def _consulted(_opened: Opened, event: e.Consulted) -> tuple[str, str]:
    whom = gettext("{role}, {agency}").format(role=role_words(event.role), agency=event.agency_name)
    text = gettext("Hỏi {whom}: {question} Trả lời trước {until}.").format(
        whom=whom, question=event.question, until=moment_words(event.until)
    )
    return gettext("Lấy ý kiến lần {n}").format(n=event.number), text


def _opinion(_opened: Opened, event: e.ConsultationAnswered) -> tuple[str, str]:
    return gettext("Đã có ý kiến lần {n}").format(n=event.number), event.answer


def _stopped(_opened: Opened, event: e.Stopped) -> tuple[str, str]:
    return gettext("Dừng xử lý"), fault_words(event.faults)


def _finished(_opened: Opened, event: e.Finished) -> tuple[str, str]:
    return gettext("Xử lý xong"), gettext("Đúng hạn.") if event.on_time else gettext("Trễ hạn.")


def _returned(opened: Opened, event: e.ResultReturned) -> tuple[str, str]:
    ways = {
        "online": gettext("Trả trực tuyến."),
        "counter": gettext("Trả tại quầy cho {receiver}.").format(receiver=event.receiver),
        "post": gettext("Trả qua bưu điện."),
    }
    title = gettext("Trả kết quả: {result}").format(result=result_words(opened, event.result))
    how = handing_words(event.handing) if event.handing else ""
    return title, f"{ways.get(event.way, '')} {how}".strip()


def _change_proposed(opened: Opened, event: e.ResultChangeProposed) -> tuple[str, str]:
    words = {
        "correct": gettext("Đề nghị đính chính: {result}"),
        "revoke": gettext("Đề nghị thu hồi: {result}"),
        "reinstate": gettext("Đề nghị khôi phục: {result}"),
    }
    title = words[event.change].format(result=result_words(opened, event.result))
    return title, event.reason.text


def _dropped(opened: Opened, event: e.ResultChangeDropped) -> tuple[str, str]:
    result = result_words(opened, event.result)
    return gettext("Trả lại đề nghị thay đổi: {result}").format(result=result), event.remark


def _corrected(opened: Opened, event: e.ResultCorrected) -> tuple[str, str]:
    result = result_words(opened, event.result)
    return gettext("Đã đính chính: {result}").format(result=result), event.reason.text


def _ruled(words: str) -> Words:
    def told(opened: Opened, event: Any) -> tuple[str, str]:
        title = gettext(words).format(result=result_words(opened, event.result))
        number = gettext("Quyết định số {number}.").format(number=event.decision)
        return title, f"{event.reason.text}. {number}"

    return told


def _noop(words: str) -> str:
    """Mark words for translation; they are translated when they are told."""
    return words


_WORDS: dict[type[e.Event], Words] = {
    e.Submitted: _submitted,
    e.Received: _received,
    e.Declined: _declined,
    e.SupplementAsked: _asked,
    e.Supplemented: _supplemented,
    e.RequestPrepared: _prepared,
    e.RequestDeclined: lambda _o, event: (gettext("Không duyệt yêu cầu bổ sung"), event.remark),
    e.SupplementLapsed: _lapsed,
    e.LegOpened: _opened,
    e.StepTaken: _taken,
    e.ConsentAwaited: _people_asked,
    e.ConsentGiven: _agreed,
    e.ConsentDeclined: _disagreed,
    e.LegSentBack: _back,
    e.LegAsked: _question,
    e.LegDone: _leg_done,
    e.LegRefused: _leg_refused,
    e.LegCancelled: _leg_cancelled,
    e.FeeSettled: _settled,
    e.FeeAwaited: lambda _o, _e: (gettext("Chờ nộp phí, thời hạn tạm dừng"), ""),
    e.FeeNoLongerAwaited: lambda _o, _e: (gettext("Đã nộp phí, thời hạn tính tiếp"), ""),
    e.WithdrawalAsked: _withdrawal,
    e.WithdrawalDeclined: _kept,
    e.ExtensionProposed: _proposed,
    e.ExtensionDismissed: _dismissed,
    e.Extended: _extended,
    e.Recounted: _recounted,
    e.Transferred: _transferred,
    e.ContactMoved: lambda _o, event: (
        gettext("Từ nay nhắn tin đến số điện thoại mới, tận cùng {ending}").format(
            ending=event.ending
        ),
        "",
    ),
    e.Restricted: lambda _o, event: (
        gettext("Hạn chế sử dụng dữ liệu theo yêu cầu {number}").format(number=event.request),
        "",
    ),
    e.HoldEnded: lambda _o, event: (
        gettext("Thôi giữ hồ sơ theo yêu cầu {number}").format(number=event.request),
        event.reason,
    ),
    e.Consulted: _consulted,
    e.ConsultationAnswered: _opinion,
    e.Withdrawn: lambda _o, _e: (gettext("Hồ sơ đã được rút"), ""),
    e.Stopped: _stopped,
    e.Finished: _finished,
    e.ResultReturned: _returned,
    e.ResultChangeProposed: _change_proposed,
    e.ResultChangeDropped: _dropped,
    e.ResultCorrected: _corrected,
    e.ResultRevoked: _ruled(_noop("Đã thu hồi: {result}")),
    e.ResultReinstated: _ruled(_noop("Đã khôi phục: {result}")),
    e.Closed: lambda _o, _e: (gettext("Hồ sơ đã khép lại"), ""),
}
