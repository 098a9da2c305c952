"""The VNPAY gateway, version 2.1.0 of its protocol."""

import secrets
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from motcua.adapters.vnpay.hashing import (
    ANSWER_FIELDS,
    HASH,
    QUERY_FIELDS,
    read_query,
    same,
    signed_piped,
    signed_query,
)
from motcua.payments.ports import Confirmation, Forged, Order
from motcua.payments.rules import Outcome
from motcua.toolkit.http import Unreachable, send_json

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VERSION = "2.1.0"
SUCCESS = "00"
PENDING = "01"
NOT_FOUND = "91"


class Vnpay:
    """Redirect to the gateway, confirmation by IPN, questions by querydr."""

    name = "vnpay"

    def __init__(self) -> None:
        """Read where the gateway is and what we share with it."""
        ways: dict[str, str] = settings.VNPAY
        self._checkout = ways["checkout_url"]
        self._transactions = ways["transactions_url"]
        self._terminal = ways["terminal"]
        self._secret = ways["secret"]

    def checkout_url(self, order: Order) -> str:
        """Return the signed address of the gateway's page for this order."""
        fields = {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": self._terminal,
            "vnp_Amount": str(order.amount_vnd * 100),
            "vnp_CurrCode": "VND",
            "vnp_TxnRef": order.ref,
            "vnp_OrderInfo": plain(f"{order.subject} {order.title}"),
            "vnp_OrderType": "other",
            "vnp_Locale": "en" if order.language == "en" else "vn",
            "vnp_IpAddr": order.payer_ip,
            "vnp_ReturnUrl": order.return_url,
            "vnp_CreateDate": _stamp(order.at),
            "vnp_ExpireDate": _stamp(order.expires_at),
        }
        return f"{self._checkout}?{signed_query(self._secret, fields)}"

    def read(self, query: str) -> Confirmation:
        """Read an IPN's or a returning browser's query string. Raises Forged."""
        fields = read_query(self._secret, query)
        if fields is None or fields.get("vnp_TmnCode") != self._terminal:
            raise Forged
        response, status = fields.get("vnp_ResponseCode"), fields.get("vnp_TransactionStatus")
        paid = response == SUCCESS and status in {SUCCESS, None}
        return _confirmation(fields, Outcome.PAID if paid else Outcome.FAILED)

    def ask(self, *, ref: str, started_at: datetime, at: datetime) -> Confirmation | None:
        """Ask (querydr) what came of an order. Raises Unreachable, Forged."""
        fields = {
            "vnp_RequestId": secrets.token_hex(16),
            "vnp_Version": VERSION,
            "vnp_Command": "querydr",
            "vnp_TmnCode": self._terminal,
            "vnp_TxnRef": ref,
            "vnp_TransactionDate": _stamp(started_at),
            "vnp_CreateDate": _stamp(at),
            "vnp_IpAddr": "127.0.0.1",
            "vnp_OrderInfo": f"Truy van {ref}",
        }
        fields[HASH] = signed_piped(self._secret, fields, QUERY_FIELDS)
        reply = send_json("POST", self._transactions, fields)
        if not reply.ok:
            raise Unreachable(f"answered {reply.status}")
        return self._answer(reply.json(), ref)

    def _answer(self, data: Any, ref: str) -> Confirmation | None:
        if not isinstance(data, dict):
            raise Forged
        fields = {str(name): "" if value is None else str(value) for name, value in data.items()}
        mine = signed_piped(self._secret, fields, ANSWER_FIELDS)
        if not same(mine, fields.get(HASH, "").lower()):
            raise Forged
        code = fields.get("vnp_ResponseCode")
        if code == NOT_FOUND:
            return None
        if code != SUCCESS:
            raise Unreachable(f"answered code {code}")
        if fields.get("vnp_TxnRef") != ref:
            raise Forged
        return _confirmation(fields, _outcome(fields.get("vnp_TransactionStatus", "")))


def _outcome(status: str) -> Outcome:
    if status == SUCCESS:
        return Outcome.PAID
    return Outcome.PENDING if status == PENDING else Outcome.FAILED


def _confirmation(fields: Mapping[str, str], outcome: Outcome) -> Confirmation:
    try:
        dong, rest = divmod(int(fields["vnp_Amount"]), 100)
        ref = fields["vnp_TxnRef"]
    except (KeyError, ValueError) as problem:
        raise Forged from problem
    if rest or dong < 0:
        raise Forged
    number = fields.get("vnp_TransactionNo", "")
    # The bank's words about card and account stay with the gateway.
    kept = {name: fields[name] for name in KEPT if name in fields}
    return Confirmation(ref=ref, amount_vnd=dong, number=number, outcome=outcome, raw=kept)


KEPT = (
    "vnp_TxnRef", "vnp_Amount", "vnp_TransactionNo", "vnp_ResponseCode", "vnp_TransactionStatus",
    "vnp_PayDate", "vnp_BankCode",
)  # fmt: skip


def plain(text: str) -> str:
    """Return the text without diacritics and signs, as the gateway asks, at most 255 long."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c if c.isalnum() or c in " .-" else " " for c in bare if c.isascii())
    return " ".join(letters.split())[:255]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y%m%d%H%M%S")
