"""Housekeeping of the machinery, done by the worker."""

from datetime import timedelta

from motcua.toolkit import jobs, limits
from motcua.toolkit.clock import now

KEEP_ENDED_JOBS = timedelta(days=1)
HOUR = timedelta(hours=1)


@jobs.every("17 * * * *")
@jobs.job(name="toolkit.housekeeping")
def housekeeping(*, timestamp: int) -> None:
    """Drop jobs that ended long ago and allowances whose time is over."""
    del timestamp
    jobs.drop_old(before=now() - KEEP_ENDED_JOBS)
    limits.drop_ended(before=now() - HOUR)
