"""The counter's first pages: drafts to go on with, services to enter, whose data are known already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.models import Post
from motcua.agencies.rules.places import day_of
from motcua.desk.counter.words import channel_words, masked_phone
from motcua.desk.pages import language, show
from motcua.desk.signing_in.session import the_official
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, Draft
from motcua.journeys import counter
from motcua.journeys.counter import Channel, Entry
from motcua.procedures import queries as procedures
from motcua.procedures.queries import by_digest, current
from motcua.toolkit.clock import now
from motcua.ui.draft_keys import keep_secret
from motcua.ui.fields import FieldView, Option

LONGEST = 100
FOUND = 8


@dataclass(frozen=True)
class DraftLine:
    """A draft to go on with."""

    href: str
    procedure: str
    applicant: str
    typist: str
    channel: str
    updated_at: datetime


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the office's open entries, and the services that can be entered."""
    at = now()
    posts = counter.posts_at_counter(the_official(request), at)
    open_drafts = dossiers.counter_drafts([post.agency_id for post in posts], at)
    context = {
        "drafts": [_line(draft) for draft in open_drafts],
        "services": _received_here(posts, at),
    }
    return show(request, "counter/home", {**context, "at_counter": True, "figures": True})


def _line(draft: Draft) -> DraftLine:
    published = by_digest(draft.version.digest)
    name = draft.answers.get(published.procedure.applicant.name, "")
    return DraftLine(
        href=reverse("desk:counter_draft", args=[draft.pk]),
        procedure=published.procedure.short.to(language()),
        applicant=str(name),
        typist=draft.typist.full_name if draft.typist else "",
        channel=channel_words(draft.circumstances.get("channel", "")),
        updated_at=draft.updated_at,
    )


def _received_here(posts: Iterable[Post], at: datetime) -> list[dict[str, str]]:
    """Return the services that an office of these posts receives, as cards."""
    kinds = {post.agency.kind for post in posts}
    offered = procedures.in_force(day_of(at))
    laws = [one.procedure for one in offered if one.procedure.start.receiving in kinds]
    return [
        {
            "title": law.short.to(language()),
            "href": reverse("desk:counter_begin", args=[law.slug]),
            "note": law.code,
        }
        for law in laws
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask how the paper came and whether the person is known here; then lead to the form."""
    at = now()
    posts = counter.posts_at_counter(the_official(request), at)
    published = current(slug, day_of(at))
    if request.method == "POST":
        return _to_form(request, posts, slug)
    typed = request.GET.get("q", "").strip()[:LONGEST]
    people = counter.people_known(posts, typed)[:FOUND] if typed else []
    context: dict[str, Any] = {
        "name": published.procedure.name.to(language()),
        "q": typed,
        "searched": bool(typed),
        "fields": [*_office(posts), _channel(), *([_known(people)] if people else [])],
        "at_counter": True,
        "figures": True,
    }
    return show(request, "counter/begin", context)


def _office(posts: list[Post]) -> list[FieldView]:
    """Ask at which office's counter, of whom somebody works for several."""
    if len(posts) == 1:
        return []
    options = [
        Option(str(post.pk), post.agency.name, selected=not n) for n, post in enumerate(posts)
    ]
    return [FieldView("post", "post", "radio", gettext("Tại quầy của"), options=options)]


def _channel() -> FieldView:
    return FieldView(
        "channel", "channel", "radio", gettext("Hồ sơ giấy đến bằng cách nào?"),
        options=[
            Option("counter", gettext("Người nộp mang đến quầy"), selected=True),
            Option("post", gettext("Gửi qua bưu điện")),
        ],
    )  # fmt: skip


def _known(people: list[Dossier]) -> FieldView:
    nobody = Option("", gettext("Không phải ai trong số này – nhập từ đầu"), selected=True)
    return FieldView(
        "like", "like", "radio", gettext("Dùng lại thông tin người nộp của hồ sơ trước"),
        options=[nobody, *(Option(row.code, _person(row), row.code) for row in people)],
    )  # fmt: skip


def _person(row: Dossier) -> str:
    """Name somebody so that the official can tell people apart, and no more: the last digits of the phone."""
    return f"{row.applicant_name} · {masked_phone(row.phone)}" if row.phone else row.applicant_name


def _to_form(request: HttpRequest, posts: list[Post], slug: str) -> HttpResponse:
    wanted = request.POST.get("post", "")
    post = next((post for post in posts if str(post.pk) == wanted), posts[0])
    channel: Channel = "post" if request.POST.get("channel") == "post" else "counter"
    entry = Entry(post, channel, request.POST.get("like", "")[:60])
    address = reverse("portal:start", args=[slug])
    return HttpResponseRedirect(f"{address}?{urlencode({'quay': entry.ticket()})}")


@require_POST
def take_up(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go on with a draft of the counter, in this browser and no other."""
    draft, secret = counter.take_up(draft_id=draft_id, official=the_official(request), at=now())
    answer = redirect("portal:overview", draft_id=draft.pk)
    keep_secret(answer, draft.pk, secret, counter.A_DAY)
    return answer
