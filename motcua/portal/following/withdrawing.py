"""Taking a dossier back (rút hồ sơ)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers.rules.acts import AskWithdraw
from motcua.dossiers.rules.moves import fits
from motcua.dossiers.rules.status import LegState, Status
from motcua.journeys import own_dossier
from motcua.journeys.assurance import Act
from motcua.portal.following.acting import act_of, key_of, new_act
from motcua.portal.following.doors import for_owner
from motcua.portal.following.frame import page
from motcua.portal.following.reading import Told, told
from motcua.portal.following.stepping_up import proved_more
from motcua.portal.signing_in.step_up import typed_before
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, error_links

LONGEST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Say what withdrawing means and ask for the reason; a POST does it, once."""
    found = told(request, code)
    if answer := proved_more(request, Act.WITHDRAW, found.row):
        return answer
    reason = (request.POST or typed_before(request)).get("reason", "").strip()
    if request.method == "POST" and len(reason) <= LONGEST:
        own_dossier.withdraw(
            row=found.row,
            reason=reason,
            key=key_of(request, "rut", found.code),
            applicant_id=found.dossier.applicant,
            holder=found.holder,
            at=now(),
        )
        return redirect("following:tracking", code=found.code)
    if not fits(AskWithdraw, found.dossier.status):
        return redirect("following:tracking", code=found.code)
    return _ask(request, found, reason)


def _ask(request: HttpRequest, found: Told, reason: str) -> HttpResponse:
    wrong = len(reason) > LONGEST
    words = gettext("Hãy viết ngắn hơn: nhiều nhất {n} ký tự.").format(n=LONGEST)
    field = FieldView(
        "reason",
        "reason",
        "long_text",
        gettext("Lý do rút hồ sơ"),
        required=False,
        value=reason,
        counted=LONGEST,
        errors=[words] if wrong else [],
    )
    done = [
        found.stage_name(leg.id)
        for leg in found.dossier.legs.values()
        if leg.state is LegState.DONE
    ]
    context = {
        "field": field,
        "errors": error_links([field]),
        "act": act_of(request) if wrong else new_act(),
        "at_once": found.dossier.status is Status.REGISTERED,
        "done": done,
        "paid": bool(found.dossier.settled),
        "back": request.path.removesuffix("rut/"),
    }
    return page(request, "withdraw", found, context, status=422 if wrong else 200)
