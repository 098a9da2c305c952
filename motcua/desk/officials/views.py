"""Who works in the agency: its administrators invite, give and end posts, reset; whatever they do wants a fresh factor."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.models import Deed, Official, Post
from motcua.agencies.rules.access_refusals import DeedUnknown, PostUnsound
from motcua.agencies.rules.appointing import BY_TWO, roles_at
from motcua.agencies.rules.places import day_of
from motcua.agencies.rules.signing_lines import WORDS, above
from motcua.desk.pages import show
from motcua.desk.signing_in import again
from motcua.desk.signing_in.own import deed_words
from motcua.desk.signing_in.session import the_official
from motcua.desk.words import role_words
from motcua.journeys import administering as journey
from motcua.journeys.administering import Administrator, Person, PostAsked
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show everybody, and what waits for a second person. Raises NotAdministrator."""
    at = now()
    mine = journey.administrator(the_official(request), at)
    waiting = journey.waiting(mine)
    context = {
        "people": [
            (person, [_post_words(post) for post in posts])
            for person, posts in journey.people(mine, at)
        ],
        "waiting": [(deed, deed_words(deed), _may_decide(mine, deed)) for deed in waiting],
        "agencies": [agency.name for agency in mine.agencies],
        "alone_at": journey.alone_at(mine, at),
        "done": _done_words(request.GET.get("xong", "")),
        "administers": True,
    }
    return show(request, "officials/people", context)


def _may_decide(mine: Administrator, deed: Deed) -> bool:
    return mine.official.pk not in (deed.by_id, deed.official_id)


