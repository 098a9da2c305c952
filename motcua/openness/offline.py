"""What is needed to check a paper without a network: the keys, the list of withdrawn papers, a page.

The page carries keys and list with it: once opened, it checks QR codes wherever there is no network, and
where there is one it fetches the newest list first. A script for whoever builds a checker of their own
lies beside it (`static/openness/verify.py`). Formats: docs/reference/signing.md.
"""

from base64 import b64encode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from motcua.documents.paper_keys import PaperKey, all_keys, present_key
from motcua.documents.rules.seals import HALF
from motcua.documents.status_list import status_list
from motcua.documents.wiring import signer
from motcua.toolkit.clock import now

LIST_TYPE = "application/cose; cose-type=cose-sign1"
LIST_AGE = 30  # seconds that caches may keep the list; with the server's own look at it, far below a minute
KEYS_AGE = 300


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """Show the public keys that seal QR codes, today's and all before (a JWK set, RFC 7517)."""
    answer = JsonResponse(_key_set(now()), json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/jwk-set+json"
    return _open_to_all(answer, KEYS_AGE)


@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """Give the signed list of papers that are no longer valid; 304 to whoever has it already."""
    made = status_list(now())
    answer = _open_to_all(HttpResponse(made.content, content_type=LIST_TYPE), LIST_AGE)
    etag = f'"{made.digest}"'
    answer["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=answer)
    return found if isinstance(found, HttpResponse) else answer


@require_safe
def certificate(_request: HttpRequest, name: str) -> HttpResponse:
    """Give a certificate or revocation list that our own practice authority publishes."""
    found = signer().published().get(name)
    if found is None:
        raise Http404
    kind = "pkix-crl" if name.endswith(".crl") else "pkix-cert"
    return _open_to_all(HttpResponse(found, content_type=f"application/{kind}"), KEYS_AGE)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the page that checks a QR code by itself."""
    at = now()
    known = {
        "keys": _key_set(at)["keys"],
        "list": b64encode(status_list(at).content).decode(),
        "fetch": reverse("openness:withdrawn"),
    }
    return render(request, "openness/offline.html", {"known": known})


def _key_set(at: datetime) -> dict[str, Any]:
    present_key(at)
    return {
        "issuer": settings.BASE_URL,
        "status_list": settings.BASE_URL + reverse("openness:withdrawn"),
        "keys": [_as_jwk(key) for key in all_keys()],
    }


def _as_jwk(key: PaperKey) -> dict[str, str]:
    point = key.public.public_numbers()
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": _base64(key.id),
        "x": _base64(point.x.to_bytes(HALF, "big")),
        "y": _base64(point.y.to_bytes(HALF, "big")),
        "begins_at": key.begins_at.isoformat(),
        "ends_at": key.ends_at.isoformat(),
    }
    if key.withdrawn_at:
        jwk["withdrawn_at"] = key.withdrawn_at.isoformat()
    return jwk


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _open_to_all(answer: HttpResponse, seconds: int) -> HttpResponse:
    """Let caches keep it and pages of other sites read it: it is public and the same for everybody."""
    answer["Cache-Control"] = f"public, max-age={seconds}"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
