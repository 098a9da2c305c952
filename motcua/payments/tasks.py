"""What the room does by itself."""

from motcua.payments.confirmation import reconcile
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@every("* * * * * */30")
@job(name="payments.reconcile", queue="payments", attempts=1)
def look_after_attempts(*, timestamp: int) -> None:
    """Ask the gateway about open attempts: closing the tab after paying still counts."""
    del timestamp
    reconcile(at=now())
