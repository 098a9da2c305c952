"""What the gateway knows of each payment."""

import json
import re
import sqlite3
import time
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from sandbox.outbox import Call, queue
from sandbox.payments.signing import signed
from sandbox.store import next_number

SCHEMA = """
create table if not exists payment(
  reference text primary key,
  asked text not null,
  amount integer not null,
  state text not null default 'open' check (state in ('open', 'paid', 'cancelled')),
  choice text not null default '',
  paid_amount integer not null default 0,
  transaction_number text not null default '0',
  made_at real not null,
  paid_at real
) without rowid;
"""
TERMINAL = "MOTCUA01"
_VIETNAM = timezone(timedelta(hours=7))
_CLOCK = "%Y%m%d%H%M%S"
_REFERENCE = re.compile(r"[A-Za-z0-9_.-]{1,100}")
WRONG_BY = 1000  # đồng missing when the person chooses to pay a wrong amount
LATE = 10.0  # seconds until a late payment is told


class BadOrderError(ValueError):
    """The order cannot be paid here; the text says why, `code` is VNPAY's."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def clock(moment: float) -> str:
    return datetime.fromtimestamp(moment, _VIETNAM).strftime(_CLOCK)


def _moment(text: str) -> float:
    return datetime.strptime(text, _CLOCK).replace(tzinfo=_VIETNAM).timestamp()


def examine(asked: Mapping[str, str], now: float) -> None:
    """Raise BadOrderError unless the order is complete, ours and in time."""
    if asked.get("vnp_TmnCode") != TERMINAL:
        raise BadOrderError("02", "Đơn vị thu không có trong hệ thống.")
    if asked.get("vnp_Version") != "2.1.0" or asked.get("vnp_Command") != "pay":
        raise BadOrderError("03", "Phiên bản hoặc lệnh không đúng.")
    amount = asked.get("vnp_Amount", "")
    if not amount.isdigit() or int(amount) <= 0 or int(amount) % 100:
        raise BadOrderError("03", "Số tiền không đúng.")
    if not _REFERENCE.fullmatch(asked.get("vnp_TxnRef", "")) or not asked.get("vnp_ReturnUrl"):
        raise BadOrderError("03", "Thiếu mã giao dịch hoặc địa chỉ quay về.")
    try:
        late = "vnp_ExpireDate" in asked and _moment(asked["vnp_ExpireDate"]) < now
    except ValueError as error:
        raise BadOrderError("03", "Hạn thanh toán không đúng dạng.") from error
    if late:
        raise BadOrderError("11", "Đã quá hạn thanh toán của giao dịch này.")


def open_order(db: sqlite3.Connection, asked: Mapping[str, str]) -> None:
    """Note the order once; opening its page again changes nothing."""
    db.execute(
        "insert into payment(reference, asked, amount, made_at) values (?, ?, ?, ?)"
        " on conflict do nothing",
        (
            asked["vnp_TxnRef"],
            json.dumps(dict(asked)),
            int(asked["vnp_Amount"]) // 100,
            time.time(),
        ),
    )


def settle(db: sqlite3.Connection, order: sqlite3.Row, choice: str) -> bool:
    """Pay or cancel, once; False when it was settled before."""
    paid = order["amount"] - WRONG_BY if choice == "wrong_amount" else order["amount"]
    state = "cancelled" if choice == "cancel" else "paid"
    changed = db.execute(
        "update payment set state = ?, choice = ?, paid_amount = ?, transaction_number = ?,"
        " paid_at = ? where reference = ? and state = 'open'",
        (
            state,
            choice,
            max(paid, 0) if state == "paid" else 0,
            _transaction(db),
            time.time(),
            order["reference"],
        ),
    )
    return changed.rowcount == 1


def _transaction(db: sqlite3.Connection) -> str:
    return str(14_000_000 + next_number(db, "vnpay transaction"))


def told(order: sqlite3.Row, transaction: str = "") -> dict[str, str]:
    """Say what the gateway tells the merchant of a settled order."""
    asked = json.loads(order["asked"])
    paid = order["state"] == "paid"
    return {
        "vnp_TmnCode": TERMINAL,
        "vnp_TxnRef": order["reference"],
        "vnp_Amount": str((order["paid_amount"] if paid else order["amount"]) * 100),
        "vnp_OrderInfo": asked.get("vnp_OrderInfo", ""),
        "vnp_ResponseCode": "00" if paid else "24",
        "vnp_TransactionStatus": "00" if paid else "02",
        "vnp_TransactionNo": transaction or order["transaction_number"],
        "vnp_BankCode": asked.get("vnp_BankCode") or "NCB",
        "vnp_BankTranNo": f"VNP{order['transaction_number']}" if paid else "",
        "vnp_CardType": "ATM",
        "vnp_PayDate": clock(order["paid_at"]),
    }


def tell(db: sqlite3.Connection, order: sqlite3.Row, address: str, secret: str) -> None:
    """Queue the server-to-server notices that this order's choice asks for."""
    if order["choice"] == "no_ipn":
        return
    due = time.time() + LATE if order["choice"] == "late" else 0.0
    numbers = [order["transaction_number"]]
    if order["choice"] == "twice":
        numbers += [numbers[0], _transaction(db)]
    for place, number in enumerate(numbers):
        query = signed(secret, told(order, number))
        key = f"ipn:{order['reference']}:{place}"
        call = Call(key, "ipn", order["reference"], f"{address}?{query}", method="GET", due=due)
        queue(db, call)
