"""What the room does by itself."""

from motcua.deliveries.letters import order_now, sweep
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@job(name="deliveries.order_post", queue="deliveries")
def order_post(*, deliveries: list[int]) -> None:
    """Give letters to the post; what fails is left to the sweep."""
    order_now(deliveries, at=now())


@every("* * * * * */15")
@job(name="deliveries.sweep", queue="deliveries", attempts=1)
def sweep_letters(*, timestamp: int) -> None:
    """Pick up what is due: failed before, or left by a worker that died."""
    del timestamp
    sweep(at=now())
