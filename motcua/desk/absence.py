"""Who stands in for whom while away: recorded by the official themself or by the leader, ended early by them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies.queries import substitutions
from motcua.agencies.rules.refusals import SubstitutionDays
from motcua.desk.pages import show, ways_of
from motcua.desk.queues.views import Look, look_of
from motcua.desk.words import role_words
from motcua.journeys import standing_in
from motcua.journeys.standing_in import Lending, Reach
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.ui.refusals import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """Show who stands in for whom, and record one more."""
    look = look_of(request)
    reach = standing_in.reach(posts=look.posts, at=look.at)
    if request.method != "POST":
        return _page(request, look, reach)
    posted = Posted(dict(request.POST.lists()))
    try:
        lending = _lending(posted)
        standing_in.lend(by=look.official, reach=reach, lending=lending, at=look.at)
    except Refusal as refusal:
        return _page(request, look, reach, posted, refusal)
    return HttpResponseRedirect(reverse("desk:absence"))


@require_POST
def end(request: HttpRequest, substitution: int) -> HttpResponse:
    """End one before its last day. Raises SubstitutionNotYours."""
    look = look_of(request)
    reach = standing_in.reach(posts=look.posts, at=look.at)
    standing_in.end(by=look.official, reach=reach, substitution=substitution, at=look.at)
    return HttpResponseRedirect(reverse("desk:absence"))


def _lending(posted: Posted) -> Lending:
    """Read the form. Raises SubstitutionDays for a day that cannot be read."""
    return Lending(
        post=posted.number("vi-tri"),
        substitute=posted.number("ai"),
        first_day=_day(posted.one("tu")),
        last_day=_day(posted.one("den")),
        reason=posted.one("ly-do")[:200],
        key=f"absence:{_key(posted.one('key')).hex}",
    )


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise SubstitutionDays from None


def _key(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        return uuid4()


def _page(
    request: HttpRequest,
    look: Look,
    reach: Reach,
    posted: Posted | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    told = posted or Posted({})
    context: dict[str, Any] = {
        **ways_of({post.role for post in look.posts}),
        "lent": substitutions(reach.posts, look.at),
        "posts": [
            (post.pk, f"{post.official.full_name} – {role_words(post.role)}, {post.agency.name}",
             str(post.pk) == told.one("vi-tri"))
            for post in reach.posts
        ],
        "colleagues": [
            (one.pk, one.full_name, str(one.pk) == told.one("ai")) for one in reach.colleagues
        ],
        "first_day": told.one("tu"),
        "last_day": told.one("den"),
        "reason": told.one("ly-do"),
        "wrong": refusal_text(refusal) if refusal else "",
        "act_key": told.one("key") or str(uuid4()),
    }  # fmt: skip
    return show(request, "absence", context, status=refusal.status if refusal else 200)
