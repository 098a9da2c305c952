"""Letters with results: put together into a list for the postman, printed, signed, closed."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import Post
from motcua.deliveries import lists
from motcua.deliveries.models import PostList, PostListLine
from motcua.desk.pages import show
from motcua.desk.signing_in.session import the_official
from motcua.documents.serving import pdf_response
from motcua.journeys import counter, post_lists
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now


@dataclass(frozen=True)
class LetterLine:
    """One letter on a list."""

    id: int
    code: str
    href: str
    receiver: str
    number: str
    told: bool
    state: str
    problem: str


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the lists of the office, and what waits for the next one; a POST puts it together."""
    posts = counter.posts_at_counter(the_official(request), now())
    if request.method == "POST":
        post = _post(request, posts)
        made = lists.open_list(office=post.agency.code, at=now())
        return redirect("desk:post_list", list_id=made.pk)
    context = {
        "offices": [
            {"post": post, "waiting": lists.waiting_count(post.agency.code)} for post in posts
        ],
        "lists": lists.lists_of([post.agency.code for post in posts]),
        "several": len(posts) > 1,
    }
    return _show(request, "letters", context)


def _post(request: HttpRequest, posts: list[Post]) -> Post:
    wanted = request.POST.get("post", "")
    return next((post for post in posts if str(post.pk) == wanted), posts[0])


def _opened(request: HttpRequest, list_id: UUID) -> tuple[PostList, Post]:
    """Return the list and the official's post in its office. Raises ListUnknown."""
    posts = {
        post.agency.code: post for post in counter.posts_at_counter(the_official(request), now())
    }
    found = lists.list_of(list_id, list(posts))
    return found, posts[found.office]


@require_http_methods(["GET", "HEAD", "POST"])
def post_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Show a list; write down numbers, leave letters out, or close it."""
    found, post = _opened(request, list_id)
    if request.method == "POST":
        if "_more" in request.POST:
            lists.open_list(office=found.office, at=now())
        else:
            _written(request, found)
        if "_close" in request.POST:
            post_lists.close(list_id=found.pk, post=post, at=now())
        return redirect(request.path)
    lines = [_line(line) for line in post_lists.lines_seen(found, post, now())]
    context: dict[str, Any] = {
        "list": found,
        "lines": lines,
        "failed": sum(bool(line.problem) for line in lines),
        "waiting": 0 if found.closed_at else lists.waiting_count(found.office),
        "pdf": reverse("desk:post_list_pdf", args=[found.pk]),
    }
    return _show(request, "letter_list", context)


def _written(request: HttpRequest, found: PostList) -> None:
    if found.closed_at is not None:
        return
    posted = Posted(dict(request.POST.lists()))
    numbers = {
        line.pk: posted.one(f"number.{line.pk}")
        for line in lists.lines_of(found)
        if f"number.{line.pk}" in request.POST
    }
    left_out = [int(one) for one in posted.many("out") if re.fullmatch(r"[0-9]{1,18}", one)]
    lists.write_down(found=found, numbers=numbers, left_out=left_out)


def _line(line: PostListLine) -> LetterLine:
    told = bool(line.delivery.letter.tracking_number) and not line.tracking_number
    state = gettext("Đã giao bưu điện") if line.given_at else ""
    return LetterLine(
        id=line.pk,
        code=line.delivery.subject,
        href=reverse("desk:dossier", args=[line.delivery.subject]),
        receiver=line.delivery.letter.to.name,
        number=post_lists.number_of(line),
        told=told,
        state=state,
        problem=gettext(line.problem) if line.problem else "",
    )


def _show(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return show(request, f"counter/{name}", {**context, "at_counter": True, "figures": True})


@require_safe
def post_list_pdf(request: HttpRequest, list_id: UUID) -> HttpResponseBase:
    """Answer a list to print, also again."""
    found, post = _opened(request, list_id)
    stem = f"bang-ke-{found.day:%Y%m%d}-{found.number}"
    return pdf_response(post_lists.paper(found, post, now()), f"{stem}.pdf")
