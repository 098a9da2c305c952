"""The lines of the queue, and of what a search found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies.models import Agency, Post
from motcua.agencies.queries import calendar_for
from motcua.desk.pages import language
from motcua.desk.words import Due, due_words
from motcua.dossiers.models import Dossier, Handover, Work
from motcua.dossiers.queues import Waiting
from motcua.dossiers.rules.status import Status
from motcua.dossiers.rules.waiting import WATCHED
from motcua.journeys import looking
from motcua.kernel.refusal import noop
from motcua.kernel.working_time import Calendar
from motcua.procedures.queries import Published, by_digest
from motcua.ui.status import shape_of

Calendars = dict[str, Calendar]


@dataclass(frozen=True)
class Line:
    """One line of the queue, or of what a search found; `key` names the row where it can be ticked."""

    code: str
    href: str
    procedure: str
    subject: str
    todo: str
    since: datetime
    due: Due
    office: str = ""
    kind: str = "new"
    key: int = 0
    holder: str = ""
    mine: bool = False


def calendars(offices: Iterable[Agency]) -> Calendars:
    """Return the working calendars of the offices' provinces, each asked for once."""
    return {code: calendar_for(code) for code in {office.province_code for office in offices}}


def several(posts: Iterable[Post]) -> bool:
    """Tell whether the posts are of more than one office."""
    return len({post.agency_id for post in posts}) > 1


@dataclass(frozen=True)
class _Page:
    """What all lines of a page have in common, looked up once."""

    at: datetime
    offices: dict[int, Agency]
    known: Calendars
    language: str
    official: int | None
    several: bool
    address: str

    def office(self, row: Waiting) -> Agency:
        """Return the office of a row."""
        return self.offices[row.agency_id]

    def href(self, code: str) -> str:
        """Return the address of a dossier; Django is asked for one, the others differ by their code."""
        return self.address.replace(_CODE, code)


_CODE = "0.0"  # stands for a code, in no address beside it


def waiting(
    rows: Sequence[Waiting], at: datetime, posts: Sequence[Post], others: Iterable[Agency] = ()
) -> list[Line]:
    """Return the lines of what waits, as somebody in these posts sees it; `others`: offices beside their own."""
    page = _page(at, posts, others)
    return [_waiting(row, page) for row in rows]


def _page(at: datetime, posts: Sequence[Post], others: Iterable[Agency]) -> _Page:
    offices = {office.pk: office for office in [*others, *(post.agency for post in posts)]}
    return _Page(
        at=at,
        offices=offices,
        known=calendars(offices.values()),
        language=language(),
        official=posts[0].official_id if posts else None,
        several=several(posts),
        address=reverse("desk:dossier", args=[_CODE]),
    )


def _waiting(row: Waiting, page: _Page) -> Line:
    published = row.published
    plan = published.procedure.plan
    stage = plan.stage(row.leg) if row.leg else None
    return Line(
        code=row.code,
        href=page.href(row.code),
        procedure=published.procedure.short.to(page.language),
        subject="" if _hidden(row, published) else row.subject,
        todo=todo_words(row, published, page.language),
        since=row.since,
        due=_due(row, page),
        office=page.office(row).name if page.several else "",
        kind=stage.name.to(page.language) if stage and len(plan.stages) > 1 else "",
        key=0 if row.kind in WATCHED else row.pk,
        holder=row.holder or "",
        mine=page.official is not None and row.holder_id == page.official,
    )


def _due(row: Waiting, page: _Page) -> Due:
    if row.kind == Work.Kind.RETURN:
        return Due(gettext("chờ người dân"), "paused")
    return due_words(row.due_at, page.at, page.known[page.office(row).province_code])


def _hidden(row: Waiting, published: Published) -> bool:
    """Tell whether a linked agency's list leaves out whom the dossier is about."""
    if row.agency_id == row.receiver_id:
        return False
    if not row.leg or row.kind == Work.Kind.CONSULTATION:
        return True  # who is asked sees what was ticked, on the dossier's page, no more
    sees = published.procedure.plan.stage(row.leg).sees
    return not (sees == "all" or sees.allows(published.procedure.subject))


_WORK_WORDS: dict[str, str] = {
    Work.Kind.RECEIVE: noop("Xem hồ sơ rồi tiếp nhận"),
    Work.Kind.WITHDRAWAL: noop("Trả lời yêu cầu rút hồ sơ"),
    Work.Kind.RETURN: noop("Chờ trả kết quả"),
    Work.Kind.APPROVAL: noop("Duyệt yêu cầu bổ sung lần hai"),
    Work.Kind.EXTENSION: noop("Ký văn bản xin lỗi, hẹn lại ngày trả"),
    Work.Kind.CONSULTATION: noop("Trả lời câu hỏi của bộ phận khác"),
    Work.Kind.APPLICANT: noop("Chờ người nộp hồ sơ"),
    Work.Kind.ELSEWHERE: noop("Chờ cơ quan khác"),
}


def todo_words(work: Waiting | Work | Handover, published: Published, spoken: str) -> str:
    """Say in words what to do next, or whom it waits for."""
    if work.kind == Work.Kind.STEP:
        return published.procedure.plan.stage(work.leg).step(work.step).name.to(spoken)
    result = _result(work, published, spoken)
    if result and work.kind == Work.Kind.RETURN:
        return gettext("Trả kết quả: {result}").format(result=result)
    if result and work.kind == Work.Kind.APPROVAL:
        return gettext("Xem và ký thay đổi: {result}").format(result=result)
    return gettext(_WORK_WORDS[work.kind])


def _result(work: Waiting | Work | Handover, published: Published, spoken: str) -> str:
    """Return what the result is called that a row is about, if it is about one."""
    results = published.procedure.results
    return next((one.name.to(spoken) for one in results if one.id == work.step), "")


def found(rows: Sequence[Dossier], at: datetime, posts: Sequence[Post]) -> list[Line]:
    """Return the lines of the dossiers that a search found."""
    page = _page(at, posts, (row.agency for row in rows))
    own = {post.agency_id for post in posts}
    return [_found(row, page, own, posts) for row in rows]


def _found(row: Dossier, page: _Page, own: set[int], posts: Sequence[Post]) -> Line:
    published = by_digest(row.version.digest)
    shown = row.agency_id in own or looking.subject_shown(published, posts)
    return Line(
        code=row.code,
        href=page.href(row.code),
        procedure=published.procedure.short.to(page.language),
        subject=row.shown_name if shown else "",
        todo=gettext(Status(row.status).words),
        since=row.submitted_at,
        due=_found_due(row, page),
        office=row.agency.name,
        kind=shape_of(row.status),
    )


def _found_due(row: Dossier, page: _Page) -> Due:
    ended = row.ended_at or row.finished_at
    if ended:
        return Due(gettext(Status(row.status).words), shape_of(row.status), ended)
    until = row.due_at or (None if row.received_at else row.expected_at)
    return due_words(until, page.at, page.known[row.agency.province_code])
