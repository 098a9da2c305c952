"""How the identity provider was when the worker last looked, and which warning is due."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from motcua.identity.ports import identity_provider
from motcua.toolkit import findings

LOOKED_AT_EVERY = timedelta(minutes=2)
BELIEVED_FOR = 5 * LOOKED_AT_EVERY
WARNINGS = (1, 7, 30)  # days before a certificate ends
CLOCKS_MAY_DIFFER = timedelta(minutes=10)
_NAME = "vneid"


@dataclass(frozen=True)
class ProviderState:
    """What was found: `why` nobody can sign in by it – `silent`, `keys`, `certificate`; empty: they can."""

    looked_at: datetime
    why: str = ""
    down_since: datetime | None = None
    certificate_ends: datetime | None = None
    clock_ahead_seconds: int = 0
    """How far its clock is ahead of ours."""

    @property
    def warning(self) -> int | None:
        """The warning that is due – 1, 7 or 30 days before the certificate ends – or None."""
        if self.certificate_ends is None:
            return None
        left = self.certificate_ends - self.looked_at
        return next((days for days in WARNINGS if left <= timedelta(days=days)), None)

    @property
    def clocks_differ(self) -> bool:
        """Whether the clocks are further apart than its statements may be believed."""
        return abs(self.clock_ahead_seconds) > CLOCKS_MAY_DIFFER.total_seconds()


def look(at: datetime) -> ProviderState:
    """Ask the provider how it is and keep the answer for the others; the moment it fell silent is remembered."""
    standing, before = identity_provider().standing(at), last_state()
    since = (before.down_since if before else None) or at
    state = ProviderState(
        looked_at=at,
        why=standing.why,
        down_since=since if standing.why else None,
        certificate_ends=standing.certificate_ends,
        clock_ahead_seconds=int(standing.clock_ahead.total_seconds()),
    )
    findings.keep(_NAME, asdict(state))
    return state


def last_state() -> ProviderState | None:
    """Return what the worker found last, whenever that was."""
    told = findings.found(_NAME)
    if told is None:
        return None
    for moment in ("looked_at", "down_since", "certificate_ends"):
        told[moment] = datetime.fromisoformat(told[moment]) if told[moment] else None
    return ProviderState(**told)


def believed(at: datetime) -> ProviderState | None:
    """Return what the worker found within the last ten minutes; None where it has not looked, or fell silent."""
    state = last_state()
    return state if state and at - state.looked_at <= BELIEVED_FOR else None
