"""Orders of the post office and the scans of each."""

import json
import re
import sqlite3
import time
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from sandbox.outbox import Call, queue
from sandbox.store import next_number

SCHEMA = """
create table if not exists post_order(
  order_number text primary key,
  tracking_number text not null unique,
  content text not null,
  state text not null default 'created',
  made_at real not null
) without rowid;
create table if not exists post_scan(
  id integer primary key,
  order_number text not null references post_order(order_number),
  state text not null,
  place text not null,
  at text not null
);
create index if not exists post_scan_order on post_scan(order_number, id);
"""
STATES = {
    "created": "đã tạo đơn",
    "picked_up": "đã lấy hàng",
    "in_transit": "đang chuyển",
    "out_for_delivery": "đang phát",
    "delivered": "đã phát",
    "failed_attempt": "phát không được",
    "returned": "đã chuyển hoàn",
    "cancelled": "đã hủy",
    "lost": "thất lạc",
}
NEXT: Mapping[str, tuple[str, ...]] = {
    "created": ("picked_up", "cancelled"),
    "picked_up": ("in_transit", "lost"),
    "in_transit": ("out_for_delivery", "lost"),
    "out_for_delivery": ("delivered", "failed_attempt", "lost"),
    "failed_attempt": ("out_for_delivery", "returned"),
}
_VIETNAM = timezone(timedelta(hours=7))
_PLACE = re.compile(r"\d{5}")
_HEAVIEST = 30_000  # grams
_LONGEST_NUMBER = 100  # characters
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)  # of the check digit in UPU S10


class BadOrderError(ValueError):
    """The order or scan is not understood; the text says why."""


class ConflictError(ValueError):
    """The number was used for another order, or the scan does not follow."""


def quote(body: Mapping[str, Any]) -> dict[str, int]:
    """Fee in đồng and days: 20,000 within a commune, 25,000 beyond, 2,500 per further 500 g."""
    start, end = str(body.get("from_place", "")), str(body.get("to_place", ""))
    weight = body.get("weight_grams")
    if not _PLACE.fullmatch(start) or not _PLACE.fullmatch(end):
        raise BadOrderError("from_place and to_place must be commune codes of five digits.")
    if not isinstance(weight, int) or not 0 < weight <= _HEAVIEST:
        raise BadOrderError("weight_grams must be between 1 and 30000.")
    extra = max(0, -(-(weight - 500) // 500))
    near = start == end
    return {"fee_vnd": (20_000 if near else 25_000) + 2_500 * extra, "days": 2 if near else 3}


def read(body: Mapping[str, Any]) -> tuple[str, str]:
    """Return the order's number and its content in one spelling."""
    number = str(body.get("order_number") or "")
    if not number or len(number) > _LONGEST_NUMBER:
        raise BadOrderError("order_number is needed.")
    for side in ("sender", "receiver"):
        party = body.get(side)
        if not isinstance(party, dict) or not all(
            str(party.get(name) or "").strip() for name in ("name", "phone", "address", "place")
        ):
            raise BadOrderError(f"{side} needs name, phone, address and place.")
    kept = {name: body.get(name) for name in ("sender", "receiver", "reference")}
    return number, json.dumps(kept, ensure_ascii=False, sort_keys=True)


def place_order(db: sqlite3.Connection, number: str, content: str) -> tuple[sqlite3.Row, bool]:
    """Take the order once; the same number with the same content is the same order."""
    known = find(db, number)
    if known is not None:
        if known["content"] != content:
            raise ConflictError("This order_number belongs to another order.")
        return known, False
    db.execute(
        "insert into post_order(order_number, tracking_number, content, made_at)"
        " values (?, ?, ?, ?)",
        (number, _tracking(next_number(db, "post order")), content, time.time()),
    )
    _note(db, number, "created", "")
    made = find(db, number)
    if made is None:
        raise LookupError(number)
    return made, True


def _tracking(serial: int) -> str:
    """Return a UPU S10 number: two letters, eight digits, a check digit, the country."""
    digits = f"{serial:08d}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    check = {10: 0, 11: 5}.get(11 - rest, 11 - rest)
    return f"EB{digits}{check}VN"


def find(db: sqlite3.Connection, number: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute(
        "select * from post_order where order_number = ?", (number,)
    ).fetchone()
    return found


def _note(db: sqlite3.Connection, number: str, state: str, place: str) -> tuple[int, str]:
    at = datetime.now(_VIETNAM).isoformat(timespec="milliseconds")
    scan = db.execute(
        "insert into post_scan(order_number, state, place, at) values (?, ?, ?, ?) returning id",
        (number, state, place, at),
    ).fetchone()
    return int(scan[0]), at


def scan(db: sqlite3.Connection, number: str, state: str, place: str, address: str) -> None:
    """Move the order on and queue the news of it; LookupError when there is no such order."""
    order = find(db, number)
    if order is None:
        raise LookupError(number)
    if state not in NEXT.get(order["state"], ()):
        raise ConflictError(f"After {order['state']} cannot come {state}.")
    db.execute("update post_order set state = ? where order_number = ?", (state, number))
    identity, at = _note(db, number, state, place)
    body = json.dumps({"order_number": number, "state": state, "at": at}).encode()
    queue(db, Call(f"scan:{identity}", "scan", number, address, body, lane=f"post:{number}"))
