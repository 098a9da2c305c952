"""Booking: every movement of money has two sides that sum to zero."""

from datetime import datetime
from typing import Literal

from motcua.payments.models import Demand, Entry, Journal


def book(
    kind: Journal.Kind,
    *,
    reference: str,
    demand: Demand | None,
    amount_vnd: int,
    into: Literal["gateway", "agency"],
    at: datetime,
) -> Journal:
    """Book dong that left the payer (or, below zero, went back) into an account.

    `reference` names the movement outside; a second booking of it violates a unique constraint.
    """
    journal = Journal.objects.create(kind=kind, reference=reference, demand=demand, at=at)
    holder = demand.agency if demand else "unknown"
    payer = demand.key if demand else "unknown"
    Entry.objects.bulk_create(
        [
            Entry(journal=journal, account="payer", holder=payer[:80], amount_vnd=-amount_vnd),
            Entry(journal=journal, account=into, holder=holder, amount_vnd=amount_vnd),
        ]
    )
    return journal
