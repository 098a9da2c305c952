"""Whether results can be signed, and how long the certificates last: looked at by the worker, read by all.

The worker holds the token's session; what it finds lies in a file of the home folder, where the health
page reads it without touching the token.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from motcua.documents.wiring import signer
from motcua.toolkit import findings

log = logging.getLogger(__name__)

LOOKED_AT_EVERY = timedelta(minutes=5)
BELIEVED_FOR = 3 * LOOKED_AT_EVERY
WARNINGS = (1, 7, 30)  # days before a certificate ends


@dataclass(frozen=True)
class SigningState:
    """What was found: `why` nothing can be signed (empty: it can), the certificate that ends first."""

    looked_at: datetime
    why: str = ""
    about: str = ""
    practice: bool = False
    certificate: str = ""
    ends_at: datetime | None = None

    @property
    def warning(self) -> int | None:
        """The warning that is due – 1, 7 or 30 days – or None while there is more time."""
        if self.ends_at is None:
            return None
        left = self.ends_at - self.looked_at
        return next((days for days in WARNINGS if left <= timedelta(days=days)), None)


def look(at: datetime) -> SigningState:
    """Ask the signer, keep what it says for the others, and log what an operator must do."""
    hand = signer()
    standing = hand.standing()
    name, ends_at = min(standing.ends.items(), key=lambda each: each[1], default=("", None))
    why, about = standing.why, standing.about
    if not why and ends_at is not None and ends_at <= at:
        why, about = "certificate-refused", name
    state = SigningState(at, why, about, hand.practice, name, ends_at)
    findings.keep("signing", asdict(state))
    _tell(state)
    return state


def last_state() -> SigningState | None:
    """Return what the worker found last; None when it has not looked yet."""
    told = findings.found("signing")
    if told is None:
        return None
    for moment in ("looked_at", "ends_at"):
        told[moment] = datetime.fromisoformat(told[moment]) if told[moment] else None
    return SigningState(**told)


def _tell(state: SigningState) -> None:
    if state.why:
        log.error("nothing can be signed", extra={"why": state.why, "about": state.about})
    elif state.warning is not None:
        days = {"certificate": state.certificate, "within_days": state.warning}
        log.warning("a certificate ends", extra=days)
