"""The payment gateway tells us what came of an attempt."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from motcua.api.problems import machine
from motcua.payments.confirmation import confirm
from motcua.payments.rules import Verdict
from motcua.toolkit.clock import now

# VNPAY's own answer codes: 00 and 02 end its retries.
ANSWERS = {
    Verdict.CONFIRMED: ("00", "Confirm Success"),
    Verdict.UNKNOWN: ("01", "Order not found"),
    Verdict.ALREADY: ("02", "Order already confirmed"),
    Verdict.WRONG_AMOUNT: ("04", "Invalid amount"),
    Verdict.FORGED: ("97", "Invalid signature"),
}
LONGEST_QUERY = 4_000


@machine()
def vnpay_ipn(request: HttpRequest) -> HttpResponse:
    """Answer VNPAY's server-to-server confirmation (IPN)."""
    query = request.META.get("QUERY_STRING", "")
    verdict = confirm(query=query, at=now()) if len(query) <= LONGEST_QUERY else Verdict.FORGED
    code, message = ANSWERS[verdict]
    return JsonResponse({"RspCode": code, "Message": message})
