"""What is done with money: asked for, paid, booked, given back."""

import secrets
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from motcua.payments import events
from motcua.payments.ledger import book
from motcua.payments.models import Anomaly, Attempt, Demand, Journal, Line, Receipt
from motcua.payments.ports import Gateway, Order
from motcua.payments.rules import (
    ATTEMPT_LIVES,
    FeeLine,
    KeyReused,
    NotDue,
    NotPaid,
    next_look,
    total,
)
from motcua.toolkit.wiring import adapter

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def gateway() -> Gateway:
    """Return the gateway of this installation."""
    made: Gateway = adapter("PAYMENT_GATEWAY")
    return made


@transaction.atomic
def demand(
    *,
    key: str,
    subject: str,
    agency: str,
    title: str,
    lines: list[FeeLine],
    payer_name: str,
    at: datetime,
) -> Demand:
    """Ask for money for `subject` (a dossier's code); the same key again returns the same demand.

    Raises NothingToCollect, and KeyReused when the key was used for another amount or subject.
    """
    amount = total(lines)
    wanted, made = Demand.objects.get_or_create(
        key=key,
        defaults={
            "subject": subject,
            "agency": agency,
            "title": title,
            "payer_name": payer_name,
            "amount_vnd": amount,
            "created_at": at,
        },
    )
    if (wanted.subject, wanted.amount_vnd) != (subject, amount):
        raise KeyReused(key=key)
    if made:
        Line.objects.bulk_create(
            Line(
                demand=wanted,
                position=position,
                key=line.key,
                name=line.name,
                amount_vnd=line.amount_vnd,
                basis=line.basis,
            )
            for position, line in enumerate(lines)
        )
    return wanted


@transaction.atomic
def start_attempt(
    *, key: str, at: datetime, return_url: str, payer_ip: str, language: str = "vi"
) -> str:
    """Begin to pay the demand of that key; return the gateway's address for the browser.

    Several attempts may be open; the first that is paid settles. Raises NotDue.
    """
    wanted = _locked(key)
    if wanted.state != Demand.State.DUE:
        raise NotDue(key=key, state=wanted.state)
    way = gateway()
    attempt = Attempt.objects.create(
        demand=wanted,
        ref=_new_ref(at),
        gateway=way.name,
        amount_vnd=wanted.amount_vnd,
        started_at=at,
        expires_at=at + ATTEMPT_LIVES,
        attempts=1,  # the first question waits for `next_attempt_at`
        next_attempt_at=next_look(started_at=at, at=at),
    )
    return way.checkout_url(
        Order(
            ref=attempt.ref,
            amount_vnd=attempt.amount_vnd,
            title=wanted.title,
            subject=wanted.subject,
            return_url=return_url,
            payer_ip=payer_ip,
            language=language,
            at=at,
            expires_at=attempt.expires_at,
        )
    )


def _new_ref(at: datetime) -> str:
    """Return an order number nobody can guess, that sorts by day."""
    return at.astimezone(ZONE).strftime("%y%m%d") + secrets.token_hex(8)


def _locked(key: str) -> Demand:
    return Demand.objects.select_for_update().get(key=key)


def settle(
    wanted: Demand,
    *,
    way: Literal["gateway", "cash"],
    reference: str,
    received_by: str = "",
    at: datetime,
) -> Receipt:
    """Close a locked, due demand as paid: ledger, receipt and news, in the open transaction."""
    wanted.state, wanted.closed_at = Demand.State.PAID, at
    wanted.save(update_fields=["state", "closed_at"])
    book(
        Journal.Kind.SETTLEMENT,
        reference=reference,
        demand=wanted,
        amount_vnd=wanted.amount_vnd,
        into="gateway" if way == "gateway" else "agency",
        at=at,
    )
    receipt = _receipt(wanted, way=way, received_by=received_by, at=at)
    events.publish(
        events.Settled(wanted.key, wanted.subject, wanted.amount_vnd, way, receipt.full_number, at)
    )
    return receipt


