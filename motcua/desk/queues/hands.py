"""Who holds what waits of a dossier, through whose hands it went, and taking or giving it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import Official
from motcua.desk.dossier import head
from motcua.desk.pages import show
from motcua.desk.queues.holding import told, work_words
from motcua.desk.signing_in.session import the_official
from motcua.dossiers import claims
from motcua.dossiers.models import Work
from motcua.journeys import claiming, looking
from motcua.journeys.claiming import Moving
from motcua.journeys.looking import Opened
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

SLUGS: dict[str, Moving] = {
    "nhan": "claim",
    "tra-lai": "release",
    "nhan-thay": "take_over",
    "giao": "assign",
}


@require_http_methods(["GET", "HEAD", "POST"])
def hands(request: HttpRequest, code: str, work: int) -> HttpResponse:
    """Show who holds a piece of work and move it. Another office's is as unknown as none."""
    opened = looking.look_around(official=the_official(request), code=code, at=now())
    found = next((one for one in claims.work_of_dossier(opened.row) if one.pk == work), None)
    if found is None or found.agency_id not in {post.agency_id for post in opened.posts}:
        raise Http404
    if request.method != "POST":
        return _page(request, opened, found)
    posted = Posted(dict(request.POST.lists()))
    moving = SLUGS.get(posted.one("viec"))
    if moving is None:
        raise Http404
    try:
        claiming.move(work=found, posts=opened.posts, asked=_asked(moving, posted, opened, found))
    except Refusal as refusal:
        return _page(request, opened, found, refusal)
    return HttpResponseRedirect(reverse("desk:dossier", args=[code]))


def _asked(moving: Moving, posted: Posted, opened: Opened, work: Work) -> claiming.Asked:
    people = _colleagues(opened, work, opened.at)
    to = next((one for one in people if str(one.pk) == posted.one("ai")), None)
    key = f"hands:{opened.row.code}:{_key(posted.one('key')).hex}"
    return claiming.Asked(moving, key, opened.at, posted.one("ly-do").strip(), to)


def _key(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        return uuid4()


def _colleagues(opened: Opened, work: Work, at: datetime) -> list[Official]:
    return claiming.colleagues(opened.posts, at, work)


def _page(
    request: HttpRequest, opened: Opened, work: Work, refusal: Refusal | None = None
) -> HttpResponse:
    me = the_official(request).pk
    context: dict[str, Any] = {
        **head(opened),
        "work": work,
        "todo": work_words(opened, work),
        "held_by_me": work.official_id == me,
        "free": work.official_id is None,
        "colleagues": [
            one for one in _colleagues(opened, work, opened.at) if one.pk != work.official_id
        ],
        "wrong": refusal_text(refusal) if refusal else "",
        "act_key": str(uuid4()),
        "past": [told(opened, hand) for hand in claims.handovers_of(opened.row)][::-1],
    }
    return show(request, "queues/hands", context, status=refusal.status if refusal else 200)
