"""Acts on a filed dossier ask for what its service asks of whoever files (journeys/assurance)."""

from django.http import HttpRequest, HttpResponse

from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.refusals import UnknownDossier
from motcua.identity.rules.refusals import LevelTooLow
from motcua.journeys.assurance import Act, service_level, short_of
from motcua.portal.following import access
from motcua.portal.signing_in.session import citizen_of
from motcua.portal.signing_in.step_up import stepped_up
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now


def proved_more(request: HttpRequest, act: Act, row: Row) -> HttpResponse | None:
    """Return the way to prove more before an act on a dossier; None for whoever has enough.

    Where the service asks for VNeID, a code sent to a phone is not enough, and whoever proved to be somebody else is
    told what strangers are. What was brought to a counter has no account: its person was seen there. Raises
    UnknownDossier.
    """
    needed = _needed(act, row)
    if not needed:
        return None
    answer = stepped_up(request, act, service=needed)
    if answer is None and not access.owns(request, row):
        raise UnknownDossier
    return answer


def must_have_proved(request: HttpRequest, act: Act, row: Row) -> None:
    """Ask the same of what leads nobody anywhere, such as a file on its way. Raises LevelTooLow, UnknownDossier."""
    needed = _needed(act, row)
    if not needed:
        return
    if short_of(act, citizen_of(request), service=needed, at=now()):
        raise LevelTooLow(needed=needed)
    if not access.owns(request, row):
        raise UnknownDossier


def _needed(act: Act, row: Row) -> int:
    level = service_level(by_digest(row.version.digest), act) if row.account_id else 0
    return level or 0
