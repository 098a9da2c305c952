"""Who may follow a dossier: its account, the browser that filed it, whoever proved its phone, or acts for its owner."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.refusals import UnknownDossier
from motcua.portal.mandates.held import acts_for_owner, held_here
from motcua.portal.signing_in.session import citizen_of
from motcua.toolkit.gates import gate

LASTS = timedelta(hours=24)
_SIGNER = signing.TimestampSigner(salt="motcua.portal.following")
_COOKIE = "xem-{}"


def grant(response: HttpResponse, code: str) -> None:
    """Let this browser follow the dossier for a day: it has just filed it, or proved its phone."""
    response.set_cookie(
        _COOKIE.format(code),
        _SIGNER.sign(code),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, code: str) -> None:
    """Take the right to follow it away from this browser, for telephones that several people use."""
    response.delete_cookie(_COOKIE.format(code), samesite="Lax")


def forget_all(request: HttpRequest, response: HttpResponse) -> None:
    """Take every such right away from this browser, as when its person signs out."""
    for name in request.COOKIES:
        if name.startswith(_COOKIE.format("")):
            response.delete_cookie(name, samesite="Lax")


def holds(request: HttpRequest, code: str) -> bool:
    """Tell whether this browser was let in, without asking the database."""
    shown = request.COOKIES.get(_COOKIE.format(code), "")
    try:
        return bool(shown) and _SIGNER.unsign(shown, max_age=LASTS) == code
    except signing.BadSignature:
        return False


def may_see(request: HttpRequest, row: Row) -> bool:
    """Tell whether the person in front may see and act on the dossier."""
    return holds(request, row.code) or owns(request, row)


def owns(request: HttpRequest, row: Row) -> bool:
    """Tell whether whoever is signed in is the dossier's person, or acts for them."""
    citizen = citizen_of(request)
    if citizen is None:
        return False
    return row.account_id in citizen.accounts or acts_for_owner(request, row)


@gate
def opened(request: HttpRequest, code: str) -> Row:
    """Return the dossier's row to whom it belongs.

    Raises UnknownDossier, for somebody else's dossier just as for one that never was; a stranger is
    answered before the database is asked, so that not even the time tells. Raises NotInMandate to who acts for
    its owner, but not in this.
    """
    if not holds(request, code) and citizen_of(request) is None:
        raise UnknownDossier
    if not holds(request, code):
        held_here(request)  # asked for first: a foreign dossier then costs what an unknown one does
    found = dossiers.row(code)
    if not may_see(request, found):
        raise UnknownDossier
    return found
