"""The whole country as one ASGI application."""

import sqlite3
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import outbox, people, store
from sandbox.alarm import Alarm
from sandbox.clock import web as clock_web
from sandbox.exchange import desk, keys, modes
from sandbox.exchange import web as exchange_web
from sandbox.inbox import messages
from sandbox.inbox import web as inbox_web
from sandbox.pages import FOLDER, Markup, each, fill, notice, page, when
from sandbox.payments import ledger
from sandbox.payments import web as payments_web
from sandbox.post import orders
from sandbox.post import web as post_web
from sandbox.settings import Settings
from sandbox.vneid import accounts, flow, provider, screens, tokens
from sandbox.web import Box, box_of, form_of, go

SCHEMAS = (
    store.SETTINGS_SCHEMA,
    outbox.SCHEMA,
    messages.SCHEMA,
    accounts.SCHEMA,
    flow.SCHEMA,
    tokens.SCHEMA,
    ledger.SCHEMA,
    orders.SCHEMA,
    keys.SCHEMA,
    modes.SCHEMA,
    desk.SCHEMA,
)
_STYLE = (FOLDER / "style.css").read_text(encoding="utf-8")
_STATES = {"waiting": "đang chờ", "delivered": "đã tới", "stopped": "đã dừng"}
_KINDS = {"ipn": "xác nhận thanh toán", "scan": "bưu chính", "answer": "trả lời liên thông"}


def build(settings: Settings, memory: store.Store) -> Starlette:
    """Wire the systems together; the alarms in `app.state.box` must be run by the caller."""
    ring = keys.Keys(memory, settings.motcua_url + "/api/exchange/keys.json")
    couriers: dict[str, outbox.Courier] = {
        "ipn": payments_web.NoticeCourier(),
        "scan": post_web.ScanCourier(settings.secrets["post-token"]),
        "answer": exchange_web.AnswerCourier(ring),
    }
    box = Box(settings, memory, outbox.Outbox(memory, couriers), people.load())
    app = Starlette(routes=_routes(), exception_handlers={HTTPException: _say_no, 500: _stumble})
    app.state.box = box
    app.state.keys = ring
    app.state.desk = desk.Desk(
        memory,
        desk.Timing(settings.answer_delay, settings.late_delay),
        settings.motcua_url + "/api/exchange/inbox",
    )
    box.alarms = {"desk": Alarm("desk", _work(app, box)), "outbox": box.outbox.alarm}
    return app


def _work(app: Starlette, box: Box) -> Callable[[], float | None]:
    """Answers are made by the desk and carried by the outbox."""

    def work() -> float | None:
        due: float | None = app.state.desk.work()
        box.outbox.wake()
        return due

    return work


def _routes() -> list[Route]:
    return [
        Route("/", start),
        Route("/healthz", health),
        Route("/style.css", style),
        Route("/outbox", calls),
        Route("/outbox/send", send_now, methods=["POST"]),
        *inbox_web.ROUTES,
        *provider.ROUTES,
        *screens.ROUTES,
        *payments_web.ROUTES,
        *post_web.ROUTES,
        *clock_web.ROUTES,
        *exchange_web.ROUTES,
    ]


async def health(request: Request) -> Response:
    box_of(request).store.value("select 1")
    return JSONResponse({"status": "ok"})


async def style(_request: Request) -> Response:
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=300"})


async def start(request: Request) -> Response:
    box = box_of(request)
    body = fill("start", motcua=box.settings.motcua_url, **_figures(box))
    return page("Đất nước trong hộp", "A country in a box", body)


def _figures(box: Box) -> dict[str, object]:
    value = box.store.value
    return {
        "sms": value("select count(*) from message where road = 'sms'"),
        "email": value("select count(*) from message where road = 'email'"),
        "signins": value("select count(*) from signin where step = 'done'"),
        "payments": value("select count(*) from payment where state = 'paid'"),
        "orders": value("select count(*) from post_order"),
        "questions": value("select count(*) from question"),
        "answered": value("select count(*) from question where state = 'answered'"),
        "waiting": value("select count(*) from outbox where state = 'waiting'"),
    }


async def calls(request: Request) -> Response:
    """Say what the box itself has to tell others: waiting first, then the newest."""
    found = box_of(request).store.rows(
        "select * from outbox order by state = 'delivered', id desc limit 100"
    )
    body = fill("outbox", calls=each("outbox_row", map(_card, found), "Chưa có lời gọi nào."))
    return page("Lời gọi đi", "Outgoing calls", body)


def _card(row: sqlite3.Row) -> dict[str, object]:
    return {
        "kind": _KINDS[row["kind"]],
        "about": row["about"],
        "state": _STATES[row["state"]],
        "attempts": row["attempts"],
        "note": row["note"],
        "due": when(row["due"]),
        "form": fill("outbox_form", id=row["id"]) if row["state"] != "delivered" else Markup(""),
    }


async def send_now(request: Request) -> Response:
    number = (await form_of(request)).get("id", "")
    if not number.isdigit():
        raise HTTPException(400, "Wanted: id")
    box_of(request).outbox.send_now(int(number))
    return go("/outbox")


async def _say_no(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if "text/html" in request.headers.get("accept", ""):
        return notice("Không làm được", "This cannot be done", error.detail,
                      status=error.status_code)  # fmt: skip
    headers = dict(error.headers or {})
    return JSONResponse({"error": error.detail}, error.status_code, headers)


async def _stumble(request: Request, _error: Exception) -> Response:
    return await _say_no(request, HTTPException(500, "Hộp cát gặp lỗi; hãy thử lại."))
