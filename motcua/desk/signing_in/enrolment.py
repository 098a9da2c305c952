"""The first sign-in, between its pages: whose code was right, whether a password is set, which secret the app was offered.

Each page asks anew whether the code is still open: what was begun in another browser ends with it.
"""

import base64
from datetime import datetime, timedelta

from django.http import HttpRequest

from motcua.agencies import administering
from motcua.agencies.models import Invitation
from motcua.agencies.rules.second_factor import new_secret
from motcua.toolkit.sealing import seal, unseal

PATIENCE = timedelta(minutes=30)
_KEPT, _OFFERED = "enrolment", "totp-offered"
_CONTEXT = b"session.totp-offered"


def begin(request: HttpRequest, invitation: Invitation, at: datetime) -> None:
    """Remember whose code was right, in a session with a new key."""
    request.session.flush()
    request.session[_KEPT] = {"invitation": invitation.pk, "at": at.isoformat(), "password": False}


def invited(request: HttpRequest, at: datetime) -> Invitation | None:
    """Return by which invitation somebody is beginning here, unless that is half an hour ago or it has ended."""
    kept = request.session.get(_KEPT)
    if (
        kept is None
        or "invitation" not in kept
        or at - datetime.fromisoformat(kept["at"]) > PATIENCE
    ):
        return None
    return administering.invitation_open(kept["invitation"], at)


def password_set(request: HttpRequest) -> None:
    """Note that the password is chosen: the second factor comes next."""
    request.session[_KEPT] = {**request.session[_KEPT], "password": True}


def begun(request: HttpRequest, at: datetime) -> Invitation | None:
    """Return the invitation of whoever has chosen a password here and adds a second factor now."""
    kept = request.session.get(_KEPT)
    return invited(request, at) if kept and kept["password"] else None


def offered_secret(request: HttpRequest) -> str:
    """Return the secret that the app is to take; the same until it has, and sealed where it waits."""
    kept = request.session.get(_OFFERED)
    if kept:
        return unseal(base64.b64decode(kept), _CONTEXT).decode()
    secret = new_secret()
    request.session[_OFFERED] = base64.b64encode(seal(secret.encode(), _CONTEXT)).decode()
    return secret


def end(request: HttpRequest) -> None:
    """Forget what was between the pages."""
    for name in (_KEPT, _OFFERED):
        request.session.pop(name, None)
