"""What the room does by itself."""

from uuid import UUID

from motcua.exchange.delivery import deliver_now, sweep
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@job(name="exchange.deliver", queue="exchange")
def deliver(*, messages: list[str]) -> None:
    """Deliver what was just committed; what fails is left to the sweep."""
    deliver_now([UUID(message) for message in messages], at=now())


@every("* * * * * */10")
@job(name="exchange.sweep", queue="exchange", attempts=1)
def sweep_outbox(*, timestamp: int) -> None:
    """Pick up what is due: failed before, or left by a worker that died."""
    del timestamp
    sweep(at=now())
