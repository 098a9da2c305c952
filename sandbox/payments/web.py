"""The gateway's pages, its question service, and the courier of its notices."""

import json
import sqlite3
import time
import uuid
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.outbox import Verdict, is_success
from sandbox.pages import Markup, each, fill, money, notice, options, page, when
from sandbox.payments import ledger, signing
from sandbox.payments.ledger import BadOrderError
from sandbox.store import fault, set_fault
from sandbox.web import Box, box_of, form_of, go, json_of

CHOICES = ("pay", "close", "cancel", "late", "wrong_amount", "twice", "no_ipn")
FAULTS = {"none": "Chạy tốt", "down": "Ngừng hoạt động (503)"}
_STAYS = {"close", "no_ipn"}  # the person never comes back to the merchant's page
_STATES = {"open": "chưa trả", "paid": "đã trả", "cancelled": "đã hủy"}
_ENOUGH = 10  # attempts after which a merchant's definite "no" is believed
_ASKED = ("vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef",
          "vnp_TransactionDate", "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo")  # fmt: skip
_ANSWERED = ("vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode",
             "vnp_TxnRef", "vnp_Amount", "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo",
             "vnp_TransactionType", "vnp_TransactionStatus", "vnp_OrderInfo", "vnp_PromotionCode",
             "vnp_PromotionAmount")  # fmt: skip


def _secret(box: Box) -> str:
    return box.settings.secrets["vnpay-hash"]


async def checkout(request: Request) -> Response:
    """Show the page a person lands on to pay."""
    box = box_of(request)
    if fault(box.store, "payments") == "down":
        return notice("Cổng thanh toán đang bảo trì", "The gateway is down",
                      "Hãy thử lại sau ít phút.", status=503,
                      back=box.settings.motcua_url)  # fmt: skip
    asked = dict(request.query_params)
    if not signing.holds(_secret(box), asked):
        return _refused(BadOrderError("97", "Sai chữ ký."))
    known = box.store.one("select * from payment where reference = ?", asked.get("vnp_TxnRef"))
    if known and known["state"] != "open":
        return _settled(box, known)
    try:
        ledger.examine(asked, time.time())
    except BadOrderError as error:
        return _refused(error)
    with box.store.transaction() as db:
        ledger.open_order(db, asked)
    return _ask(asked)


def _refused(error: BadOrderError) -> Response:
    text = f"{error} Mã lỗi {error.code}. Bạn chưa bị trừ tiền."
    return notice("Không thanh toán được", "This payment cannot be made", text, status=400)


