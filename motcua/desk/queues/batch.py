"""One act on the rows that were ticked: asked once more where it cannot be undone, answered row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from motcua.agencies.models import Official, Post
from motcua.agencies.rules.roles import Role
from motcua.desk.pages import show, ways_of
from motcua.desk.queues.asking import address, read
from motcua.desk.signing_in import again
from motcua.desk.signing_in.session import the_official
from motcua.dossiers.queues import Waiting
from motcua.journeys import batches, claiming, looking
from motcua.journeys.batches import MOST, Batch, Doing, Outcome, Ticked
from motcua.kernel import dossier_code
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

SLUGS: dict[Doing, str] = {
    "claim": "nhan",
    "release": "tra-lai",
    "assign": "giao",
    "receive": "tiep-nhan",
    "step": "xong-buoc",
}
SURE = ("receive", "step", "assign")
"""What the applicant hears of, what cannot be undone, what needs a name: asked once more."""

NOTHING_TICKED = "chon=khong"
"""In the address of the queue: a button was pressed for rows, and none was ticked."""


@dataclass(frozen=True)
class Button:
    """Something that can be done to rows of this page."""

    slug: str
    label: str


@dataclass(frozen=True)
class Answer:
    """What became of one row, in words."""

    code: str
    href: str
    words: str
    kind: str


def buttons(page: Sequence[Waiting]) -> list[Button]:
    """Return what can be done to at least one row of the page."""
    return [
        Button(SLUGS[doing], _label(doing, page))
        for doing in SLUGS
        if any(work.role and batches.fits(work, doing) for work in page)
    ]


def _label(doing: Doing, page: Sequence[Waiting] = ()) -> str:
    signs = {work.task for work in page if batches.fits(work, "step")} == {"sign"}
    words: dict[Doing, str] = {
        "claim": gettext("Nhận việc"),
        "release": gettext("Trả lại hàng việc"),
        "assign": gettext("Giao việc"),
        "receive": gettext("Tiếp nhận"),
        "step": gettext("Ký") if signs else gettext("Xong bước, chuyển tiếp"),
    }
    return words[doing]


@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Do one act to the ticked rows. The same batch sent again does nothing twice, and answers the same."""
    posted = Posted(dict(request.POST.lists()))
    official, at = the_official(request), now()
    posts = looking.posts_handling(official, at)
    doing = next((one for one, slug in SLUGS.items() if slug == posted.one("viec")), None)
    ticked = _ticked(request.POST.getlist("chon"))
    back = address(read(posted.one("xem")))
    if doing is None or not ticked:
        return HttpResponseRedirect(f"{back}{'&' if '?' in back else '?'}{NOTHING_TICKED}")
    context = {
        "back": back, "asked": posted.one("xem"), **ways_of({post.role for post in posts}),
    }  # fmt: skip
    key = _key(posted.one("key"))
    if doing in SURE and not posted.one("chac"):
        people = claiming.colleagues(posts, at) if doing == "assign" else []
        asking = {**_sure(doing, ticked, key), "colleagues": people}
        return show(request, "queues/sure", {**context, **asking})
    leads = any(post.role == Role.LEADER for post in posts)
    if doing == "step" and leads and (away := again.fresh(request)) is not None:
        return away  # a leader's step is a signature
    to = _colleague(posted.one("ai"), posts, at)
    asked = Batch(doing, key, at, posted.one("ly-do"), to)
    outcomes = batches.do_all(official=official, posts=posts, ticked=ticked, batch=asked)
    return show(request, "queues/batch", {**context, **_told(doing, outcomes)})


def _ticked(values: Sequence[str]) -> list[Ticked]:
    """Read the ticked rows, each once, at most MOST."""
    found: dict[int, Ticked] = {}
    for value in values:
        work, _, code = value.partition("~")
        if work.isascii() and work.isdigit() and len(work) < 19:  # noqa: PLR2004 - fits the column
            found[int(work)] = Ticked(int(work), _code(code))
    return list(found.values())[:MOST]


def _code(told: str) -> str:
    try:
        return dossier_code.normalise(told)
    except Refusal:
        return ""


def _key(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        return uuid4()


def _colleague(wanted: str, posts: Sequence[Post], at: datetime) -> Official | None:
    known = claiming.colleagues(posts, at) if wanted else []
    return next((one for one in known if str(one.pk) == wanted), None)


def _sure(doing: Doing, ticked: Sequence[Ticked], key: UUID) -> dict[str, Any]:
    count = len(ticked)
    words = ngettext("{act}: {n} hồ sơ", "{act}: {n} hồ sơ", count)
    leads: dict[Doing, str] = {
        "receive": gettext("Thời hạn bắt đầu tính và người dân được báo ngay ngày hẹn trả."),
        "step": gettext(
            "Mỗi hồ sơ được ghi xong bước hiện tại. Việc này không rút lại được; hồ sơ cần nhập "
            "thông tin riêng sẽ được để lại."
        ),
        "assign": gettext("Người được giao thấy các hồ sơ này ở mục “Việc của tôi”."),
    }
    return {
        "title": words.format(act=_label(doing), n=count),
        "lead": leads[doing],
        "slug": SLUGS[doing],
        "ticked": ticked,
        "batch_key": str(key),
        "yes": _label(doing),
    }


def _told(doing: Doing, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    done = sum(outcome.refusal is None for outcome in outcomes)
    refused = len(outcomes) - done
    words = ngettext("Đã làm {n} hồ sơ", "Đã làm {n} hồ sơ", done).format(n=done)
    left = ngettext("{n} hồ sơ chưa làm được", "{n} hồ sơ chưa làm được", refused)
    return {
        "title": _label(doing),
        "done_words": words,
        "left_words": left.format(n=refused) if refused else "",
        "answers": [_answer(outcome) for outcome in sorted(outcomes, key=_refused_first)],
    }


def _refused_first(outcome: Outcome) -> bool:
    return outcome.refusal is None


def _answer(outcome: Outcome) -> Answer:
    href = reverse("desk:dossier", args=[outcome.code]) if outcome.code else ""
    if outcome.refusal is None:
        return Answer(outcome.code, href, gettext("Đã làm"), "done")
    return Answer(outcome.code, href, refusal_text(outcome.refusal), "action")
