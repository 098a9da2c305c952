"""The post tells us where it saw a letter."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from motcua.api.problems import NotSigned, machine
from motcua.deliveries.letters import told
from motcua.deliveries.ports import Forged
from motcua.toolkit.clock import now


@machine(largest=16_384)
def post_scans(request: HttpRequest) -> HttpResponse:
    """Take one scan, signed by the post; told twice it is recorded once."""
    try:
        new = told(body=request.body, signature=request.headers.get("X-Signature", ""), at=now())
    except Forged as forged:
        raise NotSigned from forged
    return JsonResponse({"state": "recorded" if new else "known"})
