"""What an official may do now, as links and buttons, the usual way on before the ways out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.pages import language
from motcua.desk.telling import result_words, stage_words, step_of
from motcua.dossiers.rules.offers import Doing, Offer
from motcua.journeys.looking import Opened

SLUGS: dict[Doing, str] = {
    "receive": "tiep-nhan",
    "step": "thuc-hien",
    "supplement": "yeu-cau-bo-sung",
    "prepare": "trinh-bo-sung-lan-hai",
    "decline_request": "tra-lai-bo-sung",
    "send_back": "tra-lai",
    "withdrawal": "tra-loi-rut",
    "hand_over": "tra-ket-qua",
    "post": "giao-buu-dien",
    "cash": "thu-tien",
    "extend": "gia-han",
    "dismiss": "khong-gia-han",
    "consult": "lay-y-kien",
    "opinion": "tra-loi-y-kien",
    "sign_change": "ky-thay-doi",
    "drop_change": "tra-lai-thay-doi",
    "correct": "dinh-chinh",
    "revoke": "thu-hoi",
    "reinstate": "khoi-phuc",
    "decline": "khong-tiep-nhan",
    "refuse": "tu-choi",
    "stop": "dung-xu-ly",
}
_MAIN = ("receive", "step", "withdrawal", "opinion", "hand_over")
_OUT = ("decline", "refuse", "stop")


NOTHING_NOTED = "ghi-chu-trong"
"""Told after a note without words: nothing was kept."""
OF_RESULTS: tuple[Doing, ...] = ("correct", "revoke", "reinstate")
"""What is offered beside a result, not among the work to do now."""


@dataclass(frozen=True)
class ActLink:
    """One thing to do; `note` says why it leads on only for somebody else."""

    label: str
    href: str
    kind: str
    note: str = ""


def links(opened: Opened) -> list[ActLink]:
    """Return what may be done now."""
    chances = [chance.offer for chance in opened.chances]
    prepared = {offer.part for offer in chances if offer.doing == "prepare"}
    return [
        _link(opened, offer)
        for offer in chances
        if offer.doing not in OF_RESULTS and not (offer.needs_leader and offer.part in prepared)
    ]


def links_of_result(opened: Opened, result: str) -> list[ActLink]:
    """Return what may be done to an issued result now."""
    offers = [chance.offer for chance in opened.chances if chance.offer.part == result]
    return [_link(opened, offer) for offer in offers if offer.doing in OF_RESULTS]


def address(opened: Opened, doing: Doing, part: str = "") -> str:
    """Return the page of an act."""
    args = [opened.row.code, SLUGS[doing], *([part] if part else [])]
    return reverse("desk:act", args=args)


def _link(opened: Opened, offer: Offer) -> ActLink:
    kind = "secondary"
    if offer.doing in _MAIN:
        kind = "primary"
    if offer.doing in _OUT:
        kind = "danger"
    note = ""
    if offer.needs_leader:
        note = gettext("Lần nữa phải do lãnh đạo gửi.")
        if offer.part in opened.dossier.to_approve:
            note = gettext("Đã trình lãnh đạo, đang chờ duyệt.")
    return ActLink(label(opened, offer), address(opened, offer.doing, offer.part), kind, note)


def label(opened: Opened, offer: Offer) -> str:
    """Return what the official would be doing."""
    words = {
        "receive": gettext("Tiếp nhận hồ sơ"),
        "supplement": _asking(opened, offer.part),
        "prepare": gettext("Trình lãnh đạo yêu cầu bổ sung lần hai"),
        "decline_request": gettext("Không duyệt yêu cầu bổ sung lần hai"),
        "send_back": gettext("Trả lại bước soạn"),
        "withdrawal": gettext("Trả lời yêu cầu rút hồ sơ"),
        "extend": gettext("Xin lỗi và gia hạn"),
        "dismiss": gettext("Không gia hạn"),
        "consult": gettext("Lấy ý kiến đơn vị khác"),
        "opinion": gettext("Trả lời ý kiến"),
        "decline": gettext("Không tiếp nhận"),
        "stop": gettext("Dừng giải quyết hồ sơ"),
    }
    if offer.doing == "step":
        return step_of(opened, offer.part, offer.step).name.to(language())
    if offer.doing == "decline" and opened.dossier.clock.received_at:
        return gettext("Trả hồ sơ: không đủ điều kiện")
    if offer.doing in _OF_RESULT:
        return _OF_RESULT[offer.doing]().format(result=result_words(opened, offer.part))
    if offer.doing == "refuse":
        return gettext("Từ chối: {leg}").format(leg=stage_words(opened, offer.part))
    if offer.doing == "cash":
        fee = opened.dossier.fees[offer.part].name
        return gettext("Thu tiền mặt: {fee}").format(fee=fee)
    return words[offer.doing]


def _asking(opened: Opened, part: str) -> str:
    if part in opened.dossier.to_approve:
        return gettext("Duyệt và gửi yêu cầu bổ sung lần hai")
    return gettext("Yêu cầu bổ sung")


_OF_RESULT: dict[Doing, Callable[[], str]] = {
    "hand_over": lambda: gettext("Trả tại quầy: {result}"),
    "post": lambda: gettext("Gửi bưu điện thủ công: {result}"),
    "sign_change": lambda: gettext("Xem và ký thay đổi: {result}"),
    "drop_change": lambda: gettext("Trả lại đề nghị thay đổi: {result}"),
    "correct": lambda: gettext("Đính chính: {result}"),
    "revoke": lambda: gettext("Thu hồi: {result}"),
    "reinstate": lambda: gettext("Khôi phục: {result}"),
}


def done_words(slug: str) -> str:
    """Return what to say after an act; empty for none."""
    asides = {
        "ghi-chu": gettext("Đã lưu ghi chú nội bộ."),
        NOTHING_NOTED: gettext("Chưa lưu: ghi chú chưa có nội dung."),
    }
    if slug in asides:
        return asides[slug]
    doing = next((doing for doing, known in SLUGS.items() if known == slug), "")
    words = {
        "receive": gettext("Đã tiếp nhận hồ sơ. Người dân được báo ngày hẹn trả."),
        "step": gettext("Đã ghi xong bước này."),
        "supplement": gettext("Đã gửi yêu cầu bổ sung cho người dân."),
        "prepare": gettext(
            "Đã trình lãnh đạo. Người dân chưa được hỏi cho đến khi lãnh đạo duyệt."
        ),
        "decline_request": gettext("Đã trả lại. Người dân không bị hỏi thêm."),
        "send_back": gettext("Đã trả lại bước soạn."),
        "withdrawal": gettext("Đã trả lời yêu cầu rút hồ sơ."),
        "hand_over": gettext("Đã ghi việc trả kết quả."),
        "post": gettext("Đã ghi việc gửi bưu điện."),
        "cash": gettext("Đã ghi thu tiền và lập biên lai."),
        "extend": gettext("Đã gia hạn. Người dân được báo ngày hẹn mới và lời xin lỗi."),
        "dismiss": gettext("Đã ghi không gia hạn; ngày hẹn giữ nguyên."),
        "consult": gettext("Đã gửi câu hỏi; hạn trả lời được theo dõi."),
        "opinion": gettext("Đã gửi ý kiến cho nơi hỏi."),
        "decline": gettext("Đã trả hồ sơ. Người dân được báo lý do."),
        "refuse": gettext("Đã từ chối phần việc này. Người dân được báo lý do."),
        "sign_change": gettext("Đã ký. Kết quả thay đổi ngay và người dân được báo."),
        "drop_change": gettext("Đã trả lại đề nghị; kết quả giữ nguyên."),
        "correct": gettext("Đã gửi đề nghị đính chính. Lãnh đạo sẽ xem và ký."),
        "revoke": gettext("Đã gửi đề nghị thu hồi. Lãnh đạo sẽ xem và ký."),
        "reinstate": gettext("Đã gửi đề nghị khôi phục. Lãnh đạo sẽ xem và ký."),
        "stop": gettext("Đã dừng giải quyết hồ sơ. Người dân được báo lý do."),
    }
    return words.get(doing, "")
