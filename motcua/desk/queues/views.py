"""The queue: all work that waits for any of the official's posts, in tabs, under filters; and the search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.agencies.models import Official, Post
from motcua.agencies.queries import calendar_for
from motcua.agencies.rules.roles import Role
from motcua.desk.mornings import warned
from motcua.desk.pages import show, ways_of
from motcua.desk.queues import lines, narrowing
from motcua.desk.queues.asking import (
    TAB_NAMES,
    Asked,
    address,
    asked_of,
    choosing,
    in_tab,
    read,
)
from motcua.desk.queues.batch import buttons
from motcua.desk.queues.rows import drawn, drawn_found
from motcua.desk.signing_in.session import the_official
from motcua.desk.words import end_of_day, role_words, soon
from motcua.dossiers import queues, saved_views, search
from motcua.dossiers.queue_conditions import TABS, Tab, When, Whose
from motcua.journeys import claiming, looking
from motcua.journeys.recounting import sets_days
from motcua.toolkit.clock import now

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Look:
    """Who looks at their queue, in which posts, when."""

    official: Official
    posts: tuple[Post, ...]
    at: datetime

    @property
    def whose(self) -> Whose:
        """The queue of these posts."""
        return claiming.whose_queue(self.official, self.posts)

    @property
    def when(self) -> When:
        """The moments that tell what is late, due today and due soon."""
        calendar = calendar_for(self.posts[0].agency.province_code if self.posts else "")
        return When(self.at, end_of_day(self.at), soon(self.at, calendar))


def look_of(request: HttpRequest) -> Look:
    """Return who looks; two queries a request."""
    official, at = the_official(request), now()
    return Look(official, tuple(looking.posts_handling(official, at)), at)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for the official, or what a search finds."""
    look = look_of(request)
    typed = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    roles = {post.role for post in look.posts}
    context: dict[str, Any] = {
        "posts": _posts_words(look.posts),
        "nothing_ticked": request.GET.get("chon") == "khong",
        "q": typed,
        **ways_of(roles),
        "sets_calendar": not roles and sets_days(look.official, look.at),
    }
    if typed:
        return show(request, "search", {**context, **_found(look, typed)})
    context["mornings"] = warned(look.posts, look.at)
    return show(request, "queue", {**context, **_waiting(look, asked_of(request.GET))})


def _found(look: Look, typed: str) -> dict[str, Any]:
    rows = looking.search(posts=look.posts, text=typed)
    told = lines.found(rows, look.at, look.posts)
    return {"lines": told, "rows": drawn_found(told), "full": len(told) == search.PAGE}


def _waiting(look: Look, asked: Asked) -> dict[str, Any]:
    whose, when = look.whose, look.when
    work = queues.page(
        whose, when, tab=asked.tab, filters=asked.filters, sort=asked.sort, after=asked.after,
        limit=queues.PAGE + 1,
    )  # fmt: skip
    page, more = work[: queues.PAGE], len(work) > queues.PAGE
    views = saved_views.views_of(look.official.pk, whose.agencies)
    kept = [read(view.asked) for view in views]
    counts, in_views = queues.counts(
        whose, when, asked.filters, [(view.tab, view.filters) for view in kept]
    )
    told = lines.waiting(page, look.at, look.posts)
    several = lines.several(look.posts)
    acts = buttons(page) if any(line.key for line in told) else []
    return {
        "lines": told,
        "rows": drawn(told, ticked=bool(acts), offices=several),
        "tabs": _tabs(asked, counts, look.posts),
        "empty": "" if told else _nothing(asked),
        "first": address(in_tab(asked, asked.tab)) if asked.after else "",
        "next": address(asked, last=page[-1]) if more else "",
        "late": counts["late"],
        "several": several,
        **_narrowed(look, asked),
        "views": narrowing.view_links(views, in_views, look.official.pk),
        "buttons": acts,
        "batch_key": str(uuid4()),
    }


