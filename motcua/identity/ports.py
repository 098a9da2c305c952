"""What identity needs from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
        NotAPerson, LevelTooLow(needed).
        """
        ...


def identity_provider() -> IdentityProvider:
    """Return the provider that the settings name (IDENTITY_PROVIDER)."""
    provider: IdentityProvider = adapter("IDENTITY_PROVIDER")
    return provider
