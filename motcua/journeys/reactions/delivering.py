"""Plans how results reach the person, and starts it when a result is there."""

from typing import Any

from motcua.deliveries import operations as deliveries
from motcua.deliveries import queries as ways
from motcua.deliveries.rules import Address, Way
from motcua.dossiers.news import Happened, on
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import Promised


def delivery_key(code: str, result: str) -> str:
    """Return the name of the delivery by which a result goes to its person now; one query."""
    planned = ways.latest(code, result)
    return planned.key if planned else f"{code}:{result}"


@on(e.Submitted)
def plan(item: Happened[e.Submitted]) -> None:
    """Write down the way chosen for each result."""
    for promised in item.dossier.promised.values():
        _plan(item, promised, f"{item.row.code}:{promised.id}")


def plan_anew(item: Happened[Any], result: str) -> str:
    """Plan that another paper of a result goes the way the first one did; return the delivery's name."""
    key = f"{item.key}:{result}"
    _plan(item, item.dossier.promised[result], key)
    return key


def _plan(item: Happened[Any], promised: Promised, key: str) -> None:
    office = item.row.agency
    sender = Address(
        name=office.name, phone=office.support_phone, address=office.address,
        place=office.place_code,
    )  # fmt: skip
    deliveries.plan(
        key=key,
        subject=item.row.code,
        result_key=promised.id,
        way=Way(promised.way),
        office=office.code,
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
