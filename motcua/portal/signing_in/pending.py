"""What the session remembers of a sign-in under way, until somebody is in."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from django.http import HttpRequest

from motcua.identity.ports import Departure
from motcua.identity.rules.people import PersonDetails

PHONE_KEY = "signing-in"
NUMBER_KEY = "own-number"
VNEID_KEY = "departures"
PATIENCE = timedelta(minutes=30)
MOST_DEPARTURES = 5


@dataclass(frozen=True, kw_only=True)
class ByPhone:
    """A sign-in by phone under way."""

    phone: str
    """E.164."""
    reference: str
    """Ties the codes to this browser."""
    next: str
    began: str
    registering: bool = False
    details: dict[str, str] | None = None
    proved: bool = False
    """Whether the code was right: only what is missing is still to be told."""
    silent: bool = False
    """Whether what is missing is a sign that the number is still its account's."""

    @property
    def person(self) -> PersonDetails | None:
        return PersonDetails(**self.details) if self.details else None

    def with_details(self, details: PersonDetails) -> Self:
        return replace(self, details=asdict(details))

    def with_proof(self, *, silent: bool = False) -> Self:
        return replace(self, proved=True, silent=silent)


def begin_by_phone(phone: str, *, next_path: str, registering: bool, at: datetime) -> ByPhone:
    """Return a fresh sign-in, not kept yet."""
    return ByPhone(
        phone=phone,
        reference=secrets.token_urlsafe(12),
        next=next_path,
        began=at.isoformat(),
        registering=registering,
    )


def keep(request: HttpRequest, sign_in: ByPhone, key: str = PHONE_KEY) -> None:
    request.session[key] = asdict(sign_in)


def by_phone(request: HttpRequest, at: datetime, key: str = PHONE_KEY) -> ByPhone | None:
    """Return the proof of a number under way in this browser, unless it is older than half an hour."""
    kept = request.session.get(key)
    if kept is None:
        return None
    found = ByPhone(**kept)
    return found if at - datetime.fromisoformat(found.began) <= PATIENCE else None


def forget(request: HttpRequest, key: str = PHONE_KEY) -> None:
    """Forget the proof of a number; whoever is in needs it no more."""
    request.session.pop(key, None)


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A browser that is away at VNeID, and what to do when it is back."""

    departure: Departure
    next: str
    level: int
    joins: int = 0
    """The phone's account that its holder, signed in by it, has asked to be joined; 0 for none."""


def keep_departure(request: HttpRequest, gone: Gone, at: datetime) -> None:
    """Remember a departure; of several tabs the last five."""
    kept: dict[str, Any] = dict(request.session.get(VNEID_KEY, {}))
    facts = {"departure": {**asdict(gone.departure), "address": ""}, "next": gone.next}
    more = {"level": gone.level, "joins": gone.joins, "at": at.isoformat()}
    kept[gone.departure.state] = {**facts, **more}
    newest = sorted(kept.items(), key=lambda pair: pair[1]["at"])[-MOST_DEPARTURES:]
    request.session[VNEID_KEY] = dict(newest)


def take_departure(request: HttpRequest, state: str, at: datetime) -> Gone | None:
    """Return the departure with this state, once, unless it is older than half an hour."""
    kept = dict(request.session.get(VNEID_KEY, {}))
    found = kept.pop(state, None)
    if found is None:
        return None
    request.session[VNEID_KEY] = kept
    if at - datetime.fromisoformat(found["at"]) > PATIENCE:
        return None
    departure = Departure(**found["departure"])
    return Gone(
        departure=departure, next=found["next"], level=found["level"], joins=found.get("joins", 0)
    )
