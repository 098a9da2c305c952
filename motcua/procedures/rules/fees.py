"""Fees as a function of channel, date, province and exemption, each with its explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.procedure import Exemption, Fee, Rate


@dataclass(frozen=True)
class FeeDue:
    """What one fee comes to in this case, and why. Amounts in đồng."""

    fee: Fee
    rate: Rate
    count: int
    amount: int
    exempted: Exemption | None = None


def fees_due(
    definition: Definition, values: Mapping[str, Any], *, channel: str, province: str, day: date
) -> list[FeeDue]:
    """Return the fees of this case; one without a fitting rate is left out."""
    found = (
        _due(definition, fee, values, channel=channel, province=province, day=day)
        for fee in definition.procedure.fees
        if definition.expressions.holds(fee.when, values)
    )
    return [due for due in found if due is not None]


def _due(
    definition: Definition,
    fee: Fee,
    values: Mapping[str, Any],
    *,
    channel: str,
    province: str,
    day: date,
) -> FeeDue | None:
    rate = next((rate for rate in fee.rates if fits(rate, channel, province, day)), None)
    if rate is None:
        return None
    count = int(definition.expressions.value(fee.count, values))
    holds = definition.expressions.holds
    exempted = next((item for item in fee.exemptions if holds(item.when, values)), None)
    amount = 0 if exempted else rate.amount * count
    return FeeDue(fee, rate, count, amount, exempted)


def fits(rate: Rate, channel: str, province: str, day: date) -> bool:
    """Tell whether a rate is the one for this channel, province and day."""
    return (
        rate.channel in (None, channel)
        and rate.province in (None, province)
        and (rate.effective is None or rate.effective.holds(day))
    )