def _ask(asked: Mapping[str, str]) -> Response:
    body = fill(
        "payments_checkout",
        reference=asked["vnp_TxnRef"],
        amount=money(int(asked["vnp_Amount"]) // 100),
        info=asked.get("vnp_OrderInfo", ""),
    )
    return page("Thanh toán", "Pay", body)


def _settled(box: Box, order: sqlite3.Row) -> Response:
    body = fill(
        "payments_settled",
        text="Đã thanh toán." if order["state"] == "paid" else "Giao dịch đã hủy.",
        amount=money(order["amount"]),
        back=_way_back(box, order),
    )
    return page("Giao dịch đã xong", "This payment is settled", body)


def _way_back(box: Box, order: sqlite3.Row) -> str:
    address = json.loads(order["asked"])["vnp_ReturnUrl"]
    joint = "&" if "?" in address else "?"
    return str(address) + joint + signing.signed(_secret(box), ledger.told(order))


async def choose(request: Request) -> Response:
    """Do what the person chose: pay, cancel, or one of the faults."""
    box = box_of(request)
    form = await form_of(request)
    order = _order(box, form.get("reference", ""))
    choice = form.get("choice", "")
    if choice not in CHOICES:
        raise HTTPException(400, "Wanted: choice=" + "|".join(CHOICES))
    address = box.settings.motcua_url + "/api/payments/vnpay/ipn"
    with box.store.transaction() as db:
        first = ledger.settle(db, order, choice)
        order = _order(box, order["reference"])
        if first:
            ledger.tell(db, order, address, _secret(box))
    box.outbox.wake()
    if order["choice"] in _STAYS:
        return _settled(box, order)
    return RedirectResponse(_way_back(box, order), 303)


def _order(box: Box, reference: str) -> sqlite3.Row:
    order = box.store.one("select * from payment where reference = ?", reference)
    if order is None:
        raise HTTPException(404, "No such payment.")
    return order


async def transaction(request: Request) -> Response:
    """`querydr`: what became of a payment."""
    box = box_of(request)
    if fault(box.store, "payments") == "down":
        raise HTTPException(503, "The gateway is down.")
    body = {name: str(value) for name, value in (await json_of(request)).items()}
    given = body.get("vnp_SecureHash", "").lower()
    if signing.piped(_secret(box), body, _ASKED) != given:
        return _reply(box, body, "97", "Sai chữ ký")
    if body.get("vnp_Command") != "querydr" or body.get("vnp_TmnCode") != ledger.TERMINAL:
        return _reply(box, body, "03", "Lệnh không đúng")
    order = box.store.one("select * from payment where reference = ?", body.get("vnp_TxnRef"))
    if order is None:
        return _reply(box, body, "91", "Không tìm thấy giao dịch")
    return _reply(box, body, "00", "Thành công", _about(order))


def _about(order: sqlite3.Row) -> dict[str, str]:
    if order["state"] != "open":
        return ledger.told(order) | {"vnp_TransactionType": "01"}
    return {
        "vnp_Amount": str(order["amount"] * 100),
        "vnp_TransactionStatus": "01",
        "vnp_TransactionNo": "0",
        "vnp_TransactionType": "01",
    }


def _reply(
    box: Box, asked: Mapping[str, str], code: str, text: str, about: Mapping[str, str] | None = None
) -> Response:
    known = about or {}
    values = {name: known[name] for name in _ANSWERED if known.get(name)} | {
        "vnp_ResponseId": uuid.uuid4().hex,
        "vnp_Command": "querydr",
        "vnp_ResponseCode": code,
        "vnp_Message": text,
        "vnp_TmnCode": ledger.TERMINAL,
        "vnp_TxnRef": asked.get("vnp_TxnRef", ""),
    }
    return JSONResponse(values | {"vnp_SecureHash": signing.piped(_secret(box), values, _ANSWERED)})


async def overview(request: Request) -> Response:
    box = box_of(request)
    found = box.store.rows("select * from payment order by made_at desc limit 100")
    body = fill(
        "payments",
        payments=each("payments_row", map(_card, found), "Chưa có giao dịch nào."),
        modes=options(FAULTS, fault(box.store, "payments")),
    )
    return page("Cổng thanh toán", "Payments", body)


def _card(order: sqlite3.Row) -> dict[str, object]:
    transaction_number = order["transaction_number"]
    return {
        "reference": order["reference"],
        "amount": money(order["amount"]),
        "state": _STATES[order["state"]],
        "choice": order["choice"],
        "number": transaction_number if order["state"] == "paid" else "",
        "at": when(order["made_at"]),
        "note": Markup(fill("payments_note", paid=money(order["paid_amount"])))
        if order["state"] == "paid"
        else "",
    }


async def switch(request: Request) -> Response:
    mode = (await form_of(request)).get("mode", "")
    if mode not in FAULTS:
        raise HTTPException(400, "Wanted: mode=" + "|".join(FAULTS))
    set_fault(box_of(request).store, "payments", mode)
    return go("/payments/")


class NoticeCourier:
    """Carries the IPN until the merchant says 00 or 02."""

    def headers(self, row: sqlite3.Row) -> Mapping[str, str]:  # noqa: ARG002
        return {}

    def verdict(self, row: sqlite3.Row, status: int, body: bytes) -> Verdict:
        """Ask again; a definite refusal (unknown order, wrong amount) is believed after ten times."""
        code = _code(body) if is_success(status) else ""
        if code in {"00", "02"}:
            return Verdict.DELIVERED
        definite = code in {"01", "04", "97"}
        return Verdict.STOP if definite and row["attempts"] + 1 >= _ENOUGH else Verdict.AGAIN


def _code(body: bytes) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    return str(answer.get("RspCode", "")) if isinstance(answer, dict) else ""


ROUTES = [
    Route("/payments/", overview),
    Route("/payments/vpcpay.html", checkout),
    Route("/payments/choose", choose, methods=["POST"]),
    Route("/payments/transaction", transaction, methods=["POST"]),
    Route("/payments/faults", switch, methods=["POST"]),
]
