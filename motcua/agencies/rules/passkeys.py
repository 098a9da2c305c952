"""Which site a passkey belongs to, and what its counter tells."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

PATIENCE = timedelta(minutes=5)
"""So long a question put to a browser may be answered."""
MOST = 10
"""Keys of one official."""


@dataclass(frozen=True)
class Site:
    """The name a key is bound to (WebAuthn's relying party), and the one origin that may ask for it."""

    name: str
    origin: str


def site_of(base_url: str) -> Site | None:
    """Return the site of an installation; None where browsers allow no passkeys.

    They want https and a name: an address in numbers has none. On this very machine `localhost` is one.

    >>> site_of("https://dichvu.haiphong.example.vn/").name
    'dichvu.haiphong.example.vn'
    >>> site_of("http://127.0.0.1:8000").origin
    'http://localhost:8000'
    """
    told = urlsplit(base_url)
    host, port = told.hostname or "", f":{told.port}" if told.port else ""
    if host == "localhost" or _is_loopback(host):
        return Site("localhost", f"{told.scheme}://localhost{port}")
    if told.scheme != "https" or _is_number(host):
        return None
    return Site(host, f"https://{host}{port}")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return _is_number(host) and ip_address(host).is_loopback


def went_back(known: int, told: int) -> bool:
    """Tell whether a counter is not ahead of what is known: the key was copied (WebAuthn §6.1.1).

    Keys that are kept by the maker of a phone count nothing and say 0.
    """
    return (known > 0 or told > 0) and told <= known
