"""What every system of the box needs of HTTP."""

import hmac
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

from sandbox.alarm import Alarm
from sandbox.outbox import Outbox
from sandbox.people import Person
from sandbox.settings import Settings
from sandbox.store import Store

SEE_OTHER = 303


@dataclass
class Box:
    """What a request handler works with."""

    settings: Settings
    store: Store
    outbox: Outbox
    people: dict[str, Person]
    alarms: dict[str, Alarm] = field(default_factory=dict)


def box_of(request: Request) -> Box:
    return cast("Box", request.app.state.box)


async def form_of(request: Request) -> dict[str, str]:
    """Return the form's text fields; files are ignored, a repeated field counts once."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


async def json_of(request: Request) -> dict[str, Any]:
    """Return the request's JSON object; 400 when it is none."""
    try:
        found = await request.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise HTTPException(400, "The body must be a JSON object.")
    return found


def require_token(request: Request, secret: str) -> None:
    """401 unless the request carries this bearer token."""
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {secret}".encode()):
        raise HTTPException(401, "A bearer token is needed.", {"WWW-Authenticate": "Bearer"})


def go(path: str) -> RedirectResponse:
    """After a form: look at the page again."""
    return RedirectResponse(path, SEE_OTHER)
