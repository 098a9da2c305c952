"""The exchange as HTTP: inboxes, keys, registers, and the page of all messages."""

import json
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.exchange import modes, population
from sandbox.exchange.envelope import CONTENT_TYPE, Event, NotUnderstoodError, party, read
from sandbox.exchange.keys import PEER, SYSTEMS, Keys, KeysOutOfReachError
from sandbox.exchange.signatures import (
    ANSWER,
    WITH_BODY,
    Answer,
    BadSignatureError,
    Message,
    sign,
    signer_of,
)
from sandbox.outbox import Verdict, is_success
from sandbox.pages import Markup, each, fill, options, page, when
from sandbox.web import Box, box_of, form_of, go

if TYPE_CHECKING:
    from sandbox.exchange.desk import Desk

TITLES = {
    "civil-registry": "Hộ tịch",
    "population": "Dân cư",
    "residence": "Cư trú",
    "insurance": "Bảo hiểm xã hội",
}
_DEFINITE = {400, 404, 409, 410, 422}
_ENOUGH = 10
_STATES = {
    "waiting": "đang làm",
    "silent": "im lặng",
    "answered": "đã trả lời",
    "cancelled": "đã hủy",
    "superseded": "đã thay bằng bản bổ sung",
}


def _system(request: Request) -> str:
    system = str(request.path_params["system"])
    if system not in SYSTEMS:
        raise HTTPException(404, "No such system.")
    return system


async def _check(request: Request, body: bytes | None) -> None:
    """401 unless motcua signed this; 503 when that cannot be told now."""
    keys: Keys = request.app.state.keys
    headers = dict(request.headers)
    message = Message(request.method, str(request.url), headers)
    try:
        _must_be_peer(signer_of(headers))
        await keys.check(message, body)
    except BadSignatureError as error:
        raise HTTPException(401, str(error)) from error
    except KeysOutOfReachError as error:
        raise HTTPException(503, "The keys of motcua are out of reach.") from error


def _must_be_peer(signer: str) -> None:
    if signer != PEER:
        raise BadSignatureError("Only motcua may write here.")


async def inbox(request: Request) -> Response:
    """Take an event: 202 when it is on disk, also when it was before."""
    box, system = box_of(request), _system(request)
    if modes.is_down(box.store, system):
        raise HTTPException(503, "The system is down.")
    body = await request.body()
    await _check(request, body)
    desk: Desk = request.app.state.desk
    try:
        event = _event(request, body)
        new = desk.take(system, event, body)
    except NotUnderstoodError as error:
        raise HTTPException(400, str(error)) from error
    box.alarms["desk"].wake()
    return JSONResponse({"id": event.id, "known": not new}, 202)


def _event(request: Request, body: bytes) -> Event:
    if not request.headers.get("content-type", "").startswith(CONTENT_TYPE):
        raise NotUnderstoodError(f"Wanted: {CONTENT_TYPE}.")
    event = read(body)
    if event.source != party(PEER):
        raise NotUnderstoodError("source is not the signer.")
    return event


async def keys_of(request: Request) -> Response:
    keys: Keys = request.app.state.keys
    return JSONResponse(keys.published(_system(request)))


async def register(request: Request) -> Response:
    """Return the effects of a system: exactly one for each dossier, leg and task."""
    system = _system(request)
    found = box_of(request).store.rows(
        "select e.*, (select count(*) from question q where q.system = e.system"
        " and q.subject = e.subject and q.leg = e.leg and q.task = e.task) as questions"
        " from effect e where e.system = ? order by made_at",
        system,
    )
    return JSONResponse({"system": system, "effects": [_effect(row) for row in found]})


def _effect(row: sqlite3.Row) -> dict[str, object]:
    kept = {name: row[name] for name in ("subject", "leg", "task", "question", "made_at")}
    return kept | {"result": json.loads(row["result"]), "questions": row["questions"]}


async def set_mode(request: Request) -> Response:
    box, system = box_of(request), _system(request)
    try:
        modes.set_mode(box.store, system, await form_of(request))
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    box.alarms["desk"].wake()
    return go("/exchange/")


