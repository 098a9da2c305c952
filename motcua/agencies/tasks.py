"""Housekeeping of agencies, done by the worker."""

from motcua.agencies import stays
from motcua.toolkit import jobs
from motcua.toolkit.clock import now


@jobs.every("43 3 * * *")
@jobs.job(name="agencies.housekeeping")
def housekeeping(*, timestamp: int) -> None:
    """Drop the officials' sign-ins and trusted browsers of long ago."""
    del timestamp
    stays.forget_old(now())
