"""The address printed on receipts and sent in messages: where a dossier stands, without signing in.

It ends in a check that only this installation can make from the code. Whoever holds the receipt has
it; whoever guesses codes does not, and is told nothing – not even whether a dossier exists. Behind it
stand no names and no declared data (docs/why/0007-the-receipt-is-a-key.md).
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.toolkit.gates import gate

LENGTH = 8
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: the check is read aloud and typed
_BITS = 5


def check_of(code: str) -> str:
    """Return the eight signs (40 bits) that belong to a dossier code."""
    mac = salted_hmac("motcua.journeys.tracking-address", code, algorithm="sha256").digest()
    number = int.from_bytes(mac[: LENGTH * _BITS // 8], "big")
    return "".join(_SIGNS[number >> shift & 31] for shift in range(0, LENGTH * _BITS, _BITS))


@gate
def is_check(code: str, shown: str) -> bool:
    """Tell whether these signs belong to the code, in the same time for every wrong one."""
    return constant_time_compare(check_of(code), shown.upper())


def tracking_path(code: str) -> str:
    """Return the path at which the dossier's state is shown to whoever holds its receipt."""
    return f"/theo-doi/{code}/{check_of(code)}/"


def tracking_url(code: str) -> str:
    """Return the whole address, as a message or a QR code carries it."""
    return f"{settings.BASE_URL}{tracking_path(code)}"
