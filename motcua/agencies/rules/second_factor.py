"""The second factor: codes by time (RFC 6238: 6 digits, 30 seconds), codes on paper, and the brake on guessing."""

import hmac
import secrets
from base64 import b32encode
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


RECOVERY_CODES = 10
INVITED_FOR = timedelta(hours=24)
FRESH_FOR = timedelta(minutes=10)
"""So long a second factor counts as just shown, for what is sensitive."""
_PARTS, _OF_EACH = 4, 4


def new_code() -> str:
    """Return a code that is written on paper: sixteen letters and digits in four groups, 80 bits."""
    signs = b32encode(secrets.token_bytes(10)).decode("ascii")
    return "-".join(signs[at : at + _OF_EACH] for at in range(0, _PARTS * _OF_EACH, _OF_EACH))


def bare_code(typed: str) -> str:
    """Return a typed code without groups; letters that look like digits are read as the letters they are."""
    read = typed.upper().translate(str.maketrans("018", "OIB"))
    return "".join(sign for sign in read if sign.isalnum())
