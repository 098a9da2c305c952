"""Who holds what waits of a dossier, and through whose hands it went, in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.pages import language
from motcua.desk.queues.lines import todo_words
from motcua.desk.telling import Told
from motcua.desk.words import role_words
from motcua.dossiers import claims
from motcua.dossiers.models import Handover, Work
from motcua.journeys.looking import Opened


@dataclass(frozen=True)
class Held:
    """One piece of work of a dossier, who holds it, and the page where it is taken or given."""

    words: str
    holder: str
    href: str


def held(opened: Opened) -> list[Held]:
    """Return what waits of a dossier at the offices of whoever looks; one query."""
    mine = {post.agency_id for post in opened.posts}
    return [
        Held(
            words=work_words(opened, work),
            holder=work.official.full_name if work.official else "",
            href=reverse("desk:hands", args=[opened.row.code, work.pk]),
        )
        for work in claims.work_of_dossier(opened.row)
        if work.agency_id in mine
    ]


def work_words(opened: Opened, work: Work | Handover) -> str:
    """Return what the work is, in the words of the queue."""
    return todo_words(work, opened.published, language())


def told(opened: Opened, hand: Handover) -> Told:
    """Return one change of hands in words."""
    names = {
        "from": hand.from_official.full_name if hand.from_official else "",
        "to": hand.to_official.full_name if hand.to_official else "",
    }
    words = {
        "claim": gettext("{to} nhận việc"),
        "release": gettext("{from} trả lại hàng việc"),
        "assign": gettext("Đã giao cho {to}"),
        "take_over": gettext("{to} nhận thay {from}"),
        "carry": gettext("{to} làm tiếp bước sau"),
    }
    post = gettext("{work} ({role})").format(
        work=work_words(opened, hand), role=role_words(hand.role)
    )
    text = f"{post}. {hand.reason}" if hand.reason else post
    return Told(words[hand.doing].format(**names), hand.at, _by(hand), text)


def _by(hand: Handover) -> str:
    if hand.by is None:
        return gettext("Hệ thống tự ghi")
    if not hand.in_place_of:
        return hand.by.full_name
    return gettext("{name} (thay {away})").format(name=hand.by.full_name, away=hand.in_place_of)
