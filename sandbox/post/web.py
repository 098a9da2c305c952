"""The post office's interface, its page, and the courier of its scans."""

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.outbox import Verdict, is_success
from sandbox.pages import Markup, each, fill, options, page, when
from sandbox.post import orders
from sandbox.store import fault, set_fault
from sandbox.web import Box, box_of, form_of, go, json_of, require_token

FAULTS = {"none": "Chạy tốt", "down": "Ngừng hoạt động (503)"}


async def _body(request: Request) -> dict[str, Any]:
    box = box_of(request)
    require_token(request, box.settings.secrets["post-token"])
    if fault(box.store, "post") == "down":
        raise HTTPException(503, "The post office is closed.")
    return await json_of(request)


async def quote(request: Request) -> Response:
    try:
        return JSONResponse(orders.quote(await _body(request)))
    except orders.BadOrderError as error:
        raise HTTPException(400, str(error)) from error


async def order(request: Request) -> Response:
    """Take an order: 201 the first time, 200 for the same again, 409 when the number is taken."""
    body = await _body(request)
    try:
        number, content = orders.read(body)
        with box_of(request).store.transaction() as db:
            row, new = orders.place_order(db, number, content)
    except orders.BadOrderError as error:
        raise HTTPException(400, str(error)) from error
    except orders.ConflictError as error:
        raise HTTPException(409, str(error)) from error
    answer = {"tracking_number": row["tracking_number"], "state": row["state"]}
    return JSONResponse(answer, 201 if new else 200)


async def look_up(request: Request) -> Response:
    box = box_of(request)
    require_token(request, box.settings.secrets["post-token"])
    number = request.path_params["order_number"]
    row = box.store.one("select * from post_order where order_number = ?", number)
    if row is None:
        raise HTTPException(404, "No such order.")
    scans = [
        {"state": scan["state"], "at": scan["at"], "place": scan["place"]}
        for scan in _scans(box, number)
    ]
    answer = {"tracking_number": row["tracking_number"], "state": row["state"], "scans": scans}
    return JSONResponse(answer)


def _scans(box: Box, number: str) -> list[sqlite3.Row]:
    return box.store.rows("select * from post_scan where order_number = ? order by id", number)


async def scan(request: Request) -> Response:
    """Move an order on, as a person pressed."""
    box = box_of(request)
    form = await form_of(request)
    address = box.settings.motcua_url + "/api/deliveries/post/scans"
    number, state = form.get("order_number", ""), form.get("state", "")
    try:
        with box.store.transaction() as db:
            orders.scan(db, number, state, form.get("place", ""), address)
    except LookupError as error:
        raise HTTPException(404, "No such order.") from error
    except orders.ConflictError as error:
        raise HTTPException(409, str(error)) from error
    box.outbox.wake()
    return go("/post/")


async def overview(request: Request) -> Response:
    box = box_of(request)
    found = box.store.rows("select * from post_order order by made_at desc limit 100")
    body = fill(
        "post",
        orders=each("post_order", (_card(box, row) for row in found), "Chưa có đơn nào."),
        modes=options(FAULTS, fault(box.store, "post")),
    )
    return page("Bưu chính", "Post office", body)


def _card(box: Box, row: sqlite3.Row) -> dict[str, object]:
    content = json.loads(row["content"])
    scans = [
        f"{orders.STATES[s['state']]} {s['at'][11:19]}" for s in _scans(box, row["order_number"])
    ]
    return {
        "number": row["order_number"],
        "tracking": row["tracking_number"],
        "state": orders.STATES[row["state"]],
        "receiver": f"{content['receiver']['name']}, {content['receiver']['address']}",
        "at": when(row["made_at"]),
        "scans": " → ".join(scans),
        "form": _form(row),
    }


def _form(row: sqlite3.Row) -> Markup:
    following = orders.NEXT.get(row["state"], ())
    if not following:
        return Markup("")
    buttons = each("post_button", ({"state": s, "words": orders.STATES[s]} for s in following))
    return fill("post_form", number=row["order_number"], buttons=buttons)


async def switch(request: Request) -> Response:
    mode = (await form_of(request)).get("mode", "")
    if mode not in FAULTS:
        raise HTTPException(400, "Wanted: mode=" + "|".join(FAULTS))
    set_fault(box_of(request).store, "post", mode)
    return go("/post/")


class ScanCourier:
    """Carries scans, signed with the shared token, until a 2xx."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    def headers(self, row: sqlite3.Row) -> Mapping[str, str]:
        signature = hmac.new(self._token, row["body"], hashlib.sha256).hexdigest()
        return {"Content-Type": "application/json", "X-Signature": signature}

    def verdict(self, row: sqlite3.Row, status: int, body: bytes) -> Verdict:  # noqa: ARG002
        return Verdict.DELIVERED if is_success(status) else Verdict.AGAIN


ROUTES = [
    Route("/post/", overview),
    Route("/post/quotes", quote, methods=["POST"]),
    Route("/post/orders", order, methods=["POST"]),
    Route("/post/orders/{order_number:path}", look_up),
    Route("/post/scan", scan, methods=["POST"]),
    Route("/post/faults", switch, methods=["POST"]),
]
