"""How a value is written on a paper."""

import pytest

from motcua.procedures.rules.fills import MANNERS


@pytest.mark.parametrize("told", ["10800000", "10.800.000 đ"])
def test_an_amount_is_written_in_figures_and_in_words(told: str) -> None:
    assert MANNERS["money"](told) == "10.800.000 đ"
    assert MANNERS["money_words"](told) == "Mười triệu tám trăm nghìn đồng"


def test_an_amount_that_nobody_can_read_stays_as_the_other_system_wrote_it() -> None:
    assert MANNERS["money"]("theo quyết định kèm theo") == "theo quyết định kèm theo"
