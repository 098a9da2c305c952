"""Plans how results reach the person, and starts it when a result is there."""

from typing import Any

from motcua.deliveries import operations as deliveries
from motcua.deliveries.rules import Address, Way
from motcua.dossiers.news import Happened, on
from motcua.dossiers.rules import events as e


def delivery_key(code: str, result: str) -> str:
    """Return the name of one result's delivery."""
    return f"{code}:{result}"


@on(e.Submitted)
def plan(item: Happened[e.Submitted]) -> None:
    """Write down the way chosen for each result."""
    office = item.row.agency
    sender = Address(
        name=office.name, phone=office.support_phone, address=office.address,
        place=office.place_code,
    )  # fmt: skip
    for promised in item.dossier.promised.values():
        deliveries.plan(
            key=delivery_key(item.row.code, promised.id),
            subject=item.row.code,
            result_key=promised.id,
            way=Way(promised.way),
            sender=sender,
            receiver=_receiver(item.content.ways.get("address", {})),
            at=item.event.at,
        )


def _receiver(address: dict[str, Any]) -> Address:
    return Address(
        name=address.get("name", ""),
        phone=address.get("phone", ""),
        address=address.get("detail", ""),
        place=address.get("commune", ""),
    )
