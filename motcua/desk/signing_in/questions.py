"""Questions put to a browser that holds a passkey: random, kept in the session, answered once, within five minutes."""

import base64
import secrets
from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from motcua.agencies import passkeys
from motcua.agencies.rules.access_refusals import PasskeyRefused
from motcua.agencies.rules.passkeys import PATIENCE
from motcua.desk.signing_in import enrolment, session
from motcua.toolkit import networks
from motcua.toolkit.clock import now

What = Literal["in", "again", "new"]
WHATS: dict[str, What] = {"vao": "in", "lai": "again", "them": "new"}
_KEPT = "passkey-question"
ASKED_AN_HOUR = 600


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a fresh question as JSON: to come in, to show again who one is, to make a key. Raises PasskeyRefused."""
    networks.brake(request, "passkey", ASKED_AN_HOUR)
    what = WHATS.get(slug)
    if what is None:
        raise PasskeyRefused
    challenge = secrets.token_bytes(32)
    told = _told(request, what, challenge)
    request.session[_KEPT] = {
        "what": what,
        "challenge": base64.b64encode(challenge).decode(),
        "at": now().isoformat(),
    }
    return HttpResponse(told, content_type="application/json")


def _told(request: HttpRequest, what: What, challenge: bytes) -> str:
    if what == "in":
        return passkeys.to_sign_in(challenge=challenge)
    if what == "again":
        official = session.behind_lock(request) or session.official_of(request)
        if official is None:
            raise PasskeyRefused
        return passkeys.to_sign_in(challenge=challenge, official=official)
    begun = enrolment.begun(request, now())
    here = session.official_of(request) if session.is_fresh(request) else None
    official = begun.official if begun else here
    if official is None:
        raise PasskeyRefused
    return passkeys.to_register(official=official, challenge=challenge)


def answered(request: HttpRequest, what: What) -> bytes:
    """Return the question that an answer must be about, and forget it. Raises PasskeyRefused when none is open."""
    kept = request.session.pop(_KEPT, None)
    if kept is None or kept["what"] != what:
        raise PasskeyRefused
    if now() - datetime.fromisoformat(kept["at"]) > PATIENCE:
        raise PasskeyRefused
    return base64.b64decode(kept["challenge"])
