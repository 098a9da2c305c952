"""Acts of the citizen on a filed dossier: each form carries a key, so that sent twice it happens once."""

import re
import secrets

from django.http import HttpRequest

_KEY = re.compile(r"[0-9a-f]{32}")


def new_act() -> str:
    """Return a key for a form that is shown."""
    return secrets.token_hex(16)


def act_of(request: HttpRequest) -> str:
    """Return the key that the form carried, a new one when it carried none."""
    shown = request.POST.get("act", "")
    return shown if _KEY.fullmatch(shown) else new_act()


def key_of(request: HttpRequest, what: str, code: str) -> str:
    """Return the act's name for the heart; it names the dossier, so it can touch no other one."""
    return f"{what}:{code}:{act_of(request)}"
