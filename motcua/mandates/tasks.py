"""What the room does by itself."""

from motcua.mandates.operations import end_what_ran_out
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@every("3 0 * * *")
@job(name="mandates.end", queue="default")
def end(*, timestamp: int) -> None:
    """Note after midnight which mandates ran out with the day before."""
    del timestamp
    end_what_ran_out(at=now())
