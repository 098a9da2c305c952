"""Showing again who one is: before a locked desk opens, and before what is sensitive.

The page stands in front of whatever was asked for. What had been posted is carried in it and goes on by the same
press, so that nothing typed is lost, with scripts or without.
"""

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.agencies.models import Official
from motcua.agencies.passkeys import keys_of, site
from motcua.agencies.rules.refusals import WrongSecondFactor
from motcua.desk.signing_in import questions, session
from motcua.journeys import official_sign_in as journey
from motcua.kernel.refusal import Refusal
from motcua.toolkit import networks
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text

PROVE = "_prove"
_OURS = frozenset(
    {PROVE, "_password", "_code", "_passkey", "_next", "_files", "csrfmiddlewaretoken"}
)
TRIES_AN_HOUR = 300
_LOOKING = {"GET", "HEAD"}
Why = Literal["locked", "sensitive"]
PART = "X-Part"


@dataclass(frozen=True)
class Asked:
    """Who is asked, why, and where a page that was only looked at goes on from."""

    official: Official
    why: Why
    action: str
    onward: str = ""


def lock(request: HttpRequest) -> HttpResponse | None:
    """Return the lock in front of what was asked for; None when this very request has opened it."""
    return _stand_before(request, "locked", reverse("official:lock"))


def fresh(request: HttpRequest) -> HttpResponse | None:
    """Return the question for a second factor in front of something sensitive; None when one was shown just now."""
    if session.is_fresh(request):
        return None
    return _stand_before(request, "sensitive", reverse("official:again"))


def _stand_before(request: HttpRequest, why: Why, door: str) -> HttpResponse | None:
    official = session.behind_lock(request) or session.official_of(request)
    if official is None:
        return HttpResponseRedirect(reverse("official:password"))
    if request.method in _LOOKING:
        return page(request, Asked(official, why, door, request.get_full_path()))
    asked = Asked(official, why, request.get_full_path())
    if not request.POST.get(PROVE):
        return page(request, asked)
    try:
        _prove(request, asked)
    except Refusal as refusal:
        return page(request, asked, refusal)
    return _go_on(request)


def _go_on(request: HttpRequest) -> HttpResponse | None:
    """Let the form go on as it was sent first. Files are not carried: their page is shown anew."""
    if request.POST.get("_files"):
        return HttpResponseRedirect(request.get_full_path())
    posted = request.POST.copy()
    for name in _OURS - {"csrfmiddlewaretoken"}:
        posted.pop(name, None)
    request.POST = posted  # type: ignore[assignment]
    return None


def _prove(request: HttpRequest, asked: Asked) -> None:
    """Take the proof: a key, six digits or a code on paper; before the lock also the password.

    Raises what the journey does, WrongSecondFactor for nothing that was asked.
    """
    networks.brake(request, "official", TRIES_AN_HOUR)
    at, how = now(), request.POST.get(PROVE)
    if how == "passkey":
        answer, challenge = request.POST.get("_passkey", ""), questions.answered(request, "again")
        journey.by_passkey(answer=answer, challenge=challenge, at=at, official=asked.official)
    elif how == "password" and asked.why == "locked":
        password = request.POST.get("_password", "")
        journey.password_again(official=asked.official, password=password, at=at)
        return session.unlock(request, proven=False)
    elif how == "code":
        journey.second_step_either(
            official=asked.official, code=request.POST.get("_code", ""), at=at
        )
    else:
        raise WrongSecondFactor
    return session.unlock(request, proven=True)


def page(request: HttpRequest, asked: Asked, refusal: Refusal | None = None) -> HttpResponse:
    """Return the page that asks."""
    told = request.POST.lists() if request.method not in _LOOKING else []
    by_password = asked.why == "locked"
    errors = [refusal_text(refusal)] if refusal else []
    typed_code = request.POST.get(PROVE) == "code" or not by_password
    password, code = _fields(errors if not typed_code else [], errors if typed_code else [])
    context = {
        "why": asked.why,
        "name": asked.official.full_name,
        "action": asked.action,
        "onward": asked.onward,
        "posted": [(name, value) for name, values in told if name not in _OURS for value in values],
        "files": bool(request.FILES) or bool(request.POST.get("_files")),
        "password": password,
        "code": code,
        "errors": error_links([password, code]),
        "keys": site() is not None and bool(keys_of(asked.official)),
        "has_app": bool(asked.official.totp_secret),
    }
    status = refusal.status if refusal else 403
    answer = render(request, "desk/signing_in/again.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _fields(wrong_password: list[str], wrong_code: list[str]) -> tuple[FieldView, FieldView]:
    password = FieldView(
        id="again-password", name="_password", widget="text", label=gettext("Mật khẩu"),
        errors=wrong_password,
    )  # fmt: skip
    code = FieldView(
        id="again-code", name="_code", widget="text", errors=wrong_code,
        label=gettext("Mã 6 số, hoặc một mã dự phòng"),
        attributes={"autocomplete": "one-time-code", "spellcheck": "false"},
    )  # fmt: skip
    return password, code


@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """Open the locked desk and go back to the page; with `lock`, lock it now.

    A script asks with `X-Part`: it is answered with nothing when the desk is open, with the page when it is locked.
    """
    silent, onward = PART in request.headers, session.desk_path(request.POST.get("_next"))
    if request.POST.get("lock") and session.official_of(request):
        session.lock_now(request)
        return HttpResponseRedirect(onward)
    official = session.behind_lock(request)
    if official is not None:
        answer = _opened(request, Asked(official, "locked", request.path, onward))
        if answer is not None:
            return answer
    if silent:
        return _silent(request)
    return HttpResponseRedirect(onward)


def _silent(request: HttpRequest) -> HttpResponse:
    """Tell a script how many seconds the desk stays open; a POST means that somebody is typing."""
    here = session.official_of(request) if request.method == "POST" else None
    left = session.lock_after() if here else session.until_lock(request)
    gone = session.KEY not in request.session
    answer = HttpResponse(status=204)
    answer["X-Left"] = "-1" if gone else str(max(0, int(left.total_seconds())))
    return answer


def _opened(request: HttpRequest, asked: Asked) -> HttpResponse | None:
    if request.method in _LOOKING or not request.POST.get(PROVE):
        return page(request, asked)
    try:
        _prove(request, asked)
    except Refusal as refusal:
        return page(request, asked, refusal)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Take a second factor for a page that was only looked at, and go back to it."""
    official = session.official_of(request)
    if official is None:
        return HttpResponseRedirect(reverse("official:password"))
    onward = session.desk_path(request.POST.get("_next") or request.GET.get("next"))
    return _opened(request, Asked(official, "sensitive", request.path, onward)) or (
        HttpResponseRedirect(onward)
    )
