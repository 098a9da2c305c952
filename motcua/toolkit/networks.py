"""Where a request comes from, and how much one network may ask for in an hour.

Behind a proxy every request comes from the proxy: the addresses of those it may speak for are told by
`X-Forwarded-For`, which is believed from the proxies of the settings (TRUSTED_PROXIES) and nobody else.
"""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from motcua.toolkit import limits, work
from motcua.toolkit.clock import now

HOUR = 3600
_HOME_NETWORK = 64
"""Bits of an IPv6 address that one household shares."""


def address_of(request: HttpRequest) -> str:
    """Return the address of whoever asks: the last one that no proxy of ours has."""
    ours = settings.TRUSTED_PROXIES
    address: str = request.META.get("REMOTE_ADDR", "")
    told = request.headers.get("X-Forwarded-For", "")
    for hop in reversed([hop.strip() for hop in told.split(",")] if told else []):
        if address not in ours or not _is_address(hop):
            break
        address = hop
    return address


def _is_address(told: str) -> bool:
    try:
        ip_address(told)
    except ValueError:
        return False
    return True


def network_of(request: HttpRequest) -> str:
    """Return a keyed hash of the network: an IPv4 address, or the half of an IPv6 one that is shared."""
    address = address_of(request)
    if _is_address(address):
        read = ip_address(address)
        if isinstance(read, IPv6Address):
            mapped = read.ipv4_mapped
            address = str(mapped) if mapped else f"{int(read) >> _HOME_NETWORK:x}"
    return salted_hmac("motcua.toolkit.networks", address).hexdigest()


def brake(request: HttpRequest, act: str, limit: int) -> None:
    """Refuse more than `limit` acts an hour from one network; generous, for many people may share it.

    An installation may multiply all limits (NETWORK_ALLOWANCE). Raises TooOften. Call it outside the
    transaction of the act (see `limits.spend`).
    """
    key, most = f"{act}:{network_of(request)}", limit * settings.NETWORK_ALLOWANCE
    limits.spend(key, limit=most, per_seconds=HOUR, at=now())


def brake_gently(request: HttpRequest, act: str, limit: int) -> None:
    """Brake, and ask for work (`work`) from half of the allowance on.

    For what a stranger may do again and again at somebody's cost: messages sent, codes tried, drafts begun.
    Raises WorkWanted, TooOften.
    """
    key, most = f"{act}:{network_of(request)}", limit * settings.NETWORK_ALLOWANCE
    if most > limits.spent(key, per_seconds=HOUR, at=now()) >= most // 2:
        work.must_be_done(request, key, now())
    limits.spend(key, limit=most, per_seconds=HOUR, at=now())
