"""Other agencies' systems speak to us."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse

from motcua.api.problems import machine
from motcua.exchange.inbox import receive
from motcua.exchange.keys import own_jwks
from motcua.exchange.rules import TAKEN
from motcua.exchange.signing import Message
from motcua.kernel.refusal import Refusal, noop
from motcua.toolkit.clock import now

LARGEST_MESSAGE = 262_144


class NoEffect(Refusal):
    """The message was kept, but answers nothing that we asked this way."""

    code: ClassVar[str] = "api.no-effect"
    text: ClassVar[str] = noop(
        "Thông điệp đã được lưu nhưng không ứng với câu hỏi nào: {verdict}. Hãy kiểm tra mã câu hỏi."
    )


@machine(largest=LARGEST_MESSAGE)
def inbox(request: HttpRequest) -> HttpResponse:
    """Take a signed message: 202 when it is durably kept (also a second time)."""
    message = Message(
        method="POST",
        url=f"http://motcua{request.get_full_path()}",  # the host is not signed,
        headers=dict(request.headers.items()),
        body=request.body,
    )
    receipt = receive(message, at=now())
    if receipt.verdict not in TAKEN:
        raise NoEffect(verdict=receipt.verdict.value)
    return JsonResponse(
        {"id": receipt.event_id, "state": "known" if receipt.duplicate else "taken"}, status=202
    )


@machine()
def keys(_request: HttpRequest) -> HttpResponse:
    """Publish the key our messages are signed with."""
    answer = JsonResponse(own_jwks(), content_type="application/jwk-set+json")
    answer["Cache-Control"] = "public, max-age=300"
    return answer
