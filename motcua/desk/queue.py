"""The queue: all work that waits for any of the official's posts, most urgent first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.agencies.models import Agency, Post
from motcua.agencies.queries import calendar_for
from motcua.agencies.rules.roles import Role
from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import official_required, the_official
from motcua.desk.words import Due, due_words, end_of_day, role_words
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Work
from motcua.dossiers.queries import TABS, Tab
from motcua.dossiers.rules.status import Status
from motcua.journeys import looking
from motcua.kernel.working_time import Calendar
from motcua.procedures.queries import Published, by_digest
from motcua.reports.seats import READERS
from motcua.toolkit.clock import now
from motcua.ui.status import shape_of

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Line:
    """One line of the queue, or of what a search found."""

    code: str
    href: str
    procedure: str
    subject: str
    todo: str
    since: datetime
    due: Due
    office: str = ""
    kind: str = "new"


@official_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for the official, or what a search finds."""
    at = now()
    posts = looking.posts_handling(the_official(request), at)
    typed = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    counter = any(post.role == Role.FRONT_DESK for post in posts)
    reads = any(post.role in READERS for post in posts)
    context: dict[str, Any] = {
        "posts": _posts_words(posts),
        "q": typed,
        "figures": reads,
        "at_counter": counter,
    }
    if typed:
        found = looking.search(posts=posts, text=typed)
        calendars = _calendars(row.agency for row in found)
        lines = [_found(row, posts, at, calendars) for row in found]
        return show(
            request, "search", {**context, "lines": lines, "full": len(lines) == queries.PAGE}
        )
    return show(request, "queue", {**context, **_waiting(request, posts, at)})


def _waiting(request: HttpRequest, posts: Sequence[Post], at: datetime) -> dict[str, Any]:
    pairs = [(post.agency_id, post.role) for post in posts]
    tab = _tab(request.GET.get("muc", ""))
    after = _after(request.GET.get("sau", ""))
    end = end_of_day(at)
    work = queries.queue(
        pairs, tab=tab, now=at, end_of_day=end, after=after, limit=queries.PAGE + 1
    )
    page, more = work[: queries.PAGE], len(work) > queries.PAGE
    counts = queries.counts(pairs, at, end)
    calendars = _calendars(item.agency for item in page)
    several = _several(posts)
    return {
        "lines": [_line(item, at, calendars, several=several) for item in page],
        "tabs": [_tab_link(name, tab, counts[name]) for name in TABS],
        "empty": _nothing(tab),
        "previous": _address(tab) if after else "",
        "next": _address(tab, page[-1]) if more else "",
        "late": counts["late"],
        "several": several,
    }


Calendars = dict[str, Calendar]


def _calendars(offices: Iterable[Agency]) -> Calendars:
    """Return the working calendars of the offices' provinces, each asked for once."""
    return {code: calendar_for(code) for code in {office.province_code for office in offices}}


def _several(posts: Iterable[Post]) -> bool:
    return len({post.agency_id for post in posts}) > 1


_TAB_NAMES = {
    "all": "tat-ca",
    "new": "moi",
    "today": "hom-nay",
    "late": "tre-han",
    "return": "cho-tra",
}


def _tab(told: str) -> Tab:
    return next((tab for tab in TABS if _TAB_NAMES[tab] == told), "all")


def _tab_link(tab: Tab, current: Tab, count: int) -> dict[str, object]:
    words = {
        "all": gettext("Tất cả"),
        "new": gettext("Mới nộp"),
        "today": gettext("Đến hạn hôm nay"),
        "late": gettext("Trễ hạn"),
        "return": gettext("Chờ trả kết quả"),
    }
    return {"label": words[tab], "href": _address(tab), "current": tab == current, "count": count}


def _nothing(tab: Tab) -> str:
    words = {
        "all": gettext("Không có việc nào đang chờ. Việc mới sẽ hiện ở đây ngay khi có hồ sơ."),
        "new": gettext("Không có hồ sơ mới nộp nào chờ tiếp nhận."),
        "today": gettext("Không có việc nào đến hạn trong hôm nay."),
        "late": gettext("Không có việc nào trễ hạn."),
        "return": gettext("Không có kết quả nào đang chờ người dân đến nhận."),
    }
    return words[tab]


def _address(tab: Tab, last: Work | None = None) -> str:
    asked = {} if tab == "all" else {"muc": _TAB_NAMES[tab]}
    if last is not None and last.due_at is not None:
        asked["sau"] = f"{last.due_at.isoformat()}_{last.pk}"
    return reverse("desk:queue") + (f"?{urlencode(asked)}" if asked else "")


def _after(told: str) -> tuple[datetime, int] | None:
    """Read where the page before ended; a mark that cannot be read leads to the first page."""
    moment, _, last = told.rpartition("_")
    try:
        due = datetime.fromisoformat(moment)
        return (due, int(last)) if due.tzinfo else None
    except ValueError:
        return None


def _line(work: Work, at: datetime, calendars: Calendars, *, several: bool) -> Line:
    row = work.dossier
    published = by_digest(row.version.digest)
    plan = published.procedure.plan
    whole = work.agency_id == row.agency_id
    hidden = work.leg and not whole and not _allows(published, work.leg)
    due = due_words(work.due_at, at, calendars[work.agency.province_code])
    if work.kind == Work.Kind.RETURN:
        due = Due(gettext("chờ người dân"), "paused")
    stage = plan.stage(work.leg) if work.leg else None
    return Line(
        code=row.code,
        href=reverse("desk:dossier", args=[row.code]),
        procedure=published.procedure.short.to(language()),
        subject="" if hidden else row.subject_name,
        todo=_todo(work, published),
        since=work.since,
        due=due,
        office=work.agency.name if several else "",
        kind=stage.name.to(language()) if stage and len(plan.stages) > 1 else "",
    )


def _allows(published: Published, leg: str) -> bool:
    sees = published.procedure.plan.stage(leg).sees
    return sees == "all" or sees.allows(published.procedure.subject)


def _todo(work: Work, published: Published) -> str:
    """Say in words what to do next."""
    if work.kind == Work.Kind.RECEIVE:
        return gettext("Xem hồ sơ rồi tiếp nhận")
    if work.kind == Work.Kind.WITHDRAWAL:
        return gettext("Trả lời yêu cầu rút hồ sơ")
    if work.kind == Work.Kind.RETURN:
        names = {result.id: result.name.to(language()) for result in published.procedure.results}
        return gettext("Trả kết quả: {result}").format(result=names[work.step])
    return published.procedure.plan.stage(work.leg).step(work.step).name.to(language())


def _found(row: Dossier, posts: Sequence[Post], at: datetime, calendars: Calendars) -> Line:
    published = by_digest(row.version.digest)
    status = Status(row.status)
    ended = row.ended_at or row.finished_at
    if ended:
        due = Due(gettext(status.words), shape_of(row.status), ended)
    else:
        due = due_words(row.due_at or _until_received(row), at, calendars[row.agency.province_code])
    whole = row.agency_id in {post.agency_id for post in posts}
    return Line(
        code=row.code,
        href=reverse("desk:dossier", args=[row.code]),
        procedure=published.procedure.short.to(language()),
        subject=row.subject_name if whole or looking.subject_shown(published, posts) else "",
        todo=gettext(status.words),
        since=row.submitted_at,
        due=due,
        office=row.agency.name,
        kind=shape_of(row.status),
    )


def _until_received(row: Dossier) -> datetime | None:
    return None if row.received_at else row.expected_at


def _posts_words(posts: Iterable[Post]) -> list[str]:
    return [f"{role_words(post.role)} – {post.agency.name}" for post in posts]
