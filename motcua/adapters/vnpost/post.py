"""The post over its HTTP interface."""

import hashlib
import hmac
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import quote as quoted

from django.conf import settings

from motcua.deliveries.ports import Forged, Order, Quote, Refused, Scan
from motcua.toolkit.http import Reply, Unreachable, bearer, call, send_json

NEVER = {400, 404, 409, 410, 413, 422}


class VnPost:
    """Quotes, orders and scans."""

    def __init__(self) -> None:
        """Read where the post is and the token we share with it."""
        self._url: str = settings.VNPOST["url"]
        self._token: str = settings.VNPOST["token"]

    def quote(self, *, from_place: str, to_place: str, weight_grams: int) -> Quote:
        """Return the fee between two communes. Raises Unreachable, Refused."""
        data = {"from_place": from_place, "to_place": to_place, "weight_grams": weight_grams}
        said = self._answer(self._send("/quotes", data))
        try:
            return Quote(fee_vnd=int(said["fee_vnd"]), days=int(said["days"]))
        except (KeyError, TypeError, ValueError) as problem:
            raise Unreachable("quote without fee") from problem

    def order(self, order: Order) -> str:
        """Hand the letter over; return the tracking number. Raises Unreachable, Refused."""
        data = {
            "order_number": order.number,
            "sender": asdict(order.sender),
            "receiver": asdict(order.receiver),
            "reference": order.reference,
        }
        said = self._answer(self._send("/orders", data))
        if not said.get("tracking_number"):
            raise Unreachable("order without tracking number")
        return str(said["tracking_number"])

    def scans(self, order_number: str) -> list[Scan]:
        """Return every scan of a letter so far. Raises Unreachable."""
        url = f"{self._url}/orders/{quoted(order_number, safe='')}"
        reply = call("GET", url, headers=bearer(self._token))
        if not reply.ok:
            raise Unreachable(f"answered {reply.status}")
        try:
            return [_scan(order_number, raw) for raw in reply.json()["scans"]]
        except (KeyError, TypeError, ValueError) as problem:
            raise Unreachable("scans not understood") from problem

    def read_scan(self, *, body: bytes, signature: str) -> Scan:
        """Read a scan the post sent by itself. Raises Forged."""
        mine = hmac.new(self._token.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(mine.encode(), signature.lower().encode()):
            raise Forged
        try:
            raw = json.loads(body)
            return _scan(str(raw["order_number"]), raw)
        except (KeyError, TypeError, ValueError) as problem:
            raise Forged from problem

    def _send(self, path: str, data: dict[str, Any]) -> Reply:
        return send_json("POST", self._url + path, data, headers=bearer(self._token))

    def _answer(self, reply: Reply) -> dict[str, Any]:
        if reply.status in NEVER:
            raise Refused(f"answered {reply.status}")
        said = reply.json() if reply.ok else None
        if not isinstance(said, dict):
            raise Unreachable(f"answered {reply.status}")
        return said


def _scan(order_number: str, raw: dict[str, Any]) -> Scan:
    at = datetime.fromisoformat(str(raw["at"]))
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    return Scan(order_number, str(raw["state"]), at, str(raw.get("place") or ""))
