"""Time-based codes of the second factor (RFC 6238: 6 digits, 30 seconds) and the brake on guessing."""

import hmac
from datetime import datetime, timedelta

import pyotp

STEP_SECONDS = 30
TRIES = 5
PAUSE = timedelta(minutes=5)


def new_secret() -> str:
    """Return a fresh secret in Base32, as authenticator apps read it."""
    return pyotp.random_base32()


def counter_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step whose code this is, one step of clock error allowed; else None.

    The caller refuses a step that is not after the last one used (RFC 6238 §5.2).
    """
    typed = "".join(code.split())
    now = int(at.timestamp()) // STEP_SECONDS
    generator = pyotp.HOTP(secret)
    steps = [step for step in (now - 1, now, now + 1) if _same(generator.at(step), typed)]
    return steps[-1] if steps else None


def _same(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode())


def code_at(secret: str, at: datetime) -> str:
    """Return the six digits of the moment: what the person's app shows."""
    return pyotp.HOTP(secret).at(int(at.timestamp()) // STEP_SECONDS)


def address_for_app(secret: str, *, username: str, issuer: str) -> str:
    """Return the `otpauth:` address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def minutes_left(locked_until: datetime | None, at: datetime) -> int:
    """Return the whole minutes still to wait, rounded up; 0 when one may try."""
    if locked_until is None or locked_until <= at:
        return 0
    return -(-int((locked_until - at).total_seconds()) // 60)


def after_wrong_try(tries: int, at: datetime) -> tuple[int, datetime | None]:
    """Return the new count and until when nothing is checked: the fifth wrong try locks."""
    tries += 1
    return (0, at + PAUSE) if tries >= TRIES else (tries, None)
