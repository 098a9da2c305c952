"""Housekeeping of identity, done by the worker."""

from motcua.identity import operations, sign_ins
from motcua.toolkit import jobs, sessions
from motcua.toolkit.clock import now


@jobs.every("41 * * * *")
@jobs.job(name="identity.housekeeping")
def housekeeping(*, timestamp: int) -> None:
    """Drop codes and sessions that ended, and sign-ins of long ago."""
    del timestamp
    sign_ins.forget_old(at=now())
    operations.forget_old_codes(at=now())
    sessions.drop_expired()
