"""What an official may do now, as links and buttons, the usual way on before the ways out."""

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
    "send_back": "tra-lai",
    "withdrawal": "tra-loi-rut",
    "hand_over": "tra-ket-qua",
    "post": "giao-buu-dien",
    "cash": "thu-tien",
    "decline": "khong-tiep-nhan",
    "refuse": "tu-choi",
    "stop": "dung-xu-ly",
}
_MAIN = ("receive", "step", "withdrawal", "hand_over")
_OUT = ("decline", "refuse", "stop")


@dataclass(frozen=True)
class ActLink:
    """One thing to do; `note` says why it leads on only for somebody else."""

    label: str
    href: str
    kind: str
    note: str = ""


def links(opened: Opened) -> list[ActLink]:
    """Return what may be done now."""
    return [_link(opened, chance.offer) for chance in opened.chances]


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
        note = gettext("Đã yêu cầu một lần; lần nữa phải do lãnh đạo mở hồ sơ này và gửi.")
    return ActLink(label(opened, offer), address(opened, offer.doing, offer.part), kind, note)


def label(opened: Opened, offer: Offer) -> str:
    """Return what the official would be doing."""
    words = {
        "receive": gettext("Tiếp nhận hồ sơ"),
        "supplement": gettext("Yêu cầu bổ sung"),
        "send_back": gettext("Trả lại bước soạn"),
        "withdrawal": gettext("Trả lời yêu cầu rút hồ sơ"),
        "decline": gettext("Không tiếp nhận"),
        "stop": gettext("Dừng giải quyết hồ sơ"),
    }
    if offer.doing == "step":
        return step_of(opened, offer.part, offer.step).name.to(language())
    if offer.doing == "refuse":
        return gettext("Từ chối: {leg}").format(leg=stage_words(opened, offer.part))
    if offer.doing == "cash":
        fee = opened.dossier.fees[offer.part].name
        return gettext("Thu tiền mặt: {fee}").format(fee=fee)
    if offer.doing in ("hand_over", "post"):
        result = result_words(opened, offer.part)
        at_counter = gettext("Trả tại quầy: {result}").format(result=result)
        to_post = gettext("Gửi bưu điện thủ công: {result}").format(result=result)
        return at_counter if offer.doing == "hand_over" else to_post
    return words[offer.doing]


def done_words(slug: str) -> str:
    """Return what to say after an act; empty for none."""
    doing = next((doing for doing, known in SLUGS.items() if known == slug), "")
    words = {
        "receive": gettext("Đã tiếp nhận hồ sơ. Người dân được báo ngày hẹn trả."),
        "step": gettext("Đã ghi xong bước này."),
        "supplement": gettext("Đã gửi yêu cầu bổ sung cho người dân."),
        "send_back": gettext("Đã trả lại bước soạn."),
        "withdrawal": gettext("Đã trả lời yêu cầu rút hồ sơ."),
        "hand_over": gettext("Đã ghi việc trả kết quả."),
        "post": gettext("Đã ghi việc gửi bưu điện."),
        "cash": gettext("Đã ghi thu tiền và lập biên lai."),
        "decline": gettext("Đã trả lời không tiếp nhận. Người dân được báo lý do."),
        "refuse": gettext("Đã từ chối phần việc này. Người dân được báo lý do."),
        "stop": gettext("Đã dừng giải quyết hồ sơ. Người dân được báo lý do."),
    }
    return words.get(doing, "")
