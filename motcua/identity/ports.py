"""What identity needs from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from motcua.identity.rules.people import ProvenIdentity
from motcua.toolkit.wiring import adapter


@dataclass(frozen=True, kw_only=True)
class Departure:
    """A sign-in that has begun at the provider; the browser's session keeps all but `address`."""

    address: str
    """Where to send the browser."""
    state: str
    nonce: str
    verifier: str
    """PKCE: the secret whose hash went out with the browser."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a provider is."""

    why: str = ""
    """Why nobody can sign in by it: `silent`, `keys`, `certificate`; empty when they can."""
    certificate_ends: datetime | None = None
    """When the first certificate of its addresses ends; None where no TLS is spoken."""
    clock_ahead: timedelta = timedelta()
    """How far its clock is ahead of ours, to the second."""


class IdentityProvider(Protocol):
    """Somebody who proves who a person is, by sending the browser there and back."""

    def depart(self, *, return_to: str, level: int, at: datetime) -> Departure:
        """Begin a sign-in of at least this level; `return_to` is our own absolute address.

        Raises ProviderSilent.
        """
        ...

    def arrive(
        self, *, departure: Departure, answer: Mapping[str, str], return_to: str, at: datetime
    ) -> ProvenIdentity:
        """Check what the browser brought back and return who it is.

        Raises SignInLost, ConsentRefused, ProviderRefused, ProviderDistrusted, ProviderSilent,
        LevelTooLow(needed).
        """
        ...

    def standing(self, at: datetime) -> Standing:
        """Ask the provider how it is, past everything remembered of it; never raises for what it answers."""
        ...


def identity_provider() -> IdentityProvider:
    """Return the provider that the settings name (IDENTITY_PROVIDER)."""
    provider: IdentityProvider = adapter("IDENTITY_PROVIDER")
    return provider
