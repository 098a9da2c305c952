from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.toolkit.outbox import FIRST_DELAY, LONGEST_DELAY, TRIES, delay


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_wait_is_never_longer_than_fifteen_minutes_nor_shorter_than_a_second(attempts, spread):
    assert FIRST_DELAY / 2 <= delay(attempts, spread=spread) <= LONGEST_DELAY


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 2), (2, 4), (3, 8), (8, 256), (9, 512), (10, 900)]
)
def test_waits_double_up_to_the_longest(attempts, seconds):
    assert delay(attempts, spread=1) == timedelta(seconds=seconds)


def test_a_partner_that_is_away_for_a_day_is_met_again_even_with_the_shortest_waits():
    assert sum((delay(n, spread=0) for n in range(1, TRIES)), timedelta()) > timedelta(hours=24)
