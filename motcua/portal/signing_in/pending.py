"""What the session remembers of a sign-in under way, until somebody is in."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from django.http import HttpRequest

from motcua.identity.ports import Departure
from motcua.identity.rules.people import PersonDetails

PHONE_KEY = "signing-in"
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
    """Whether the code was right: only the details are missing."""

    @property
    def person(self) -> PersonDetails | None:
        return PersonDetails(**self.details) if self.details else None

    def with_details(self, details: PersonDetails) -> Self:
        return replace(self, details=asdict(details))

    def with_proof(self) -> Self:
        return replace(self, proved=True)


def begin_by_phone(phone: str, *, next_path: str, registering: bool, at: datetime) -> ByPhone:
    """Return a fresh sign-in, not kept yet."""
    return ByPhone(
        phone=phone,
        reference=secrets.token_urlsafe(12),
        next=next_path,
        began=at.isoformat(),
        registering=registering,
    )


def keep(request: HttpRequest, sign_in: ByPhone) -> None:
    request.session[PHONE_KEY] = asdict(sign_in)


def by_phone(request: HttpRequest, at: datetime) -> ByPhone | None:
    """Return the sign-in under way in this browser, unless it is older than half an hour."""
    kept = request.session.get(PHONE_KEY)
    if kept is None:
        return None
    found = ByPhone(**kept)
    return found if at - datetime.fromisoformat(found.began) <= PATIENCE else None


def forget(request: HttpRequest) -> None:
    """Forget the sign-in by phone; whoever is in needs it no more."""
    request.session.pop(PHONE_KEY, None)


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A browser that is away at VNeID, and what to do when it is back."""

    departure: Departure
    next: str
    level: int


def keep_departure(request: HttpRequest, gone: Gone, at: datetime) -> None:
    """Remember a departure; of several tabs the last five."""
    kept: dict[str, Any] = dict(request.session.get(VNEID_KEY, {}))
    facts = {"departure": {**asdict(gone.departure), "address": ""}, "next": gone.next}
    kept[gone.departure.state] = {**facts, "level": gone.level, "at": at.isoformat()}
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
    return Gone(departure=departure, next=found["next"], level=found["level"])