def _post_words(post: Post) -> str:
    words = (
        f"{role_words(post.role)} – {post.agency.name}, {gettext('từ')} {post.valid_from:%d/%m/%Y}"
    )
    until = f" {gettext('đến')} {post.valid_to:%d/%m/%Y}" if post.valid_to else ""
    line = above(post.signs, post.title, kind=post.agency.kind, usual="").replace("\n", " / ")
    return f"{words}{until} · {gettext('ký: {line}').format(line=line)}" if line else words + until


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Add somebody and show the code of their first sign-in, once. Raises NotAdministrator."""
    mine = journey.administrator(the_official(request), now())
    posted = Posted(dict(request.POST.lists()))
    if request.method != "POST":
        return _invite_page(request, mine, posted)
    asked = again.fresh(request)
    if asked is not None:
        return asked
    try:
        official, code = journey.invite(
            mine, username=posted.one("ten"), full_name=posted.one("ho-ten"),
            asked=_post_asked(posted), key=_key(posted), at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _invite_page(request, mine, posted, refusal)
    return _code_page(request, official, code, two=posted.one("vi-tri") in BY_TWO)


def _code_page(
    request: HttpRequest, person: Official, code: str, *, two: bool = False
) -> HttpResponse:
    context = {"person": person, "code": code, "two": two, "administers": True}
    return show(request, "officials/code", context)


def _invite_page(
    request: HttpRequest, mine: Administrator, told: Posted, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "username": told.one("ten"),
        "full_name": told.one("ho-ten"),
        **_post_form(mine, told),
        "wrong": refusal_text(refusal) if refusal else "",
        "administers": True,
    }
    return show(request, "officials/new", context, status=refusal.status if refusal else 200)


def _post_form(mine: Administrator, told: Posted) -> dict[str, Any]:
    roles = {role: role_words(role) for one in mine.agencies for role in roles_at(one.kind)}
    return {
        "agencies": [
            (one.pk, one.name, str(one.pk) == told.one("co-quan")) for one in mine.agencies
        ],
        "roles": [(role.value, words, role == told.one("vi-tri")) for role, words in roles.items()],
        "signing": [
            (one.value, gettext(words), one == told.one("ky")) for one, words in WORDS.items()
        ],
        "title": told.one("chuc-danh"),
        "first": told.one("tu") or f"{day_of(now()):%Y-%m-%d}",
        "end": told.one("den"),
        "act_key": told.one("key") or str(uuid4()),
    }


def _post_asked(posted: Posted) -> PostAsked:
    """Read the form. Raises PostUnsound for a day that cannot be read."""
    try:
        first = date.fromisoformat(posted.one("tu"))
        end = date.fromisoformat(posted.one("den")) if posted.one("den") else None
    except ValueError:
        raise PostUnsound from None
    return PostAsked(
        posted.number("co-quan"), posted.one("vi-tri"), first, end, posted.one("ky"),
        posted.one("chuc-danh"),
    )  # fmt: skip


def _key(posted: Posted) -> str:
    try:
        return UUID(posted.one("key")).hex
    except ValueError:
        return uuid4().hex


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, official_id: int) -> HttpResponse:
    """Show one person, and do something about them. Raises NotAdministrator, OfficialUnknown."""
    at = now()
    mine = journey.administrator(the_official(request), at)
    found = journey.person_of(mine, official_id, at)
    posted = Posted(dict(request.POST.lists()))
    doing = _DOINGS.get(posted.one("do"))
    if request.method != "POST" or doing is None:
        return _person_page(request, mine, found, posted)
    asked = again.fresh(request)
    if asked is not None:
        return asked
    try:
        done = doing(request, mine, found, posted)
    except Refusal as refusal:
        return _person_page(request, mine, found, posted, refusal)
    return done or _back(f"{posted.one('do')}")


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:officials')}?{urlencode({'xong': done})}")


def _give(
    _request: HttpRequest, mine: Administrator, found: Person, posted: Posted
) -> HttpResponse:
    deed = journey.give_post(
        mine, official=found.official, asked=_post_asked(posted), key=_key(posted), at=now()
    )
    return _back("giao" if deed.accepted else "de-nghi")


def _end(_request: HttpRequest, mine: Administrator, found: Person, posted: Posted) -> None:
    journey.end_post(mine, person=found, post=posted.number("post"), key=_key(posted), at=now())


def _reset(
    request: HttpRequest, mine: Administrator, found: Person, posted: Posted
) -> HttpResponse:
    _deed, code = journey.reset(mine, person=found, key=_key(posted), at=now())
    if not code:
        return _back("de-nghi")
    return _code_page(request, found.official, code)


_DOINGS: dict[
    str, Callable[[HttpRequest, Administrator, Person, Posted], HttpResponse | None]
] = {"giao": _give, "thoi": _end, "dat-lai": _reset}  # fmt: skip


def _person_page(
    request: HttpRequest,
    mine: Administrator,
    found: Person,
    told: Posted,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "person": found.official,
        "myself": found.official.pk == mine.official.pk,
        "posts": [(post, _post_words(post)) for post in found.posts],
        "deeds": [(deed, deed_words(deed)) for deed in found.deeds],
        **_post_form(mine, told),
        "wrong": refusal_text(refusal) if refusal else "",
        "administers": True,
    }
    return show(request, "officials/person", context, status=refusal.status if refusal else 200)


@require_POST
def decide(request: HttpRequest, deed: int) -> HttpResponse:
    """Confirm or turn down what another administrator proposed. Raises NotAdministrator, DeedUnknown, OneselfNot."""
    mine = journey.administrator(the_official(request), now())
    asked = again.fresh(request)
    if asked is not None:
        return asked
    known = next((one for one in journey.waiting(mine) if one.pk == deed), None)
    if known is None:
        raise DeedUnknown
    accept = request.POST.get("do") == "xac-nhan"
    code = journey.decide(mine, deed=deed, accept=accept, at=now())
    if code:
        return _code_page(request, known.official, code)
    return _back("xac-nhan" if accept else "khong-xac-nhan")


def _done_words(what: str) -> str:
    return {
        "giao": gettext("Đã giao vị trí."),
        "de-nghi": gettext("Đã gửi đề nghị. Một người quản trị khác cần xác nhận."),
        "thoi": gettext("Vị trí đã kết thúc; quyền hết ngay."),
        "xac-nhan": gettext("Đã xác nhận."),
        "khong-xac-nhan": gettext("Đã từ chối đề nghị."),
    }.get(what, "")
