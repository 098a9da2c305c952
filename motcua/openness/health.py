"""Can results be signed, can people sign in, is the log kept? Asked by whoever watches over the installation."""

from datetime import timedelta

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.audit import queries as audit
from motcua.documents.signing_state import BELIEVED_FOR, last_state
from motcua.documents.wiring import scanner
from motcua.identity import provider_state
from motcua.toolkit.clock import now

NUMBERED_WITHIN = timedelta(minutes=1)
SIGNED_WITHIN = timedelta(hours=25)
"""A head is signed every day, within the first ten minutes."""


@never_cache
@require_safe
def files(_request: HttpRequest) -> JsonResponse:
    """Answer 200 with how the scanner of files stands, 503 when it is away and so no file is taken.

    `why`: `none` – this installation has no scanner – or `away`.
    """
    watch = scanner().standing()
    told = {"scanning": not watch.why, "why": watch.why, "signatures_of": watch.signatures_of}
    return JsonResponse(told, status=503 if watch.why == "away" else 200)


@never_cache
@require_safe
def signing(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when results can be signed, with the days that the first certificate still lasts, else 503.

    `why` is a code of `documents.ports.SigningNotPossible`, or `not-looked-at`: the worker is silent.
    """
    state = last_state()
    if state is None or now() - state.looked_at > BELIEVED_FOR:
        return JsonResponse({"signing": False, "why": "not-looked-at"}, status=503)
    if state.why:
        return JsonResponse({"signing": False, "why": state.why}, status=503)
    told = {"signing": True, "practice": state.practice, "ends_at": state.ends_at}
    return JsonResponse(told | ({"within_days": state.warning} if state.warning else {}))


@never_cache
@require_safe
def log(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the log is numbered within the minute and signed within the day, else 503.

    `why`: `not-numbered` (the worker is silent) or `not-signed`; then also when it was rewritten.
    """
    at, head = now(), audit.last_head()
    if head is None or at - head.at > SIGNED_WITHIN:
        return JsonResponse({"log": False, "why": "not-signed"}, status=503)
    if waiting := audit.late(at - NUMBERED_WITHIN):
        return JsonResponse({"log": False, "why": "not-numbered", "waiting": waiting}, status=503)
    return JsonResponse({"log": True, "signed_at": head.at, "size": head.size})


@never_cache
@require_safe
def provider(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when people can sign in by VNeID, with the days its first certificate still lasts, else 503.

    `why`: `silent`, `keys`, `certificate`, `clock`, or `not-looked-at`: the worker is silent.
    """
    state = provider_state.believed(now())
    if state is None:
        return JsonResponse({"vneid": False, "why": "not-looked-at"}, status=503)
    why = state.why or ("clock" if state.clocks_differ else "")
    if why:
        return JsonResponse({"vneid": False, "why": why, "since": state.down_since}, status=503)
    told = {"vneid": True, "certificate_ends": state.certificate_ends}
    return JsonResponse(told | ({"within_days": state.warning} if state.warning else {}))
