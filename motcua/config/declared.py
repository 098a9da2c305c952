"""Every variable an installation may set: what it means, what is right, what it is when unset.

`docs/reference/settings.md` is made from this table (`python -m motcua.config.declared`), and a
test keeps the two equal.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

APP_ROLE = "motcua_app"
DESK_ROLE = "motcua_desk"  # as agencies.wall names it
OWNER_ROLE = "postgres"

LAST_PORT = 65535
MOST_WORKERS = 64


class WrongSetting(ValueError):  # noqa: N818 - said of the setting
    """A variable has a value that cannot be meant; the text names variable, value and what is right."""


@dataclass(frozen=True)
class Kind:
    """A sort of value: how to tell a right one, and how to say what is right."""

    right: str
    accepts: Callable[[str], bool]


def _is_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query


def _is_database(text: str) -> bool:
    return urlsplit(text).scheme in {"postgres", "postgresql"} and len(urlsplit(text).path) > 1


def _is_parties(text: str) -> bool:
    try:
        parties = json.loads(text)
        return all({"name", "inbox_url", "keys_url"} <= set(party) for party in parties.values())
    except (ValueError, AttributeError, TypeError):
        return False


def _is_keys(text: str) -> bool:
    try:
        keys = json.loads(text)
        return bool(keys) and all(isinstance(each, str) for each in keys.values())
    except (ValueError, AttributeError):
        return False


def _between(least: int, most: int) -> Callable[[str], bool]:
    return lambda text: text.isascii() and text.isdigit() and least <= int(text) <= most


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


PORT = Kind("a port number from 1 to 65535", _between(1, LAST_PORT))
COUNT = Kind("a whole number from 1 to 64", _between(1, MOST_WORKERS))
DAYS = Kind("a whole number from 0 to 30", _between(0, 30))
FACTOR = Kind("a whole number from 1 to 1000000", _between(1, 1_000_000))
URL = Kind("an address such as https://motcua.example.vn", _is_url)
DATABASE = Kind("an address such as postgresql://user:password@host:5432/name", _is_database)
FOLDER = Kind("a folder given from the root, such as /var/lib/motcua", lambda t: t.startswith("/"))
HOSTS = Kind("host names separated by commas", _matches(r"[\w.:*\[\]-]+(,[\w.:*\[\]-]+)*"))
ADDRESSES = Kind("IP addresses separated by commas", _matches(r"[\da-fA-F.:]+(,[\da-fA-F.:]+)*"))
HOST = Kind("a host name or an IP address", _matches(r"[\w.:\[\]-]+"))
SWITCH = Kind("1 (on) or 0 (off)", lambda text: text in {"0", "1"})
ON_OFF = Kind("on or off", lambda text: text in {"on", "off"})
LEVEL = Kind(
    "debug, info, warning or error", lambda text: text in {"debug", "info", "warning", "error"}
)
EMAIL = Kind("an e-mail address", _matches(r"[^@\s]+@[^@\s]+"))
EMAILS = Kind(
    "e-mail addresses separated by commas", _matches(r"[^@\s,]+@[^@\s,]+(,[^@\s,]+@[^@\s,]+)*")
)
CODE = Kind("letters, digits and hyphens", _matches(r"[A-Za-z0-9-]+"))
NAMES = Kind("names separated by commas", _matches(r"[a-z0-9_]+(,[a-z0-9_]+)*"))
SECRET = Kind("a text without spaces", _matches(r"\S+"))
FILE = Kind("a file given from the root, such as /etc/motcua/pin", lambda t: t.startswith("/"))
LABEL = Kind("a text", lambda text: bool(text.strip()))
KEYS = Kind('JSON such as {"Ủy ban nhân dân xã …": "label", "*": "label"}', _is_keys)
SOCKET = Kind(
    "a socket such as /run/clamav/clamd.ctl, or host:port", _matches(r"/\S+|[\w.-]+:\d{1,5}")
)
PARTIES = Kind('JSON such as {"code": {"name": …, "inbox_url": …, "keys_url": …}}', _is_parties)


@dataclass(frozen=True)
class Setting:
    """One variable. `standard` says in words what it is when unset."""

    kind: Kind
    meaning: str
    standard: str


_SANDBOX = "the sandbox's"
_MADE = "made at first start, kept in `MOTCUA_HOME/secrets`"

SETTINGS: Mapping[str, Setting] = {
    # Where it lives and listens
    "MOTCUA_HOME": Setting(
        FOLDER,
        "Folder of the database, files and secrets; outside the source tree.",
        "`/var/lib/motcua` for root, else `~/.local/share/motcua`",
    ),
    "MOTCUA_URL": Setting(
        URL,
        "The address people type; links in messages begin with it.",
        "`http://127.0.0.1:<MOTCUA_PORT>`",
    ),
    "MOTCUA_HOSTS": Setting(
        HOSTS,
        "Host names that are answered.",
        "`localhost`, `127.0.0.1` and the host of MOTCUA_URL",
    ),
    "MOTCUA_BIND": Setting(HOST, "The address the web server listens on.", "`127.0.0.1`"),
    "MOTCUA_PORT": Setting(PORT, "The port the web server listens on.", "`8000`"),
    "MOTCUA_TRUSTED_PROXIES": Setting(
        ADDRESSES,
        "Addresses of the proxies in front, whose `X-Forwarded-For` is believed; without them all "
        "people behind a proxy share one allowance of tries.",
        "none",
    ),
    "MOTCUA_NETWORK_ALLOWANCE": Setting(
        FACTOR,
        "Multiplies how much one network may ask for in an hour (docs/reference/security.md): more "
        "where a whole town comes from one address.",
        "`1`",
    ),
    "MOTCUA_WEB_WORKERS": Setting(COUNT, "Web processes; one for each core is right.", "`2`"),
    "MOTCUA_JOBS_AT_ONCE": Setting(COUNT, "Jobs the worker does at a time.", "`2`"),
    "MOTCUA_LOG_LEVEL": Setting(LEVEL, "From which level on log lines are written.", "`info`"),
    # Database
    "DATABASE_URL": Setting(
        DATABASE,
        "PostgreSQL 15 or newer, as the role the application uses.",
        "an own PostgreSQL in `MOTCUA_HOME/postgres`",
    ),
    "MOTCUA_OWNER_DATABASE_URL": Setting(
        DATABASE,
        "The same database as the role that owns the tables, for `prepare` and `migrate`.",
        "`DATABASE_URL`",
    ),
    "MOTCUA_AS_OWNER": Setting(
        SWITCH,
        "Whether this process connects as the owner; `prepare` and `migrate` set it themselves.",
        "`0`",
    ),
    "MOTCUA_POSTGRES_BIN": Setting(
        FOLDER, "Binaries of PostgreSQL for the own database.", "those of the wheel"
    ),
    # Sandbox
    "MOTCUA_SANDBOX": Setting(ON_OFF, "Whether the country in a box is started beside.", "`on`"),
    "MOTCUA_SANDBOX_PORT": Setting(PORT, "The port of the sandbox.", "`8100`"),
    "MOTCUA_SMTP_PORT": Setting(PORT, "The port of the sandbox's mail server.", "`8125`"),
    "MOTCUA_SANDBOX_URL": Setting(
        URL, "The address of the sandbox.", "`http://127.0.0.1:<MOTCUA_SANDBOX_PORT>`"
    ),
    # Sign-in
    "MOTCUA_VNEID_ISSUER": Setting(URL, "OpenID Connect issuer of VNeID.", _SANDBOX),
    "MOTCUA_VNEID_CLIENT_ID": Setting(CODE, "Our name at VNeID.", "`motcua`"),
    "MOTCUA_VNEID_CLIENT_SECRET": Setting(SECRET, "Our secret at VNeID.", _MADE),
    "MOTCUA_PORTAL_ACCOUNTS": Setting(
        SWITCH, "Whether people may sign in by mobile number too.", "`1`"
    ),
    "MOTCUA_IDLE_LOCK_MINUTES": Setting(
        COUNT,
        "After how many minutes without a request the desk of an official locks.",
        "`15`",
    ),
    "MOTCUA_TRUSTED_DEVICE_DAYS": Setting(
        DAYS,
        "How long a browser that an official trusts need not show the second factor at sign-in; 0: always.",
        "`30`",
    ),
    # Deadlines
    "MOTCUA_NEAR_DUE_DAYS": Setting(
        COUNT,
        "From how many working days before its date on work is shown and counted as near.",
        "`1`",
    ),
    "MOTCUA_OVERDUE_DAYS": Setting(
        COUNT, "From how many working days of delay on the leader is told of it.", "`1`"
    ),
    # Messages to people
    "MOTCUA_SMS_URL": Setting(URL, "Where short messages are sent to.", _SANDBOX),
    "MOTCUA_SMS_TOKEN": Setting(SECRET, "Our token at the SMS gateway.", _MADE),
    "MOTCUA_EMAIL_HOST": Setting(HOST, "The SMTP server.", "`127.0.0.1`"),
    "MOTCUA_EMAIL_PORT": Setting(PORT, "The port of the SMTP server.", "`MOTCUA_SMTP_PORT`"),
    "MOTCUA_RETENTION_CONFIRMED": Setting(
        NAMES,
        "Classes of retention (`catalogue/personal.yaml`) whose time was compared with the archive's rules: they are erased too.",
        "none: only what the catalogue has confirmed is erased",
    ),
    "MOTCUA_ACCESSIBILITY_EMAIL": Setting(
        EMAIL,
        "Where people write who cannot use a page; shown on `/tiep-can/`.",
        "none: the page names the counters, the telephone and the call back",
    ),
    "MOTCUA_ALARM_EMAIL": Setting(
        EMAILS,
        "Where whoever runs the installation is written to before something stops working: VNeID silent, its certificate ending.",
        "none: alarms stand in the log and at `/healthz/vneid`",
    ),
    "MOTCUA_EMAIL_FROM": Setting(EMAIL, "The sender of e-mails.", "`motcua@localhost`"),
    # Payment and post
    "MOTCUA_VNPAY_CHECKOUT_URL": Setting(URL, "The payment page of VNPAY.", _SANDBOX),
    "MOTCUA_VNPAY_TRANSACTIONS_URL": Setting(URL, "VNPAY's service of inquiries.", _SANDBOX),
    "MOTCUA_VNPAY_TERMINAL": Setting(CODE, "Our terminal at VNPAY.", "`MOTCUA01`"),
    "MOTCUA_VNPAY_SECRET": Setting(SECRET, "Our secret at VNPAY.", _MADE),
    "MOTCUA_POST_URL": Setting(URL, "The service of the post.", _SANDBOX),
    "MOTCUA_POST_TOKEN": Setting(SECRET, "Our token at the post.", _MADE),
    # Signing
    "MOTCUA_TOKEN_MODULE": Setting(
        FILE,
        "PKCS#11 module of the token or HSM that signs results; with it, no practice keys are used.",
        "none: practice keys",
    ),
    "MOTCUA_TOKEN_LABEL": Setting(LABEL, "The token's label.", "the only token"),
    "MOTCUA_TOKEN_PIN_FILE": Setting(
        FILE, "File that holds the PIN, readable by our user only.", "none: the token asks no PIN"
    ),
    "MOTCUA_TOKEN_KEYS": Setting(
        KEYS,
        "Which key on the token signs for whom: the name of an official or of an agency → the label of key "
        "and certificate; `*` stands for everybody else.",
        "none",
    ),
    "MOTCUA_SIGNING_ROOTS": Setting(
        FILE,
        "PEM file of certificates that signatures and time stamps lead to: roots, and the authorities "
        "between.",
        "none",
    ),
    "MOTCUA_TSA_URL": Setting(
        URL,
        "Authority of time (RFC 3161) whose stamps results carry.",
        "our own clock, for practice",
    ),
    # Files that people send
    "MOTCUA_CLAMD": Setting(
        SOCKET,
        "Where ClamAV's `clamd` listens. With it, no file is taken that it has not passed; without it, files "
        "are only read to their end and written anew.",
        "none: no scanner",
    ),
    # Linked agencies
    "MOTCUA_POPULATION_URL": Setting(URL, "The population service.", _SANDBOX),
    "MOTCUA_EXCHANGE_CODE": Setting(CODE, "Our name among linked agencies.", "`motcua`"),
    "MOTCUA_EXCHANGE_PARTIES": Setting(PARTIES, "The linked agencies.", f"{_SANDBOX} four systems"),
}


def checked(name: str, value: str) -> str:
    """Return the value of a declared variable. Raises WrongSetting."""
    kind = SETTINGS[name].kind
    if not kind.accepts(value):
        shown = "…" if kind is SECRET or kind is DATABASE else repr(value)
        raise WrongSetting(f"{name} is {shown}; it must be {kind.right}.")
    return value


def problems(values: Mapping[str, str]) -> list[str]:
    """Return a sentence for each variable that is wrong or that nobody knows."""
    found = []
    for name, value in values.items():
        if name in SETTINGS and value:
            try:
                checked(name, value)
            except WrongSetting as wrong:
                found.append(str(wrong))
        elif name.startswith("MOTCUA_") and name not in SETTINGS:
            found.append(f"{name} is not a setting; see docs/reference/settings.md.")
    return found


def reference() -> str:
    """Return the page of all settings."""
    rows = [
        f"| `{name}` | {setting.meaning} | {setting.kind.right.replace('|', '/')} | {setting.standard} |"
        for name, setting in SETTINGS.items()
    ]
    return "\n".join([_HEAD, *rows, ""])


_HEAD = """# Settings

An installation is set by environment variables. Each is optional; a wrong one is refused at start
with its name, its value and what is right. This page is made by `python -m motcua.config.declared`.

| variable | meaning | must be | when unset |
|---|---|---|---|"""


if __name__ == "__main__":
    place = Path(__file__).resolve().parents[2] / "docs" / "reference" / "settings.md"
    place.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{place}\n")
