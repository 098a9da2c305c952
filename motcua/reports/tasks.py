"""What the worker does for figures: it makes files of lists and forgets them after a day."""

from uuid import UUID

from motcua.reports import operations
from motcua.toolkit import jobs
from motcua.toolkit.clock import now


@jobs.job(name="reports.make", queue="files", attempts=5)
def make(*, file: str) -> None:
    """Make a file of a list."""
    operations.make_file(key=UUID(file), at=now())


@jobs.every("23 * * * *")
@jobs.job(name="reports.forget")
def forget(*, timestamp: int) -> None:
    """Forget the files that are older than a day."""
    del timestamp
    operations.forget_old(before=now() - operations.KEPT)
