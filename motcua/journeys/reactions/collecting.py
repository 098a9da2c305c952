"""Asks for money when a dossier is filed, and gives up asking when it ends."""

from motcua.dossiers.news import Happened, on
from motcua.dossiers.rules import events as e
from motcua.payments import operations as payments
from motcua.payments.models import Demand
from motcua.payments.rules import FeeLine


def demand_key(code: str, fee: str) -> str:
    """Return the name of a dossier's demand for one fee."""
    return f"{code}:{fee}"


@on(e.Submitted)
def demand(item: Happened[e.Submitted]) -> None:
    """One demand for each fee, payable at once."""
    for fee in item.dossier.unpaid:
        payments.demand(
            key=demand_key(item.row.code, fee.id),
            subject=item.row.code,
            agency=item.row.agency.code,
            title=fee.name,
            lines=[FeeLine(key=fee.id, name=fee.name, amount_vnd=fee.amount, basis=fee.basis)],
            payer_name=item.row.applicant_name,
            at=item.event.at,
        )


@on(e.Declined, e.Withdrawn, e.Stopped)
def ask_no_more(item: Happened[e.Event]) -> None:
    """Whoever gets nothing pays nothing."""
    keys = [demand_key(item.row.code, fee.id) for fee in item.dossier.unpaid]
    for due in Demand.objects.filter(key__in=keys, state=Demand.State.DUE):
        payments.cancel(key=due.key, reason="dossier ended", at=item.event.at)
