"""Housekeeping of files and keys, done by the worker."""

from datetime import timedelta

from motcua.documents import operations, quarantine, signing_state, uploads
from motcua.toolkit import jobs
from motcua.toolkit.clock import now

KEEP_REMOVED = timedelta(days=1)  # long enough to bring back what was removed by mistake


@jobs.every("41 2 * * *")  # it reads every paper: at night
@jobs.job(name="documents.sweep")
def sweep(*, timestamp: int) -> None:
    """Erase what people took out of their drafts a day ago, files nothing speaks of, and old quarantine."""
    del timestamp
    operations.sweep(before=now() - KEEP_REMOVED)
    quarantine.sweep(at=now())


@jobs.every("37 * * * *")
@jobs.job(name="documents.sweep_uploads")
def sweep_uploads(*, timestamp: int) -> None:
    """Forget files that began to arrive and were not gone on with for a day."""
    del timestamp
    uploads.sweep(at=now())


@jobs.every("*/5 * * * *")
@jobs.job(name="documents.look_at_signer", attempts=1)
def look_at_signer(*, timestamp: int) -> None:
    """Find out whether results can be signed, and which certificates end soon."""
    del timestamp
    signing_state.look(now())
