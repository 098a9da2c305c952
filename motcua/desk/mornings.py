"""What an office should know when its day begins: at the top of the queue, and the page behind it for who leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from motcua.agencies.models import Post
from motcua.agencies.queries import calendar_for
from motcua.desk.pages import show
from motcua.desk.queues import lines
from motcua.desk.signing_in.session import the_official
from motcua.desk.words import role_words
from motcua.dossiers import mornings
from motcua.dossiers.models import Morning, Work
from motcua.dossiers.queues import waiting_of
from motcua.journeys import looking
from motcua.journeys.reactions.warning import bounds
from motcua.kernel.working_time import ZONE
from motcua.toolkit.clock import now

MOST = 200
"""So many lines at most are shown: who is further behind has other worries."""


@dataclass(frozen=True)
class Warned:
    """The warning of this morning for one post: sentences, and whether there is a page behind them."""

    title: str
    words: tuple[str, ...]
    more: bool
    opened: bool = False
    """Whether a dossier was opened in an emergency and is to be reviewed."""
    asked: bool = False
    """Whether a request about data is nearly due."""


def warned(posts: Sequence[Post], at: datetime) -> list[Warned]:
    """Return what this morning has to say to somebody in these posts; one query."""
    day = at.astimezone(ZONE).date()
    rows = mornings.mornings({(post.agency_id, post.role) for post in posts}, day)
    several = lines.several(posts)
    return [_warned(row, several=several) for row in rows]


def _warned(row: Morning, *, several: bool) -> Warned:
    title = gettext("Sáng nay cần lưu ý")
    return Warned(
        title=f"{title}: {row.agency.name}" if several else title,
        words=tuple(_sentences(row)),
        more=bool(row.overdue or row.unanswered),
        opened=bool(row.emergencies),
        asked=bool(row.data_requests),
    )


def _sentences(row: Morning) -> list[str]:
    near, overdue = settings.NEAR_DUE_DAYS, settings.OVERDUE_DAYS
    told = [
        (row.late, ngettext("{n} việc đã trễ hạn.", "{n} việc đã trễ hạn.", row.late)),
        (row.near, ngettext(
            "{n} việc đến hạn trong {days} ngày làm việc tới.",
            "{n} việc đến hạn trong {days} ngày làm việc tới.", row.near,
        ).replace("{days}", str(near))),
        (row.overdue, ngettext(
            "Cả cơ quan có {n} hồ sơ trễ từ {days} ngày làm việc.",
            "Cả cơ quan có {n} hồ sơ trễ từ {days} ngày làm việc.", row.overdue,
        ).replace("{days}", str(overdue))),
        (row.unanswered, ngettext(
            "{n} câu hỏi gửi nơi khác đã quá hạn mà chưa được trả lời.",
            "{n} câu hỏi gửi nơi khác đã quá hạn mà chưa được trả lời.", row.unanswered,
        )),
        (row.emergencies, ngettext(
            "{n} lần mở hồ sơ khẩn cấp chưa được xem lại.",
            "{n} lần mở hồ sơ khẩn cấp chưa được xem lại.", row.emergencies,
        )),
        (row.data_requests, ngettext(
            "{n} yêu cầu về dữ liệu cá nhân hết hạn trả lời trong ngày làm việc tới.",
            "{n} yêu cầu về dữ liệu cá nhân hết hạn trả lời trong ngày làm việc tới.", row.data_requests,
        )),
    ]  # fmt: skip
    return [words.format(n=count) for count, words in told if count]


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """Show a leader what their whole office is behind with, and the front desk whose answers are overdue."""
    at = now()
    posts = looking.posts_handling(the_official(request), at)
    led = [post for post in posts if post.role == mornings.LEADER]
    heads = [post for post in posts if post.role in mornings.HEADS]
    asked = mornings.waited_for({post.agency_id for post in heads}, at, limit=MOST)
    context = {
        "leads": bool(led),
        "heads": bool(heads),
        "late": lines.waiting([waiting_of(work) for work in _behind(led, at)], at, posts),
        "asked": _asked(asked, at, posts),
        "days": settings.OVERDUE_DAYS,
        "figures": bool(heads),
    }
    return show(request, "behind", context)


def _asked(asked: Sequence[Work], at: datetime, posts: Sequence[Post]) -> list[lines.Line]:
    """Return the lines of what others owe an answer to, told by who they are."""
    told = lines.waiting(
        [waiting_of(work) for work in asked], at, posts, {work.agency for work in asked}
    )
    return [
        replace(line, todo=f"{role_words(work.role)}, {work.agency.name}")
        for line, work in zip(told, asked, strict=True)
    ]


def _behind(led: Sequence[Post], at: datetime) -> list[Work]:
    if not led:
        return []
    since = bounds(calendar_for(led[0].agency.province_code), at).overdue
    return mornings.behind({post.agency_id for post in led}, since, limit=MOST)
