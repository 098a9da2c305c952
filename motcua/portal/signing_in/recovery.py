"""“If this was not you”: where the message to the old number leads, while an account is opened again at a counter."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from motcua.identity import recoveries
from motcua.journeys import recovering as journey
from motcua.kernel import phone as phones
from motcua.portal.signing_in.pages import page
from motcua.portal.signing_in.session import account_link
from motcua.toolkit.clock import now
from motcua.ui.recovery_words import state_shape, state_words


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is about to happen to the account; a POST stops it. Raises RecoveryUnknown, RecoveryOver."""
    row = recoveries.by_token(token)
    if request.method == "POST" and row.ended_at is None:
        journey.stop(row=row, at=now())
        return HttpResponseRedirect(request.path)
    context = {
        "row": row,
        "new": phones.mask(phones.Phone(row.new_phone)),
        "state": state_words(row),
        "shape": state_shape(row),
        "account": account_link(request),
    }
    return page(request, "recovery", context)
