"""“Ủy quyền”: what a person has given and holds; one mandate with its history; confirming it and ending it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.identity.rules.people import SignedIn
from motcua.journeys import mandating
from motcua.kernel.refusal import Refusal
from motcua.mandates import queries
from motcua.mandates.models import Mandate
from motcua.mandates.operations import Accepting
from motcua.mandates.rules.mandates import State
from motcua.mandates.rules.refusals import MandateOver
from motcua.portal.mandates.giving import for_themself, send_code
from motcua.portal.pages import code_time, language, show
from motcua.portal.signing_in.session import (
    citizen_of,
    sign_in_address,
    the_citizen,
)
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake, brake_gently
from motcua.ui.fields import ErrorLink, FieldView, error_links
from motcua.ui.mandate_words import Shown, history, uses
from motcua.ui.refusals import refusal_text

MOST_CODES, MOST_TYPED = 30, 100
"""Codes sent and typed an hour from one network."""
Side = Mandate.Side


@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """List what the person has given, what they hold, and what has ended. Raises MandatesOfPeople."""
    citizen = for_themself(request)
    given = [Shown(row, Side.GIVER, language()) for row in queries.given_by(citizen.person_id)]
    held = [Shown(row, Side.HOLDER, language()) for row in queries.held_by(citizen.person_id)]
    context = {
        "back": reverse("signing_in:account"),
        "waiting": _waiting(citizen),
        "given": [one for one in given if one.open],
        "held": [one for one in held if one.open],
        "ended": [one for one in (*given, *held) if not one.open],
    }
    return show(request, "mandates/all", context)


def _waiting(citizen: SignedIn) -> list[dict[str, Any]]:
    """Return what waits for an answer of whoever came in by this very phone: the message may have been lost."""
    if citizen.kind != "phone" or not citizen.phone:
        return []
    found = queries.waiting_at(citizen.phone, now())
    return [
        {"one": Shown(row, side, language()), "href": mandating.path_of(row, side)}
        for row, side in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Show a mandate to one of its two people; a POST ends it at once. Raises MandateUnknown, MandatesOfPeople."""
    citizen = for_themself(request)
    row, side = queries.of_person(mandate_id, citizen.person_id)
    if request.method == "POST":
        mandating.end(row=row, by=side, at=now())
        return redirect(request.path)
    if side == Side.GIVER and row.giver_agreed_at is None and Shown(row, side, language()).open:
        return redirect("mandates:code", mandate_id=row.pk)
    return _shown(request, Shown(row, side, language()))


def _shown(
    request: HttpRequest, shown: Shown, *, wrong: Refusal | None = None, **more: Any
) -> HttpResponse:
    context = {
        "shown": shown,
        "rows": shown.rows(),
        "history": history(shown.row),
        "uses": uses(shown.row),
        "gives": shown.side == Side.GIVER,
        "all": reverse("mandates:all"),
        "follow": citizen_of(request) is not None,
        "errors": [ErrorLink(refusal_text(wrong))] if wrong else [],
        **more,
    }
    return show(request, "mandates/one", context, status=wrong.status if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Ask the giver for the code on their phone. Raises MandateUnknown."""
    row, side = queries.of_person(mandate_id, the_citizen(request).person_id)
    onward = reverse("mandates:one", args=[row.pk])
    if side != Side.GIVER or row.giver_agreed_at is not None:
        return redirect(onward)
    return _with_code(request, row, onward)


def _with_code(request: HttpRequest, row: Mandate, onward: str) -> HttpResponse:
    """Take the giver's code, or ask for it; wrong ones say the way on."""
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            if "_resend" in request.POST or "_send" in request.POST:
                brake_gently(request, "mandate-code", MOST_CODES)
                send_code(row)
            else:
                brake(request, "mandate-check", MOST_TYPED)
                mandating.agree_by_code(row=row, code=request.POST.get("code", ""), at=now())
                return redirect(onward)
        except Refusal as refusal:
            wrong = refusal
    return _code_page(request, row, onward, wrong)


def _code_page(
    request: HttpRequest, row: Mandate, onward: str, wrong: Refusal | None
) -> HttpResponse:
    field = FieldView(
        "code", "code", "code", gettext("Mã xác nhận gồm 6 chữ số"),
        errors=[refusal_text(wrong)] if wrong else [],
    )  # fmt: skip
    purpose, destination, at = mandating.PURPOSE, row.giver_phone, now()
    ends = code_holds_until(purpose=purpose, destination=destination, reference=row.pk.hex, at=at)
    context = {
        **code_time(ends),
        "shown": Shown(row, Side.GIVER, language()),
        "rows": Shown(row, Side.GIVER, language()).rows(),
        "phone": row.giver_phone,
        "field": field,
        "wait": seconds_until_resend(purpose=purpose, destination=destination, at=at),
        "back": onward,
        "errors": error_links([field]),
    }
    return show(request, "mandates/code", context, status=wrong.status if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def by_message(request: HttpRequest, token: str) -> HttpResponse:
    """Show a mandate to whoever has its message: the giver confirms by code or VNeID, the holder accepts signed in.

    Either ends it here, without a sign-in. Raises MandateUnknown.
    """
    row, side = queries.by_token(token)
    shown = Shown(row, side, language())
    if request.method != "POST":
        return _answering(request, shown)
    try:
        return _answered(request, shown)
    except Refusal as refusal:
        return _answering(request, shown, refusal)


def _answered(request: HttpRequest, shown: Shown) -> HttpResponse:
    row, at = shown.row, now()
    if "_end" in request.POST:
        mandating.end(row=row, by=shown.side, at=at)
        return redirect(request.path)
    if not shown.open:
        raise MandateOver
    if shown.side == Side.HOLDER:
        return _accepted(request, row)
    if "_strong" in request.POST:
        return _agreed(request, row)
    if row.giver_agreed_at is not None:
        return redirect(request.path)
    return _with_code(request, row, request.path)


def _agreed(request: HttpRequest, row: Mandate) -> HttpResponse:
    """Take the giver's word by the sign-in itself: VNeID of level 2."""
    citizen = citizen_of(request)
    if citizen is None or citizen.level < mandating.STRONG:
        return redirect(sign_in_address(request, level=mandating.STRONG))
    mandating.agree_by_sign_in(row=row, who=accepting(citizen), at=now())
    return redirect("mandates:one", mandate_id=row.pk)


def _accepted(request: HttpRequest, row: Mandate) -> HttpResponse:
    citizen = citizen_of(request)
    if citizen is None:
        return redirect(sign_in_address(request))
    mandating.accept(row=row, who=accepting(citizen), at=now())
    return redirect("mandates:one", mandate_id=row.pk)


def accepting(citizen: SignedIn) -> Accepting:
    """Return who is signed in, as mandates know people."""
    proved = citizen.personal_number if citizen.verified and citizen.level else ""
    return Accepting(citizen.person_id, citizen.full_name, proved, language())


def _answering(request: HttpRequest, shown: Shown, wrong: Refusal | None = None) -> HttpResponse:
    row, citizen = shown.row, citizen_of(request)
    gives = shown.side == Side.GIVER
    asks_giver = gives and row.giver_agreed_at is None
    asks_holder = not gives and row.holder_person_id is None and row.giver_agreed_at is not None
    answers = shown.state is State.GRANTED
    return _shown(
        request, shown, wrong=wrong,
        agree=answers and asks_giver, accept=answers and asks_holder,
        signed_in=citizen, strong=citizen is not None and citizen.level >= mandating.STRONG,
        all="", follow=False,
    )  # fmt: skip
