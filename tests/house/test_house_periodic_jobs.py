"""Jobs that come by the clock come evenly: croniter reads the sixth field as seconds, not the first."""

from itertools import pairwise

import pytest
from procrastinate.contrib.django import app

MIDNIGHT = 1_795_392_000.0
PERIODIC = {name: task for (name, _), task in app.periodic_registry.periodic_tasks.items()}


@pytest.mark.parametrize("name", sorted(PERIODIC))
def test_a_periodic_job_comes_at_even_distances(name: str) -> None:
    clock = PERIODIC[name].croniter
    clock.set_current(start_time=MIDNIGHT)
    ticks = [clock.get_next(ret_type=float) for _ in range(100)]
    assert len({later - earlier for earlier, later in pairwise(ticks)}) == 1


@pytest.mark.parametrize("name", ["deliveries.sweep", "exchange.sweep", "notices.sweep"])
def test_what_failed_is_looked_at_again_within_twenty_seconds(name: str) -> None:
    clock = PERIODIC[name].croniter
    clock.set_current(start_time=MIDNIGHT)
    assert clock.get_next(ret_type=float) - MIDNIGHT <= 20