def _narrowed(look: Look, asked: Asked) -> dict[str, Any]:
    """Return what the queue is narrowed to and, where that is asked for, what it can be."""
    told: dict[str, Any] = {
        "choosing": asked.choosing,
        "choosing_href": choosing(asked),
        "unnarrowed": address(Asked(tab=asked.tab, sort=asked.sort)),
        "asked": narrowing.as_text(asked),
    }
    if not (asked.choosing or asked.filters.any):
        return told
    picks, days = narrowing.picks(asked, look.whose, look.official.pk), narrowing.days(asked)
    return {
        **told,
        "picks": picks,
        "days": days,
        "orders": narrowing.orders(asked),
        "tab_name": TAB_NAMES[asked.tab] if asked.tab != "all" else "",
        "narrowed": narrowing.in_words(picks, days),
        "offices": sorted({(post.agency_id, post.agency.name) for post in look.posts}),
    }


_USUAL: dict[Tab, frozenset[str]] = {
    "new": frozenset({Role.FRONT_DESK}),
    "return": frozenset({Role.FRONT_DESK}),
    "sign": frozenset({Role.LEADER}),
    "asked": frozenset({Role.LEADER}),
}
"""Tabs of certain posts; to others they show when something is in them."""


def _tabs(asked: Asked, counts: dict[Tab, int], posts: Sequence[Post]) -> list[dict[str, object]]:
    roles = {post.role for post in posts}
    shown = [
        tab
        for tab in TABS
        if tab not in _USUAL or counts[tab] or tab == asked.tab or roles & _USUAL[tab]
    ]
    words = _tab_words()
    return [
        {
            "label": words[tab],
            "href": address(in_tab(asked, tab)),
            "current": tab == asked.tab,
            "count": counts[tab],
        }
        for tab in shown
    ]


def _tab_words() -> dict[Tab, str]:
    return {
        "all": gettext("Tất cả"),
        "mine": gettext("Việc của tôi"),
        "new": gettext("Mới nộp"),
        "today": gettext("Đến hạn hôm nay"),
        "soon": gettext("Sắp đến hạn"),
        "late": gettext("Trễ hạn"),
        "sign": gettext("Chờ ký"),
        "return": gettext("Chờ trả kết quả"),
        "asked": gettext("Xin ý kiến, gia hạn"),
        "applicant": gettext("Chờ người nộp"),
        "elsewhere": gettext("Chờ cơ quan khác"),
    }


def _nothing(asked: Asked) -> str:
    if asked.filters.any:
        return gettext("Không có việc nào khớp với bộ lọc. Hãy bỏ bớt điều kiện.")
    words: dict[Tab, str] = {
        "all": gettext("Không có việc nào đang chờ. Việc mới sẽ hiện ở đây ngay khi có hồ sơ."),
        "mine": gettext("Quý vị chưa giữ việc nào. Hãy nhận việc ở mục “Tất cả”."),
        "new": gettext("Không có hồ sơ mới nộp nào chờ tiếp nhận."),
        "today": gettext("Không có việc nào đến hạn trong hôm nay."),
        "soon": gettext("Không có việc nào sắp đến hạn."),
        "late": gettext("Không có việc nào trễ hạn."),
        "sign": gettext("Không có hồ sơ nào chờ ký."),
        "return": gettext("Không có kết quả nào đang chờ người dân đến nhận."),
        "asked": gettext("Không có câu hỏi hay đề nghị gia hạn nào đang chờ."),
        "applicant": gettext("Không có hồ sơ nào đang chờ người nộp."),
        "elsewhere": gettext("Không có hồ sơ nào đang chờ cơ quan khác."),
    }
    return words[asked.tab]


def _posts_words(posts: Sequence[Post]) -> list[str]:
    return [_post_words(post) for post in posts]


def _post_words(post: Post) -> str:
    words = f"{role_words(post.role)} – {post.agency.name}"
    if post.in_place_of is None:
        return words
    return gettext("{post} (thay {away})").format(post=words, away=post.in_place_of.full_name)
