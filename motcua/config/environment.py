"""What an installation may set, read once from the environment and refused when wrong."""

import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


def _default_home() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/motcua")
    return Path.home() / ".local" / "share" / "motcua"


@dataclass(frozen=True)
class Environment:
    """The settings of this installation."""

    values: dict[str, str]

    @cached_property
    def home(self) -> Path:
        """Folder of data, files and secrets; outside the source tree."""
        return Path(self.values.get("MOTCUA_HOME") or _default_home())

    @cached_property
    def hosts(self) -> list[str]:
        return self.values.get("MOTCUA_HOSTS", "localhost,127.0.0.1,testserver").split(",")

    @cached_property
    def base_url(self) -> str:
        return self.values.get("MOTCUA_URL", "http://127.0.0.1:8000")

    @cached_property
    def sandbox_url(self) -> str:
        return self.values.get("MOTCUA_SANDBOX_URL", "http://127.0.0.1:8100")

    @cached_property
    def vneid_issuer(self) -> str:
        """OpenID Connect issuer of VNeID; the sandbox's unless set."""
        return self.values.get("MOTCUA_VNEID_ISSUER", f"{self.sandbox_url}/vneid")

    @cached_property
    def vneid_client_id(self) -> str:
        return self.values.get("MOTCUA_VNEID_CLIENT_ID", "motcua")

    @cached_property
    def vneid_client_secret(self) -> str:
        return self.values.get("MOTCUA_VNEID_CLIENT_SECRET") or self.secret("vneid-client")

    @cached_property
    def portal_accounts(self) -> bool:
        """Whether people may sign in by phone too (law: VNeID only; so on in the demo, else by choice)."""
        return self.values.get("MOTCUA_PORTAL_ACCOUNTS", "1") == "1"

    @cached_property
    def email_host(self) -> str:
        return self.values.get("MOTCUA_EMAIL_HOST", "127.0.0.1")

    @cached_property
    def email_port(self) -> int:
        return int(self.values.get("MOTCUA_EMAIL_PORT", "8125"))

    @cached_property
    def email_from(self) -> str:
        return self.values.get("MOTCUA_EMAIL_FROM", "motcua@localhost")

    @cached_property
    def database(self) -> dict[str, object]:
        """Django's database settings from DATABASE_URL."""
        embedded = f"postgresql://postgres@/motcua?host={self.home}/postgres"
        url = urlsplit(self.values.get("DATABASE_URL", embedded))
        query = {name: found[-1] for name, found in parse_qs(url.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": query.get("host", url.hostname or ""),
            "PORT": str(url.port or ""),
            # One thread a process: a kept connection costs nothing, a new one 9× the request.
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }

    def secret(self, name: str) -> str:
        """Return the named secret, made at first use and kept in the home folder."""
        place = self.home / "secrets" / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = secrets.token_urlsafe(48)
            try:
                with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as f:
                    f.write(made)
            except FileExistsError:
                pass
        return place.read_text(encoding="ascii")


environment = Environment(dict(os.environ))