def _receipt(wanted: Demand, *, way: str, received_by: str, at: datetime) -> Receipt:
    year = at.astimezone(ZONE).year
    return Receipt.objects.create(
        demand=wanted,
        agency=wanted.agency,
        year=year,
        number=_next_number(wanted.agency, year),
        amount_vnd=wanted.amount_vnd,
        way=way,
        received_by=received_by,
        at=at,
    )


def _next_number(agency: str, year: int) -> int:
    """Raise the counter; its row stays locked to the end of the transaction, so no gap remains."""
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into payments_receiptcounter as c (agency, year, last) values (%s, %s, 1)
               on conflict (agency, year) do update set last = c.last + 1 returning last""",
            [agency, year],
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def settle_in_cash(*, key: str, act: str, received_by: str, at: datetime) -> Receipt:
    """Take the money at the counter; the same `act` (client-made key) again changes nothing.

    `received_by` names the official on the receipt. Raises NotDue.
    """
    wanted = _locked(key)
    reference = f"cash:{act}"
    if Journal.objects.filter(reference=reference, demand=wanted).exists():
        return wanted.receipt
    if wanted.state != Demand.State.DUE:
        raise NotDue(key=key, state=wanted.state)
    return settle(wanted, way="cash", reference=reference, received_by=received_by, at=at)


def waive(*, key: str, reason: str, at: datetime) -> None:
    """Ask for it no longer because the law frees the payer; again is harmless. Raises NotDue."""
    _close(key, Demand.State.WAIVED, reason, at)


def cancel(*, key: str, reason: str, at: datetime) -> None:
    """Ask for it no longer because the dossier ended; again is harmless. Raises NotDue."""
    _close(key, Demand.State.CANCELLED, reason, at)


@transaction.atomic
def _close(key: str, state: Demand.State, reason: str, at: datetime) -> None:
    wanted = _locked(key)
    if wanted.state == state:
        return
    if wanted.state != Demand.State.DUE:
        raise NotDue(key=key, state=wanted.state)
    wanted.state, wanted.closed_at, wanted.reason = state, at, reason
    wanted.save(update_fields=["state", "closed_at", "reason"])


@transaction.atomic
def refund(*, key: str, reason: str, at: datetime) -> None:
    """Record that a paid demand's money was given back; again is harmless. Raises NotPaid."""
    wanted = _locked(key)
    if wanted.state == Demand.State.REFUNDED:
        return
    if wanted.state != Demand.State.PAID:
        raise NotPaid(key=key, state=wanted.state)
    wanted.state, wanted.closed_at, wanted.reason = Demand.State.REFUNDED, at, reason
    wanted.save(update_fields=["state", "closed_at", "reason"])
    _give_back(Journal.objects.get(demand=wanted, kind=Journal.Kind.SETTLEMENT), at=at)
    events.publish(events.Refunded(wanted.key, wanted.subject, wanted.amount_vnd, at))


def _give_back(movement: Journal, *, at: datetime) -> None:
    """Book the reverse of a movement that came from a payer."""
    came_into = movement.entries.exclude(account="payer").get()
    book(
        Journal.Kind.REFUND,
        reference=f"refund:{movement.reference}",
        demand=movement.demand,
        amount_vnd=-came_into.amount_vnd,
        into="gateway" if came_into.account == "gateway" else "agency",
        at=at,
    )


@transaction.atomic
def resolve_anomaly(*, anomaly: int, refunded: bool, note: str, by: str, at: datetime) -> None:
    """Close money astray: given back to the payer (booked), or explained in the note.

    Raises NotPaid when it was closed before.
    """
    found = (
        Anomaly.objects.select_for_update(of=("self",)).select_related("journal").get(pk=anomaly)
    )
    if found.resolved_at is not None:
        raise NotPaid(anomaly=anomaly)
    found.resolved_at, found.resolution, found.resolved_by = at, note, by
    found.save(update_fields=["resolved_at", "resolution", "resolved_by"])
    if refunded:
        _give_back(found.journal, at=at)