async def choose(request: Request) -> Response:
    """Answer one message in the chosen way, now."""
    box, system = box_of(request), _system(request)
    form = await form_of(request)
    try:
        found = modes.choose(box.store, system, form.get("question", ""), form.get("mode", ""))
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    if not found:
        raise HTTPException(404, "No such message, or it was cancelled.")
    box.alarms["desk"].wake()
    return go("/exchange/")


async def person(request: Request) -> Response:
    """Answer the signed question whose number this is; `population` signs the answer."""
    await _check(request, None)
    box = box_of(request)
    found = population.look_up(box, request.path_params["number"])
    body = json.dumps(found or {"error": "unknown"}, ensure_ascii=False).encode()
    answer = Answer(200 if found else 404)
    answer.headers["Content-Type"] = "application/json"
    keys: Keys = request.app.state.keys
    headers = sign(
        answer, party="population", key=keys.private("population"), components=ANSWER, body=body
    )
    return Response(body, answer.status_code, headers)


async def overview(request: Request) -> Response:
    box = box_of(request)
    found = box.store.rows("select * from question order by received_at desc limit 100")
    body = fill(
        "exchange",
        systems=each("exchange_system", (_system_card(box, system) for system in SYSTEMS)),
        questions=each(
            "exchange_question", (_card(box, row) for row in found), "Chưa có thông điệp nào."
        ),
    )
    return page("Liên thông", "Messages between agencies", body)


def _system_card(box: Box, system: str) -> dict[str, object]:
    effects = box.store.value("select count(*) from effect where system = ?", system)
    choices = modes.NAMES | {modes.DOWN: "Ngừng hoạt động (503)"}
    return {
        "system": system,
        "title": TITLES[system],
        "modes": options(choices, modes.current(box.store, system)),
        "effects": effects,
    }


def _card(box: Box, row: sqlite3.Row) -> dict[str, object]:
    event = json.loads(row["body"])
    news = box.store.rows(
        "select body from news where system = ? and question = ? order by id",
        row["system"],
        row["id"],
    )
    open_form = row["state"] in {"waiting", "silent", "answered"}
    buttons = each("exchange_button", ({"mode": m, "words": w} for m, w in modes.NAMES.items()))
    return {
        "title": TITLES[row["system"]],
        "task": row["task"],
        "subject": row["subject"],
        "state": _STATES[row["state"]],
        "outcome": row["outcome"],
        "id": row["id"],
        "at": when(row["received_at"]),
        "copies": f"nhận {row['copies']} lần" if row["copies"] > 1 else "",
        "json": _written(event),
        "news": each("exchange_news", ({"json": _written(json.loads(n["body"]))} for n in news)),
        "form": fill("exchange_form", system=row["system"], id=row["id"], buttons=buttons)
        if open_form
        else Markup(""),
    }


def _written(event: object) -> str:
    return json.dumps(event, ensure_ascii=False, indent=1)


class AnswerCourier:
    """Carries answers, freshly signed at each attempt, until motcua says it has them."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def headers(self, row: sqlite3.Row) -> Mapping[str, str]:
        message = Message(row["method"], row["url"])
        message.headers["Content-Type"] = CONTENT_TYPE
        system = row["about"]
        return sign(
            message,
            party=system,
            key=self._keys.private(system),
            components=WITH_BODY,
            body=row["body"],
        )

    def verdict(self, row: sqlite3.Row, status: int, body: bytes) -> Verdict:  # noqa: ARG002
        """Ask again; a definite "not understood" is believed after ten times."""
        if is_success(status):
            return Verdict.DELIVERED
        definite = status in _DEFINITE and row["attempts"] + 1 >= _ENOUGH
        return Verdict.STOP if definite else Verdict.AGAIN


ROUTES = [
    Route("/exchange/", overview),
    Route("/exchange/{system}/inbox", inbox, methods=["POST"]),
    Route("/exchange/{system}/keys.json", keys_of),
    Route("/exchange/{system}/register.json", register),
    Route("/exchange/{system}/mode", set_mode, methods=["POST"]),
    Route("/exchange/{system}/choose", choose, methods=["POST"]),
    Route("/population/people/{number}", person),
]
