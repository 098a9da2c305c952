"""Paying a fee online: the browser goes to the gateway, the gateway's own word settles."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries import agency
from motcua.documents.papers import make_paper
from motcua.dossiers.models import Dossier as Row
from motcua.journeys.reactions.collecting import demand_key
from motcua.journeys.refusals import NotAskedToPay
from motcua.journeys.results import letterhead
from motcua.journeys.tracking_address import tracking_url
from motcua.kernel.vietnamese import money_in_words
from motcua.payments import operations as payments
from motcua.payments import queries as demands
from motcua.payments.models import Demand, Receipt
from motcua.procedures.queries import by_digest


def demand_for(row: Row, fee: str) -> Demand:
    """Return the demand for a fee with its lines. Raises NotAskedToPay while it is not made yet."""
    found = demands.demand_of(demand_key(row.code, fee))
    if found is None:
        raise NotAskedToPay
    return found


def start(
    *, row: Row, fee: str, return_url: str, payer_ip: str, language: str, at: datetime
) -> str:
    """Begin to pay; return the gateway's address for the browser. Raises NotAskedToPay, NotDue."""
    return payments.start_attempt(
        key=demand_for(row, fee).key,
        at=at,
        return_url=return_url,
        payer_ip=payer_ip,
        language=language,
    )


def receipt_paper(row: Row, receipt: Receipt) -> bytes:
    """Return the receipt of a payment (biên lai, NĐ 254/2026 Điều 22) as a PDF."""
    demand = receipt.demand
    data = {
        "agency": letterhead(agency(receipt.agency), receipt.at),
        "number": receipt.full_number,
        "at": localtime(receipt.at).isoformat(timespec="seconds"),
        "payer": demand.payer_name,
        "code": row.code,
        "qr_text": tracking_url(row.code),
        "procedure": {"name": by_digest(row.version.digest).procedure.name.vi},
        "lines": [
            {"name": line.name, "basis": line.basis, "amount": line.amount_vnd}
            for line in demand.lines.all()
        ],
        "amount": receipt.amount_vnd,
        "in_words": money_in_words(receipt.amount_vnd),
        "way": "trực tuyến" if receipt.way == "gateway" else "tiền mặt tại quầy",
        "received_by": receipt.received_by,
    }
    return make_paper("bien-lai", data, at=receipt.at)
