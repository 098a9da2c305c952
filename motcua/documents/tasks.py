"""Housekeeping of files, done by the worker."""

from datetime import timedelta

from motcua.documents import operations
from motcua.toolkit import jobs
from motcua.toolkit.clock import now

KEEP_REMOVED = timedelta(days=1)  # long enough to bring back what was removed by mistake


@jobs.every("41 2 * * *")  # it reads every paper: at night
@jobs.job(name="documents.sweep")
def sweep(*, timestamp: int) -> None:
    """Erase what people took out of their drafts a day ago, and files nothing speaks of."""
    del timestamp
    operations.sweep(before=now() - KEEP_REMOVED)
