"""What the worker does for the log: numbers within the minute, a signed head every day."""

from motcua.audit import operations
from motcua.toolkit import jobs
from motcua.toolkit.clock import now


@jobs.every("* * * * * */20")
@jobs.job(name="audit.number", queue="audit", attempts=1)
def number(*, timestamp: int) -> None:
    """Give waiting entries their places."""
    del timestamp
    operations.number_waiting()


@jobs.every("*/10 * * * *")
@jobs.job(name="audit.sign", queue="audit", attempts=1)
def sign(*, timestamp: int) -> None:
    """Sign the head of a day within its first ten minutes, or as soon as a worker runs again."""
    del timestamp
    operations.number_waiting()
    operations.sign_head(at=now())
