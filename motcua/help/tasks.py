"""What the room does by itself."""

from motcua.help.forgetting import forget_old
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@every("41 3 * * *")
@job(name="help.forget", queue="default")
def forget(*, timestamp: int) -> None:
    """Wipe what is older than ninety days, every night."""
    del timestamp
    forget_old(at=now())
