"""VNPAY 2.1.0's hashes: HMAC-SHA512, lower-case hexadecimal."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_plus, urlencode

HASH = "vnp_SecureHash"
NOT_HASHED = {HASH, "vnp_SecureHashType"}

# The fields of a transaction query and of its answer, in the order in which they are hashed.
QUERY_FIELDS = (
    "vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef",
    "vnp_TransactionDate", "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo",
)  # fmt: skip
ANSWER_FIELDS = (
    "vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode",
    "vnp_TxnRef", "vnp_Amount", "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo",
    "vnp_TransactionType", "vnp_TransactionStatus", "vnp_OrderInfo", "vnp_PromotionCode",
    "vnp_PromotionAmount",
)  # fmt: skip


def sign(secret: str, text: str) -> str:
    """Return the hash of a text."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def signed_query(secret: str, fields: Mapping[str, str]) -> str:
    """Return the fields sorted by name and URL-encoded (space as +), with their hash at the end."""
    text = urlencode(sorted((name, value) for name, value in fields.items() if value))
    return f"{text}&{HASH}={sign(secret, text)}"


def read_query(secret: str, query: str) -> dict[str, str] | None:
    """Return the fields of a query string whose hash is right, else None.

    Checked over the bytes as they came (in the sender's own encoding) and, for a proxy that
    encodes anew, over our encoding of them. A name that comes twice is refused.
    """
    pairs = [piece.partition("=")[::2] for piece in query.split("&") if piece]
    fields = {name: unquote_plus(value) for name, value in pairs}
    if len(fields) != len(pairs) or not all(name.startswith("vnp_") for name in fields):
        return None
    given = fields.get(HASH, "").lower()
    raw = "&".join(f"{name}={value}" for name, value in sorted(pairs) if name not in NOT_HASHED)
    again = urlencode(sorted((n, v) for n, v in fields.items() if n not in NOT_HASHED))
    if not any(same(sign(secret, text), given) for text in (raw, again)):
        return None
    return fields


def signed_piped(secret: str, fields: Mapping[str, str], order: Sequence[str]) -> str:
    """Return the hash of the fields' values joined by | in the given order."""
    return sign(secret, "|".join(fields.get(name, "") for name in order))


def same(mine: str, given: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(mine.encode(), given.encode())
