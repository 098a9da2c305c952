"""What the room does by itself."""

from motcua.notices.delivery import deliver_now, sweep
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@job(name="notices.deliver", queue="notices")
def deliver(*, notices: list[int]) -> None:
    """Deliver what was just committed; what fails is left to the sweep."""
    deliver_now(notices, at=now())


@every("* * * * * */10")
@job(name="notices.sweep", queue="notices", attempts=1)
def sweep_outbox(*, timestamp: int) -> None:
    """Pick up what is due: failed before, or left by a worker that died."""
    del timestamp
    sweep(at=now())
