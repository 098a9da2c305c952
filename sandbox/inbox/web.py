"""The SMS provider's interface and the inbox page."""

import asyncio
import json
import re
import sqlite3
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.inbox.messages import Message, address, as_json, newest, state, take
from sandbox.pages import Markup, each, fill, options, page, when
from sandbox.store import fault, set_fault
from sandbox.web import Box, box_of, form_of, go, json_of, require_token

_PHONE = re.compile(r"\+84\d{9,10}")
_LONGEST = 1600  # characters
FAULTS = {
    "none": "Chạy tốt",
    "down": "Ngừng hoạt động (503 / 451)",
    "slow": "Chậm (vài giây)",
    "refuse": "Từ chối người nhận (422 / 550)",
    "fail": "Nhận rồi nhưng không tới máy",
    "lost": "Nhận rồi nhưng mất câu trả lời",
}
_STATES = {"accepted": "đã nhận", "delivered": "đã tới máy", "failed": "không tới"}


async def send(request: Request) -> Response:
    """Take one SMS. The same id again is the same message."""
    box = box_of(request)
    require_token(request, box.settings.secrets["sms-token"])
    mode = fault(box.store, "sms")
    await _misbehave(mode, box.settings.slow_delay)
    message = _read(await json_of(request), failed=mode == "fail")
    with box.store.transaction() as db:
        new = take(db, message)
    if mode == "lost":
        raise HTTPException(500, "The answer got lost.")
    return JSONResponse({"id": message.key, "state": "accepted"}, 202 if new else 200)


async def _misbehave(mode: str, delay: float) -> None:
    if mode == "down":
        raise HTTPException(503, "The SMS service is down.")
    if mode == "refuse":
        raise HTTPException(422, "The recipient is refused.")
    if mode == "slow":
        await asyncio.sleep(delay)


def _read(body: dict[str, Any], *, failed: bool) -> Message:
    key, to, text = (str(body.get(name) or "") for name in ("id", "to", "text"))
    if not key or not text or len(text) > _LONGEST or not _PHONE.fullmatch(to):
        raise HTTPException(400, "Wanted: id, to (+84…), text (at most 1600 characters).")
    return Message("sms", key, to, text, sender="motcua", failed=failed)


async def look_up(request: Request) -> Response:
    box = box_of(request)
    require_token(request, box.settings.secrets["sms-token"])
    key = request.path_params["id"]
    row = box.store.one("select * from message where road = 'sms' and key = ?", key)
    if row is None:
        raise HTTPException(404, "No such message.")
    return JSONResponse({"id": key, "state": state(row)})


async def show(request: Request) -> HTMLResponse:
    box = box_of(request)
    to = request.query_params.get("to", "")
    found = newest(box.store, to=to)
    body = fill(
        "inbox",
        to=to,
        people=_people(box),
        messages=each("inbox_message", map(_card, found), "Chưa có tin nào."),
        sms=_fault_form(box, "sms", "Tin nhắn"),
        email=_fault_form(box, "email", "Thư điện tử"),
    )
    return page("Hộp thư", "Inbox: every text message and email", body)


def _people(box: Box) -> Markup:
    return each(
        "inbox_person",
        ({"name": p.name, "phone": p.phone, "email": p.email} for p in box.people.values()),
    )


def _fault_form(box: Box, road: str, title: str) -> Markup:
    return fill(
        "inbox_fault", road=road, title=title, modes=options(FAULTS, fault(box.store, road))
    )


def _card(row: sqlite3.Row) -> dict[str, object]:
    files = ", ".join(json.loads(row["files"]))
    return {
        "road": "SMS" if row["road"] == "sms" else "Email",
        "to": row["recipient"],
        "sender": row["sender"],
        "subject": row["subject"],
        "text": Markup(_linked(row["text"] or row["html"])),
        "files": f"Tệp kèm: {files}" if files else "",
        "at": when(row["at"]),
        "state": _STATES[state(row)],
        "copies": f"Nhận {row['copies']} lần" if row["copies"] > 1 else "",
    }


def _linked(text: str) -> str:
    """Escape, and let addresses be followed."""
    parts = re.split(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])", text)
    return "".join(
        fill("link", address=part) if number % 2 else fill("text", text=part)
        for number, part in enumerate(parts)
    )


async def listing(request: Request) -> Response:
    """Return the messages as JSON for tests; `?to=`, `?road=`, `?limit=` narrow them."""
    query = request.query_params
    limit = query.get("limit", "200")
    found = newest(
        box_of(request).store,
        to=query.get("to", ""),
        road=query.get("road", ""),
        limit=int(limit) if limit.isdigit() else 200,
    )
    to = query.get("to", "").strip()
    return JSONResponse(
        {"to": address(to) if to else "", "messages": [as_json(row) for row in found]}
    )


async def switch(request: Request) -> Response:
    form = await form_of(request)
    road, mode = form.get("road", "sms"), form.get("mode", "none")
    if road not in {"sms", "email"} or mode not in FAULTS:
        raise HTTPException(400, "Wanted: road=sms|email, mode=" + "|".join(FAULTS))
    set_fault(box_of(request).store, road, mode)
    return go("/inbox")


ROUTES = [
    Route("/sms/messages", send, methods=["POST"]),
    Route("/sms/messages/{id:path}", look_up),
    Route("/inbox", show),
    Route("/inbox.json", listing),
    Route("/inbox/faults", switch, methods=["POST"]),
]
