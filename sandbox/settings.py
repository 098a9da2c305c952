"""What the box is told by its environment, read once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_LAST_PORT = 65535
_DAY = 86_400  # seconds
SECRETS = ("vneid-client", "vnpay-hash", "sms-token", "post-token")
_VARIABLES = {
    "vneid-client": "SANDBOX_VNEID_CLIENT_SECRET",
    "vnpay-hash": "SANDBOX_VNPAY_SECRET",
    "sms-token": "SANDBOX_SMS_TOKEN",
    "post-token": "SANDBOX_POST_TOKEN",
}


@dataclass(frozen=True)
class Settings:
    """Where the box listens, where it keeps its state, whom it serves.

    Delays are seconds. `secrets` holds one value for each name in `SECRETS`.
    """

    host: str
    port: int
    smtp_port: int
    home: Path
    base_url: str
    motcua_url: str
    answer_delay: float
    late_delay: float
    slow_delay: float
    secrets: Mapping[str, str]

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Settings":
        """Read the settings; raise ValueError with a plain sentence when one is wrong."""
        host = values.get("SANDBOX_HOST", "127.0.0.1")
        port = _port(values, "SANDBOX_PORT", 8100)
        home = Path(values.get("SANDBOX_HOME") or Path.home() / ".local/share/motcua-sandbox")
        return cls(
            host=host,
            port=port,
            smtp_port=_port(values, "SANDBOX_SMTP_PORT", 8125),
            home=home,
            base_url=_url(values, "SANDBOX_URL", f"http://{host}:{port}"),
            motcua_url=_url(values, "MOTCUA_URL", "http://127.0.0.1:8000"),
            answer_delay=_seconds(values, "SANDBOX_ANSWER_DELAY", 1.0),
            late_delay=_seconds(values, "SANDBOX_LATE_DELAY", 30.0),
            slow_delay=_seconds(values, "SANDBOX_SLOW_DELAY", 5.0),
            secrets={name: _secret(values, home, name) for name in SECRETS},
        )


def _port(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not text.isdigit() or not 0 < int(text) <= _LAST_PORT:
        raise ValueError(f"{name} must be a port number between 1 and 65535, not {text!r}.")
    return int(text)


def _seconds(values: Mapping[str, str], name: str, default: float) -> float:
    text = values.get(name, str(default))
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _DAY:
        raise ValueError(f"{name} must be seconds between 0 and 86400, not {text!r}.")
    return seconds


def _url(values: Mapping[str, str], name: str, default: str) -> str:
    text = (values.get(name) or default).rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{name} must be an http address, not {text!r}.")
    return text


def _secret(values: Mapping[str, str], home: Path, name: str) -> str:
    """Take the secret from the environment, or make one and keep it in the home folder."""
    if given := values.get(_VARIABLES[name]):
        return given
    place = home / "secrets" / name
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(place, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    return place.read_text(encoding="ascii")
