"""The form of a mandate: who, what they are, for what, which acts, how long – asked of giver or holder alike."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.identity.rules.people import SignedIn
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.journeys import mandating
from motcua.kernel import names
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal
from motcua.mandates.models import Mandate
from motcua.mandates.operations import Granting, Party
from motcua.mandates.rules.refusals import MandatesOfPeople, PhoneNeeded
from motcua.portal.following import access
from motcua.portal.following.acting import act_of
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import the_citizen
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake_gently
from motcua.ui.fields import ErrorLink, FieldView, error_links
from motcua.ui.mandate_terms import read_terms, terms_fields
from motcua.ui.refusals import refusal_text

MOST_GRANTED = 30
"""Mandates given or asked for an hour from one network: each sends somebody a message."""
Side = Mandate.Side


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Let somebody act for the person in front: by VNeID at once, else a code to their own phone confirms it."""
    return _form(request, Side.GIVER)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody to let the person in front act for them: they confirm by a code, with or without an account."""
    return _form(request, Side.HOLDER)


def for_themself(request: HttpRequest) -> SignedIn:
    """Return who is signed in as a person, never for an organisation. Raises MandatesOfPeople."""
    citizen = the_citizen(request)
    if citizen.organisation:
        raise MandatesOfPeople
    return citizen


def _form(request: HttpRequest, side: Side) -> HttpResponse:
    for_themself(request)
    wrong: Refusal | None = None
    posted = Posted(dict(request.POST.lists()))
    if request.method == "POST":
        try:
            return _granted(request, side, posted)
        except Refusal as refusal:
            wrong = refusal
    citizen = the_citizen(request)
    views = [
        *_people(side, posted, citizen),
        *terms_fields(posted, "online", language(), _dossier(request, side)),
    ]
    said = ErrorLink(refusal_text(wrong)) if wrong else None
    context = {
        "gives": side == Side.GIVER,
        "strong": citizen.level >= mandating.STRONG,
        "fields": views,
        "errors": [said] if said else error_links(views),
        "act": act_of(request),
        "back": reverse("mandates:all"),
        "other": reverse("mandates:ask" if side == Side.GIVER else "mandates:give"),
    }
    return show(request, "mandates/form", context, status=wrong.status if wrong else 200)


def _granted(request: HttpRequest, side: Side, posted: Posted) -> HttpResponse:
    brake_gently(request, "mandates", MOST_GRANTED)
    at = now()
    granting = _granting(request, side, posted, at)
    row = mandating.grant(granting=granting, key=f"mandate:{act_of(request)}", at=at)
    if side == Side.GIVER and row.giver_agreed_at is None:
        send_code(row)
        return redirect("mandates:code", mandate_id=row.pk)
    return redirect("mandates:one", mandate_id=row.pk)


def send_code(row: Mandate) -> None:
    """Send the giver their code, unless one is so fresh that it must still be on its way."""
    try:
        mandating.send_code(row=row, at=now())
    except ResendTooSoon:
        return


def _granting(request: HttpRequest, side: Side, posted: Posted, at: datetime) -> Granting:
    """Read the form. Raises what a name, a number or the terms can be refused for."""
    citizen = the_citizen(request)
    other = Party(str(names.read(posted.one("name"))), phones.read(posted.one("phone")))
    mine = Party(citizen.full_name, _own_phone(citizen, posted), citizen.person_id, language())
    terms = read_terms(posted, at, dossier=_dossier(request, side))
    if side == Side.HOLDER:
        return Granting(other, mine, terms, side)
    word = Mandate.Word.STRONG if citizen.level >= mandating.STRONG else None
    return Granting(mine, other, terms, side, word)


def _own_phone(citizen: SignedIn, posted: Posted) -> str:
    if citizen.phone:
        return citizen.phone
    if not posted.one("own_phone").strip():
        raise PhoneNeeded
    return phones.read(posted.one("own_phone"))


def _dossier(request: HttpRequest, side: Side) -> str:
    """Return the filed dossier that the giver came from and owns; empty for none."""
    code = request.GET.get("ho-so", "")
    if side != Side.GIVER or not code:
        return ""
    try:
        return access.opened(request, code).code
    except Refusal:  # of somebody else; who acts for its owner gives nothing on
        return ""


def _people(side: Side, posted: Posted, citizen: SignedIn) -> list[FieldView]:
    giver = side == Side.GIVER
    own = FieldView(
        "own_phone",
        "own_phone",
        "phone",
        gettext("Số điện thoại di động của quý vị"),
        value=posted.one("own_phone"),
    )
    return [
        FieldView("name", "name", "name", gettext("Họ và tên người làm thay quý vị") if giver else gettext("Họ và tên người quý vị làm thay"), value=posted.one("name")),
        FieldView(
            "phone", "phone", "phone", gettext("Số điện thoại di động của người ấy"), value=posted.one("phone"),
            hint=gettext("Người ấy nhận tin nhắn để đồng ý.") if giver else gettext("Người ấy nhận tin nhắn và mã để xác nhận; không cần tài khoản."),
        ),
        *([] if citizen.phone else [own]),
    ]  # fmt: skip
