"""What a payment means: facts in, decision or refusal out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from motcua.kernel.refusal import Refusal, noop

ATTEMPT_LIVES = timedelta(minutes=15)
CLOSE_WATCH = timedelta(hours=1)
LONG_WATCH = timedelta(days=3)


class NotDue(Refusal):
    """Somebody pays, waives or cancels what is not waiting to be paid (any more)."""

    code = "payments.not-due"
    text = noop(
        "Khoản này hiện không phải nộp. Quý vị hãy tải lại trang để xem trạng thái mới nhất."
    )
    status = 409


class KeyReused(Refusal):
    """One key was used for two different demands."""

    code = "payments.key-reused"
    text = noop("Yêu cầu thu này đã được lập với số tiền khác. Hãy lập yêu cầu mới.")
    status = 409


class NothingToCollect(Refusal):
    """A demand of no dong, or with a line below zero."""

    code = "payments.nothing-to-collect"
    text = noop("Khoản thu phải lớn hơn 0 đồng. Hãy kiểm tra lại các dòng phí, lệ phí.")


class NotPaid(Refusal):
    """Money is to be given back that did not come in, or was given back already."""

    code = "payments.not-paid"
    text = noop("Chưa có khoản tiền nào để hoàn. Hãy kiểm tra lại biên lai.")
    status = 409


class Outcome(StrEnum):
    """What the gateway says about an attempt."""

    PAID = "paid"
    FAILED = "failed"
    PENDING = "pending"


class Verdict(StrEnum):
    """What we make of the gateway's word; the face turns it into the gateway's answer codes."""

    CONFIRMED = "confirmed"
    ALREADY = "already"
    UNKNOWN = "unknown"
    WRONG_AMOUNT = "wrong_amount"
    FORGED = "forged"


@dataclass(frozen=True)
class FeeLine:
    """One fee or charge: stable key, name, whole dong, and the law it rests on."""

    key: str
    name: str
    amount_vnd: int
    basis: str


Step = Literal["settle", "fail", "wait", "already", "double", "late", "wrong_amount"]


@dataclass(frozen=True)
class Facts:
    """What is known when the gateway's word comes: about the attempt and about its demand."""

    asked_vnd: int
    attempt: str
    attempt_number: str
    demand: str


def weigh(facts: Facts, *, outcome: Outcome, amount_vnd: int, number: str) -> Step:
    """Decide what follows from the gateway's word.

    Money that came in is never ignored: it settles the demand, or is kept as an anomaly to be
    given back (`double`: the demand is paid already; `late`: it is not asked for any more;
    `wrong_amount`). A failed attempt may still become paid; a paid one never becomes failed.
    """
    if outcome is Outcome.PENDING:
        return "wait"
    if outcome is Outcome.FAILED:
        return "already" if facts.attempt in {"paid", "failed"} else "fail"
    if facts.attempt == "paid" and facts.attempt_number == number:
        return "already"
    if amount_vnd != facts.asked_vnd:
        return "wrong_amount"
    return _where_money_goes(facts.demand)


def _where_money_goes(demand: str) -> Step:
    if demand == "due":
        return "settle"
    return "double" if demand in {"paid", "refunded"} else "late"


def next_look(*, started_at: datetime, at: datetime) -> datetime | None:
    """Return when to ask the gateway again about an attempt nobody told us of, or None.

    Every 30 s in the first hour, so that closing the tab after paying counts within two minutes;
    hourly up to the third day.
    """
    age = at - started_at
    if age > LONG_WATCH:
        return None
    return at + (timedelta(seconds=30) if age < CLOSE_WATCH else timedelta(hours=1))


def total(lines: list[FeeLine]) -> int:
    """Return the sum in dong. Raises NothingToCollect for a sum of 0 or a line below 0."""
    amount = sum(line.amount_vnd for line in lines)
    if amount <= 0 or any(line.amount_vnd < 0 for line in lines):
        raise NothingToCollect
    return amount
