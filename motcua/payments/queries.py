"""What may be read of payments."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from motcua.payments.models import Anomaly, Attempt, Demand, Entry, Receipt
from motcua.payments.operations import gateway
from motcua.payments.ports import Forged


@dataclass(frozen=True)
class Returned:
    """What a returning browser may be shown: the demand as we know it, not as the browser says."""

    demand: Demand
    attempt: Attempt
    says: str


def demand_of(key: str) -> Demand | None:
    """Return the demand of that key with its lines, or None."""
    return Demand.objects.prefetch_related("lines").filter(key=key).first()


def demands_about(subject: str) -> list[Demand]:
    """Return the demands of a dossier with lines and receipts, oldest first."""
    found = Demand.objects.filter(subject=subject).prefetch_related("lines")
    return list(found.select_related("receipt").order_by("created_at", "pk"))


def standing(subject: str) -> dict[str, str]:
    """Return demand key → state for a dossier; one query."""
    return dict(Demand.objects.filter(subject=subject).values_list("key", "state"))


def receipt_of(key: str) -> Receipt | None:
    """Return the receipt of a demand, or None while it is not paid."""
    return Receipt.objects.select_related("demand").filter(demand__key=key).first()


def subject_of_receipt(number: str, agencies: Iterable[str]) -> str:
    """Return which dossier a receipt of one of these agencies is about, by its full number; empty for none."""
    year, _, running = number.partition("/")
    if not (year.isdecimal() and running.isdecimal() and len(year) == 4 and len(running) <= 8):  # noqa: PLR2004 - as printed
        return ""
    found = Receipt.objects.filter(agency__in=list(agencies), year=int(year), number=int(running))
    return found.values_list("demand__subject", flat=True).first() or ""


def returned(query: str) -> Returned | None:
    """Read a returning browser's query string: only to show, it settles nothing.

    `says` is the gateway's word in it (paid, failed, pending); None when it is forged or unknown.
    """
    try:
        word = gateway().read(query)
    except Forged:
        return None
    attempt = Attempt.objects.select_related("demand").filter(ref=word.ref).first()
    return Returned(attempt.demand, attempt, word.outcome.value) if attempt else None


def open_anomalies(limit: int = 100) -> list[Anomaly]:
    """Return money astray that nobody closed yet, newest first."""
    found = Anomaly.objects.filter(resolved_at__isnull=True).select_related("journal__demand")
    return list(found[:limit])


def balances(holders: Iterable[str] | None = None) -> dict[str, int]:
    """Return what each kind of account holds, in dong; the sum of all is always 0."""
    entries = Entry.objects.all() if holders is None else Entry.objects.filter(holder__in=holders)
    rows = entries.values_list("account").annotate(Sum("amount_vnd")).order_by("account")
    return {account: int(amount) for account, amount in rows}
