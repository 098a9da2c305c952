"""Acting for another at a filed dossier: which pages a mandate opens, and that what is done there is kept.

A page that is not named here stays with the owner. Whether a mandate still counts is asked of the database with every
page: from the moment it ends, its holder sees and does nothing more, also in what they filed themselves.
"""

from django.http import HttpRequest

from motcua.dossiers.models import Dossier as Row
from motcua.journeys.mandating import about
from motcua.mandates import queries
from motcua.mandates.operations import note_use
from motcua.mandates.queries import Held
from motcua.mandates.rules.mandates import Act, Reach, allowing
from motcua.mandates.rules.refusals import NotInMandate
from motcua.portal.signing_in.session import citizen_of
from motcua.procedures.queries import by_digest
from motcua.toolkit.clock import now

DOORS: dict[str, Act] = {
    "find": Act.FOLLOW,
    "receipt": Act.FOLLOW,
    "receipt_pdf": Act.FOLLOW,
    "tracking": Act.FOLLOW,
    "form": Act.FOLLOW,
    "fee_receipt": Act.FOLLOW,
    "supplement": Act.SUPPLEMENT,
    "uploads": Act.SUPPLEMENT,
    "upload": Act.SUPPLEMENT,
    "picture": Act.SUPPLEMENT,
    "draft": Act.SUPPLEMENT,
    "draft_pdf": Act.SUPPLEMENT,
    "pay": Act.PAY,
    "withdraw": Act.WITHDRAW,
    "result": Act.FETCH,
}
"""Page of a filed dossier → what its holder must have been given."""
_HELD, _ACTING = "_mandates_held", "_mandate_acting"


def held_here(request: HttpRequest) -> list[Held]:
    """Return the mandates that the person in front holds and that count now; asks once a request.

    Whoever signed in for an organisation acts for that alone.
    """
    known = vars(request)
    if _HELD not in known:
        citizen = citizen_of(request)
        theirs = citizen is not None and not citizen.organisation
        known[_HELD] = queries.held(citizen.person_id, now()) if citizen and theirs else []
    found: list[Held] = known[_HELD]
    return found


def acts_for_owner(request: HttpRequest, row: Row) -> bool:
    """Tell whether the person in front may come to this page of the dossier by a mandate; what they do is kept.

    Raises NotInMandate to a holder who may see the dossier, but was not given this act.
    """
    mine = [one for one in held_here(request) if _opens(one, row)]
    if not mine:
        return False
    wanted, at = about(by_digest(row.version.digest), row.code), now()
    rules = {one.rule: one for one in mine}
    if allowing(rules, Act.FOLLOW, wanted, at) is None:
        return False
    act = _act_here(request)
    by = allowing(rules, act, wanted, at) if act else None
    if act is None or by is None:
        raise NotInMandate
    holding = rules[by].row
    note_use(mandate_id=holding.pk, act=act, dossier=row.code, at=at)
    vars(request)[_ACTING] = holding.holder_name
    return True


def _opens(one: Held, row: Row) -> bool:
    """Tell whether the dossier is the giver's: filed by the mandate, of their accounts, or the one they named."""
    named = one.row.reach == Reach.DOSSIER and one.row.of == row.code
    return named or row.code in one.filed or row.account_id in one.accounts


def _act_here(request: HttpRequest) -> Act | None:
    match = request.resolver_match
    return DOORS.get(match.url_name or "") if match and match.namespace == "following" else None


def acting_holder(request: HttpRequest) -> str:
    """Return the name of whoever acts here for the owner by a mandate; empty when it is the owner."""
    return str(vars(request).get(_ACTING, ""))
