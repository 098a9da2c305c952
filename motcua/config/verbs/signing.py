"""Say whether results can be signed, and with which keys; make a new key of QR codes, or withdraw one.

Exit code 1 when nothing can be signed now.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.documents.signing_state import SigningState


def declare(parser: ArgumentParser) -> None:
    """Take what to do with the keys of QR codes."""
    parser.add_argument("--new-key", action="store_true", help="seal with a new key from now on")
    parser.add_argument(
        "--withdraw-key", metavar="ID", help="the key was stolen: its seals prove nothing"
    )
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Do it and say what is."""
    with the_house(asked.language):
        return _run(asked)


def _run(asked: Namespace) -> int:
    from django.utils.translation import gettext

    from motcua.documents import paper_keys, signing_state
    from motcua.toolkit.clock import now

    at = now()
    if asked.withdraw_key:
        found = [key for key in paper_keys.all_keys() if key.id.hex() == asked.withdraw_key]
        if not found:
            complain(gettext("Không có khóa {id}.").format(id=asked.withdraw_key))
            return 1
        paper_keys.withdraw(found[0], at)
    if asked.new_key:
        paper_keys.new_key(at)
    state = signing_state.look(at)
    for line in (*_told(state), *_keys()):
        say(line)
    return 1 if state.why else 0


def _told(state: "SigningState") -> Iterator[str]:
    from django.utils.translation import gettext

    if state.why:
        yield gettext("Chưa ký số được: {why} ({about}).").format(why=state.why, about=state.about)
    elif state.practice:
        yield gettext("Ký số được, bằng khóa thực hành: không có giá trị pháp lý.")
    else:
        yield gettext("Ký số được.")
    if state.ends_at:
        yield gettext("Chứng thư “{name}” hết hạn ngày {day}.").format(
            name=state.certificate, day=f"{state.ends_at:%d/%m/%Y}"
        )
    if state.warning:
        yield gettext("Chỉ còn không quá {days} ngày: xin gia hạn chứng thư ngay.").format(
            days=state.warning
        )


def _keys() -> Iterator[str]:
    from django.utils.translation import gettext

    from motcua.documents.paper_keys import all_keys

    for key in all_keys():
        line = gettext("Khóa đóng dấu mã QR {id}: từ {begins} đến {ends}.").format(
            id=key.id.hex(), begins=f"{key.begins_at:%d/%m/%Y}", ends=f"{key.ends_at:%d/%m/%Y}"
        )
        yield line + (gettext(" Đã hủy.") if key.withdrawn_at else "")
