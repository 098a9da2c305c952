"""What an installation may set, read once from the environment and refused when wrong."""

import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from motcua.config.declared import APP_ROLE, OWNER_ROLE, checked


def _default_home() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/motcua")
    return Path.home() / ".local" / "share" / "motcua"


@dataclass(frozen=True)
class Environment:
    """The settings of this installation."""

    values: dict[str, str]

    def _read(self, name: str, standard: str) -> str:
        """Return a declared variable, or the standard when it is unset. Raises WrongSetting."""
        given = self.values.get(name)
        return checked(name, given) if given else standard

    @cached_property
    def home(self) -> Path:
        """Folder of data, files and secrets; outside the source tree."""
        return Path(self._read("MOTCUA_HOME", str(_default_home())))

    @cached_property
    def hosts(self) -> list[str]:
        """Host names that are answered."""
        own = {"localhost", "127.0.0.1", urlsplit(self.base_url).hostname or "localhost"}
        return self._read("MOTCUA_HOSTS", ",".join(sorted(own))).split(",")

    @cached_property
    def bind(self) -> str:
        return self._read("MOTCUA_BIND", "127.0.0.1")

    @cached_property
    def port(self) -> int:
        return int(self._read("MOTCUA_PORT", "8000"))

    @cached_property
    def base_url(self) -> str:
        return self._read("MOTCUA_URL", f"http://127.0.0.1:{self.port}").rstrip("/")

    @cached_property
    def trusted_proxies(self) -> frozenset[str]:
        """Addresses of the proxies whose word about the address of a person is believed."""
        return frozenset(filter(None, self._read("MOTCUA_TRUSTED_PROXIES", "").split(",")))

    @cached_property
    def network_allowance(self) -> int:
        return int(self._read("MOTCUA_NETWORK_ALLOWANCE", "1"))

    @cached_property
    def near_due_days(self) -> int:
        return int(self._read("MOTCUA_NEAR_DUE_DAYS", "1"))

    @cached_property
    def overdue_days(self) -> int:
        return int(self._read("MOTCUA_OVERDUE_DAYS", "1"))

    @cached_property
    def web_workers(self) -> int:
        return int(self._read("MOTCUA_WEB_WORKERS", "2"))

    @cached_property
    def jobs_at_once(self) -> int:
        return int(self._read("MOTCUA_JOBS_AT_ONCE", "2"))

    @cached_property
    def log_level(self) -> str:
        return self._read("MOTCUA_LOG_LEVEL", "info").upper()

    @cached_property
    def with_sandbox(self) -> bool:
        return self._read("MOTCUA_SANDBOX", "on") == "on"

    @cached_property
    def sandbox_port(self) -> int:
        return int(self._read("MOTCUA_SANDBOX_PORT", "8100"))

    @cached_property
    def smtp_port(self) -> int:
        return int(self._read("MOTCUA_SMTP_PORT", "8125"))

    @cached_property
    def sandbox_url(self) -> str:
        standard = f"http://127.0.0.1:{self.sandbox_port}"
        return self._read("MOTCUA_SANDBOX_URL", standard).rstrip("/")

    @cached_property
    def vneid_issuer(self) -> str:
        """OpenID Connect issuer of VNeID; the sandbox's unless set."""
        return self._read("MOTCUA_VNEID_ISSUER", f"{self.sandbox_url}/vneid")

    @cached_property
    def vneid_client_id(self) -> str:
        return self._read("MOTCUA_VNEID_CLIENT_ID", "motcua")

    @cached_property
    def vneid_client_secret(self) -> str:
        return self._read("MOTCUA_VNEID_CLIENT_SECRET", "") or self.secret("vneid-client")

    @cached_property
    def portal_accounts(self) -> bool:
        """Whether people may sign in by phone too (law: VNeID only; so on in the demo, else by choice)."""
        return self._read("MOTCUA_PORTAL_ACCOUNTS", "1") == "1"

    @cached_property
    def idle_lock_minutes(self) -> int:
        return int(self._read("MOTCUA_IDLE_LOCK_MINUTES", "15"))

    @cached_property
    def trusted_device_days(self) -> int:
        return int(self._read("MOTCUA_TRUSTED_DEVICE_DAYS", "30"))

    @cached_property
    def sms_url(self) -> str:
        return self._read("MOTCUA_SMS_URL", f"{self.sandbox_url}/sms/messages")

    @cached_property
    def sms_token(self) -> str:
        return self._read("MOTCUA_SMS_TOKEN", "") or self.secret("sms-token")

    @cached_property
    def vnpay_checkout_url(self) -> str:
        standard = f"{self.sandbox_url}/payments/vpcpay.html"
        return self._read("MOTCUA_VNPAY_CHECKOUT_URL", standard)

    @cached_property
    def vnpay_transactions_url(self) -> str:
        standard = f"{self.sandbox_url}/payments/transaction"
        return self._read("MOTCUA_VNPAY_TRANSACTIONS_URL", standard)

    @cached_property
    def vnpay_terminal(self) -> str:
        return self._read("MOTCUA_VNPAY_TERMINAL", "MOTCUA01")

    @cached_property
    def vnpay_secret(self) -> str:
        return self._read("MOTCUA_VNPAY_SECRET", "") or self.secret("vnpay-hash")

    @cached_property
    def post_url(self) -> str:
        return self._read("MOTCUA_POST_URL", f"{self.sandbox_url}/post")

    @cached_property
    def post_token(self) -> str:
        return self._read("MOTCUA_POST_TOKEN", "") or self.secret("post-token")

    @cached_property
    def token(self) -> dict[str, Any]:
        """The PKCS#11 token that signs: module, label, pin_file, keys; empty without one."""
        module = self._read("MOTCUA_TOKEN_MODULE", "")
        if not module:
            return {}
        return {
            "module": module,
            "label": self._read("MOTCUA_TOKEN_LABEL", ""),
            "pin_file": self._read("MOTCUA_TOKEN_PIN_FILE", ""),
            "keys": json.loads(self._read("MOTCUA_TOKEN_KEYS", "{}")),
        }

    @cached_property
    def signing_roots(self) -> str:
        """The file of certificates that signatures lead to."""
        return self._read("MOTCUA_SIGNING_ROOTS", "")

    @cached_property
    def tsa_url(self) -> str:
        """The authority of time; empty for our own clock."""
        return self._read("MOTCUA_TSA_URL", "")

    @cached_property
    def clamd(self) -> str:
        """Where the scanner of files listens; empty without one."""
        return self._read("MOTCUA_CLAMD", "")

    @cached_property
    def population_url(self) -> str:
        return self._read("MOTCUA_POPULATION_URL", f"{self.sandbox_url}/population")

    @cached_property
    def exchange_code(self) -> str:
        """The name by which linked agencies know this installation."""
        return self._read("MOTCUA_EXCHANGE_CODE", "motcua")

    @cached_property
    def exchange_parties(self) -> dict[str, dict[str, str]]:
        """Linked agencies: JSON of code → name, inbox_url, keys_url; the sandbox's unless set."""
        given = self._read("MOTCUA_EXCHANGE_PARTIES", "")
        if given:
            return {str(code): dict(party) for code, party in json.loads(given).items()}
        names = {
            "civil-registry": "Hệ thống hộ tịch điện tử",
            "population": "Cơ sở dữ liệu quốc gia về dân cư",
            "residence": "Hệ thống quản lý cư trú",
            "insurance": "Bảo hiểm xã hội Việt Nam",
        }
        base = f"{self.sandbox_url}/exchange"
        return {
            code: {
                "name": name,
                "inbox_url": f"{base}/{code}/inbox",
                "keys_url": f"{base}/{code}/keys.json",
            }
            for code, name in names.items()
        }

    @cached_property
    def email_host(self) -> str:
        return self._read("MOTCUA_EMAIL_HOST", "127.0.0.1")

    @cached_property
    def email_port(self) -> int:
        return int(self._read("MOTCUA_EMAIL_PORT", str(self.smtp_port)))

    @cached_property
    def email_from(self) -> str:
        return self._read("MOTCUA_EMAIL_FROM", "motcua@localhost")

    @cached_property
    def retention_confirmed(self) -> frozenset[str]:
        """Classes of retention whose time this installation has compared with its archive's rules."""
        return frozenset(filter(None, self._read("MOTCUA_RETENTION_CONFIRMED", "").split(",")))

    @cached_property
    def alarm_email(self) -> list[str]:
        """Where whoever runs the installation is written to; may be empty."""
        return list(filter(None, self._read("MOTCUA_ALARM_EMAIL", "").split(",")))

    @cached_property
    def accessibility_email(self) -> str:
        """Where people write who cannot use a page; may be empty."""
        return self._read("MOTCUA_ACCESSIBILITY_EMAIL", "")

    @cached_property
    def form_targets(self) -> list[str]:
        """Origins of the identity provider and of the payment page."""
        parts = [urlsplit(url) for url in (self.vneid_issuer, self.vnpay_checkout_url)]
        return sorted({f"{part.scheme}://{part.netloc}" for part in parts})

    @cached_property
    def has_own_database(self) -> bool:
        """Whether `make start` runs PostgreSQL itself."""
        return not self.values.get("DATABASE_URL")

    def own_database_url(self, role: str) -> str:
        """Return the address of our own PostgreSQL for a role."""
        return f"postgresql://{role}@/motcua?host={self.home}/postgres"

    @cached_property
    def database_url(self) -> str:
        """The database as the application uses it: by a role that cannot rewrite history."""
        return self._read("DATABASE_URL", self.own_database_url(APP_ROLE))

    @cached_property
    def owner_database_url(self) -> str:
        """The database as the role that owns the tables."""
        own = self.own_database_url(OWNER_ROLE) if self.has_own_database else self.database_url
        return self._read("MOTCUA_OWNER_DATABASE_URL", own)

    @cached_property
    def app_role(self) -> str:
        """The name of the application's role in the database."""
        return unquote(urlsplit(self.database_url).username or "")

    @cached_property
    def database(self) -> dict[str, object]:
        """Django's settings of the connection: the application's role, or the owner's."""
        as_owner = self._read("MOTCUA_AS_OWNER", "0") == "1"
        return connection_settings(self.owner_database_url if as_owner else self.database_url)

    def secret(self, name: str) -> str:
        """Return the named secret, made at first use and kept in the home folder."""
        place = self.home / "secrets" / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _keep_once(place, secrets.token_urlsafe(48))
        return place.read_text(encoding="ascii")


def connection_settings(database_url: str) -> dict[str, object]:
    """Return Django's settings of the connection to an address."""
    url = urlsplit(database_url)
    query = {name: found[-1] for name, found in parse_qs(url.query).items()}
    host = query.pop("host", url.hostname or "")
    return {
        "ENGINE": "motcua.toolkit.postgres",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(url.port or ""),
        # The query: for example sslmode=verify-full. Statements are prepared at their fifth use.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5, **query},
        # One thread a process: a kept connection costs nothing, a new one 9× the request.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _keep_once(place: Path, made: str) -> None:
    """Write the file whole or leave the one that another process was quicker to write."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(made)
    with contextlib.suppress(FileExistsError):
        os.link(draft, place)
    draft.unlink()


environment = Environment(dict(os.environ))
